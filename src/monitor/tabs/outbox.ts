// SPDX-License-Identifier: Apache-2.0
import type { SentItem } from './protocol.js';

/** Bounds of what waits for a leader. */
const MOST_ITEMS = 256;
const MOST_BYTES = 4 << 20;

/** Items of this tab that no leader has acknowledged, oldest first. */
export class Outbox<T> {
  #items: { readonly sequence: number; readonly bytes: number; readonly value: T }[] = [];
  #bytes = 0;
  #sequence = 0;

  get length(): number {
    return this.#items.length;
  }

  /** Gives the values that had to leave, the oldest first, because too much waits. */
  add(value: T, bytes: number): T[] {
    this.#items.push({ sequence: ++this.#sequence, bytes, value });
    this.#bytes += bytes;
    const dropped: T[] = [];
    while (this.#items.length > 1 && (this.#items.length > MOST_ITEMS || this.#bytes > MOST_BYTES)) {
      const item = this.#items.shift()!;
      this.#bytes -= item.bytes;
      dropped.push(item.value);
    }
    return dropped;
  }

  /** Takes away all up to a sequence; whether there were any. */
  acknowledge(sequence: number): boolean {
    const before = this.#items.length;
    this.#items = this.#items.filter((item) => item.sequence > sequence);
    this.#bytes = this.#items.reduce((sum, { bytes }) => sum + bytes, 0);
    return this.#items.length < before;
  }

  /** Takes away what cannot be cloned, and gives it. */
  refuse(): T[] {
    const refused: T[] = [];
    this.#items = this.#items.filter(({ value }) => {
      try {
        structuredClone(value);
        return true;
      } catch {
        refused.push(value);
        return false;
      }
    });
    this.acknowledge(0);
    return refused;
  }

  /** All that wait, as they are sent. */
  all(): SentItem<T>[] {
    return this.#items.map((item, i) => ({ ...item, after: i === 0 ? null : this.#items[i - 1]!.sequence }));
  }

  /** The newest, as it is sent. */
  newest(): SentItem<T>[] {
    return this.all().slice(-1);
  }
}
