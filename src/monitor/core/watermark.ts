// SPDX-License-Identifier: Apache-2.0
/** Rows in a row that come too late, from which on the event time is believed to have been set back. */
const LATE_RUN = 100;
/** An event time this far ahead of the clock, ms, cannot be right where later rows say otherwise. */
const AHEAD = 60_000;
/** Event times this near to the clock, ms, are told by it; others belong to a replay. */
const FOLLOWS = 3_600_000;

export interface SavedWatermark {
  readonly latest: number;
  readonly seenAt: number;
  /** How far the clock has brought it; lacking in what earlier versions saved. */
  readonly idle?: number;
}

/**
 * How far event time has come: the largest seen, or later when no rows come while the clock goes on. Knows when it was led
 * astray: by a clock that was set back, a stamp of the far future, a replay that began anew.
 */
export class Watermark {
  #latest = Number.NEGATIVE_INFINITY;
  #idle = Number.NEGATIVE_INFINITY;
  #seenAt = 0;
  #lateRun = 0;

  get value(): number {
    return Math.max(this.#latest, this.#idle);
  }

  /** A row in time. */
  pass(time: number): void {
    if (time > this.#latest) this.#latest = time;
    this.#lateRun = 0;
  }

  /** Said once a chunk. */
  seen(now: number): void {
    this.#seenAt = now;
  }

  /** No rows have come for a while: time goes on by the clock where event times follow it. */
  wait(now: number): void {
    if (Math.abs(this.#latest - this.#seenAt) > FOLLOWS || now <= this.#seenAt) return;
    this.#idle = Math.max(this.#idle, this.#latest + (now - this.#seenAt));
  }

  /** A row too late for every window; true when it is the watermark that is wrong, and should be `reset`. */
  isAstray(time: number, now: number): boolean {
    const { value } = this;
    if (value > now + AHEAD && time <= now + AHEAD) return true;
    this.#lateRun++;
    return this.#lateRun >= LATE_RUN && Math.abs(value - now) > FOLLOWS;
  }

  reset(): void {
    this.#latest = Number.NEGATIVE_INFINITY;
    this.#idle = Number.NEGATIVE_INFINITY;
    this.#lateRun = 0;
  }

  save(): SavedWatermark {
    return { latest: this.#latest, seenAt: this.#seenAt, idle: this.#idle };
  }

  restore({ latest, seenAt, idle = Number.NEGATIVE_INFINITY }: SavedWatermark): void {
    this.#latest = latest;
    this.#seenAt = seenAt;
    this.#idle = idle;
  }
}
