// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, messageOf } from '../errors.js';
import { estimateBytes, windowBytes } from './estimate-bytes.js';
import { inTimeOrder, matching } from './order.js';
import { recordOf } from './records.js';
import type { Store, StoreChanges, StoredWindow, StoreQuery, StoreSize, WindowRecord } from './store.js';

interface Kept<T> {
  readonly value: T;
  readonly bytes: number;
}

/** History for as long as the worker lives. Values are cloned on the way in, as IndexedDB does it. */
export class MemoryStore implements Store {
  readonly kind = 'memory';
  readonly reason: string;
  readonly isTaken = false;
  readonly #limit: number;
  readonly #windows = new Map<string, Kept<StoredWindow>>();
  readonly #states = new Map<string, Kept<unknown>>();
  #bytes = 0;

  constructor({ limitBytes, reason = '' }: { readonly limitBytes: number; readonly reason?: string }) {
    this.#limit = limitBytes;
    this.reason = reason;
  }

  async windows(query: StoreQuery = {}): Promise<readonly StoredWindow[]> {
    const all = [...this.#windows.values()].map(({ value }) => value);
    // Cloned, as from IndexedDB: a caller may hand the buffers on to another thread.
    return structuredClone(matching(inTimeOrder(all), query));
  }

  async records(): Promise<readonly WindowRecord[]> {
    const records = [...this.#windows.values()].map(({ value, bytes }) => recordOf(value, bytes));
    return inTimeOrder(records);
  }

  async state(key: string): Promise<unknown> {
    const kept = this.#states.get(key);
    return kept && structuredClone(kept.value);
  }

  async commit(changes: StoreChanges): Promise<void> {
    const { windows, states } = cloned(changes);
    const after = new Map<string, number>();
    for (const [id, { bytes }] of this.#windows) after.set(id, bytes);
    for (const id of changes.removed ?? []) after.delete(id);
    for (const window of windows) after.set(window.id, windowBytes(window));
    const sizes = new Map<string, number>();
    for (const [key, { bytes }] of this.#states) sizes.set(key, bytes);
    for (const { key, value } of states) sizes.set(key, estimateBytes(value));

    let bytes = sum(after.values()) + sum(sizes.values());
    const leaving: string[] = [];
    if (bytes > this.#limit) {
      const fresh = new Set(windows.map(({ id }) => id));
      for (const { value } of oldestFirst(this.#windows.values())) {
        if (bytes <= this.#limit) break;
        if (!after.has(value.id) || fresh.has(value.id)) continue;
        bytes -= after.get(value.id)!;
        leaving.push(value.id);
      }
      if (bytes > this.#limit) throw overLimit(this.#limit);
    }

    for (const id of [...(changes.removed ?? []), ...leaving]) this.#windows.delete(id);
    for (const value of windows) this.#windows.set(value.id, { value, bytes: after.get(value.id)! });
    for (const { key, value } of states) this.#states.set(key, { value, bytes: sizes.get(key)! });
    this.#bytes = bytes;
  }

  async size(): Promise<StoreSize> {
    return { bytes: this.#bytes, windows: this.#windows.size, damaged: 0 };
  }

  async close(): Promise<void> {}
}

/** Throws EngineError for what no store can keep: functions, elements. */
export function cloned(changes: StoreChanges): Required<Pick<StoreChanges, 'windows' | 'states'>> {
  try {
    return structuredClone({ windows: changes.windows ?? [], states: changes.states ?? [] });
  } catch (error) {
    throw new DriftglassError('EngineError', `the history cannot keep this: ${messageOf(error)}`);
  }
}

export function overLimit(limit: number): DriftglassError {
  const message = `the history cannot keep this: it alone is over the limit of ${limit} bytes (storeBytes)`;
  return new DriftglassError('EngineError', message);
}

function oldestFirst(windows: Iterable<Kept<StoredWindow>>): Kept<StoredWindow>[] {
  return [...windows].sort((a, b) => a.value.end - b.value.end);
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
