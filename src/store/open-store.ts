// SPDX-License-Identifier: Apache-2.0
import type { DriftglassError } from '../errors.js';
import { MemoryStore } from './memory-store.js';
import type { Store } from './store.js';

export interface StoreOptions {
  /** Of the monitor: one database each. */
  readonly name: string;
  readonly kind: Store['kind'];
  /** Most bytes of history, as `StoreSize.bytes` counts them. */
  readonly limitBytes: number;
  /** Why it is memory, where that is not what the app asked for. */
  readonly reason?: string;
  /** Told once, when a store that should last goes on in memory. */
  readonly onFallback?: (error: DriftglassError) => void;
}

/**
 * Opens the history of a monitor. Never rejects: where IndexedDB cannot be had it is a store in memory, whose `reason` says
 * why. IndexedDB must be opened by one writer at a time: see monitor/tabs.ts.
 */
export async function openStore({ kind, reason = '', ...options }: StoreOptions): Promise<Store> {
  if (kind === 'memory') return new MemoryStore({ limitBytes: options.limitBytes, reason });
  const { LastingStore } = await import('./lasting-store.js');
  return LastingStore.open(options);
}
