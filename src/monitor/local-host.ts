// SPDX-License-Identifier: Apache-2.0
import { lazyTools } from './core/lazy-tools.js';
import { ThreadHost, type ThreadHostOptions } from './core/thread-host.js';

/** All optional; `tools` by default load what is large when it is needed. */
export type LocalHostOptions = Partial<ThreadHostOptions>;

/** The monitor itself on the thread that it is made on: a worker of ours, or the page where there can be none. */
export class LocalHost extends ThreadHost {
  constructor(options: LocalHostOptions = {}) {
    super({ tools: lazyTools, ...options });
  }
}
