// SPDX-License-Identifier: Apache-2.0
import { staticTools } from './core/static-tools.js';
import { ThreadHost } from './core/thread-host.js';
import type { MonitorHost } from './host.js';

/**
 * A host on this very thread, for `createMonitor({ host: inProcess })`: Node, a worker of the app's own, an extension's
 * service worker, which has neither workers nor dynamic import. Nothing is loaded later.
 */
export function inProcess(): MonitorHost {
  return new ThreadHost({ tools: staticTools });
}
