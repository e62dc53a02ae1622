// SPDX-License-Identifier: Apache-2.0
import type { SystemSample } from '../host.js';
import type { SystemSnapshot } from '../snapshot.js';

/** What the page saw of the system, by minute and in all. */
export class SystemBook {
  /** `device`: "8 cores, 8 GB, mobile"; `saved`: what `save` gave. */
  constructor(_device: string, _saved?: unknown) {}

  add(_sample: SystemSample): void {}

  snapshot(): SystemSnapshot {
    throw new Error('not there yet');
  }

  get changed(): boolean {
    return false;
  }

  /** Structured-cloneable; nothing is shared. */
  save(): unknown {
    return null;
  }
}
