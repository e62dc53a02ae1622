// SPDX-License-Identifier: Apache-2.0
import { MemoryStore } from '../../../store/memory-store.js';
import type { Store, StoreChanges } from '../../../store/store.js';

/** A disk: what was committed stays, whoever opens it. After `kill` commits nothing more is written. */
export class Disk {
  readonly #store = new MemoryStore({ limitBytes: 64 * 2 ** 20 });
  commits = 0;

  open(kill = Number.POSITIVE_INFINITY): Store {
    const store = this.#store;
    const isAlive = (): boolean => this.commits < kill;
    return {
      kind: 'indexedDB',
      reason: '',
      isTaken: false,
      windows: (query) => store.windows(query),
      records: () => store.records(),
      state: (key) => store.state(key),
      size: () => store.size(),
      close: async () => {},
      commit: async (changes: StoreChanges) => {
        if (!isAlive()) throw new Error('killed');
        this.commits++;
        await store.commit(changes);
      },
    };
  }
}
