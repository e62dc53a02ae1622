// SPDX-License-Identifier: Apache-2.0
import type { LabelValue } from './pair-reader.js';

/** A label may overtake its prediction by so much: the two go different ways to the worker. */
const WAIT_MS = 30_000;
const MOST = 4_096;

/** Labels whose prediction is not known yet. */
export class EarlyLabels {
  readonly #labels = new Map<string, { readonly value: LabelValue; readonly at: number }>();
  /** Labels that were given up. */
  unknown = 0;

  get size(): number {
    return this.#labels.size;
  }

  /** True where it takes the place of one for the same id. */
  add(id: string, value: LabelValue, now: number): boolean {
    const isRepeated = this.#labels.delete(id);
    this.#labels.set(id, { value, at: now });
    if (this.#labels.size > MOST) this.#giveUp();
    return isRepeated;
  }

  /** The label that waits for this id, which then waits no more. */
  take(id: string): LabelValue | undefined {
    const label = this.#labels.get(id);
    if (label === undefined) return undefined;
    this.#labels.delete(id);
    return label.value;
  }

  expire(now: number): void {
    for (const { at } of this.#labels.values()) {
      // Oldest first. A clock that was set back makes them wait longer, up to the bound.
      if (now - at <= WAIT_MS) return;
      this.#giveUp();
    }
  }

  #giveUp(): void {
    const [oldest] = this.#labels.keys();
    if (oldest === undefined) return;
    this.#labels.delete(oldest);
    this.unknown++;
  }
}
