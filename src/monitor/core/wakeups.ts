// SPDX-License-Identifier: Apache-2.0
import { NEWS_EVERY_MS } from './news-desk.js';
import { hostTimers, type Timers } from './timers.js';
import type { WindowPlan } from './window-plan.js';

/** ms between two looks at the clock while no rows come, at most. */
const IDLE_EVERY_MS = 5_000;

/** One timer: soon where something waits, by and by where only the clock can bring anything. */
export class Wakeups {
  readonly #timers: Timers;
  readonly #onWake: () => void;
  #timer: unknown = null;
  #isIdle = false;
  #isOver = false;
  #idleMs = IDLE_EVERY_MS;

  constructor(onWake: () => void, timers: Timers = hostTimers) {
    this.#onWake = onWake;
    this.#timers = timers;
  }

  /** Windows of a second are to end by the second. */
  follow(plans: readonly WindowPlan[]): void {
    const steps = plans.filter(({ kind }) => kind === 'time').map(({ step }) => step);
    this.#idleMs = Math.max(NEWS_EVERY_MS, Math.min(IDLE_EVERY_MS, ...steps));
  }

  /** A look soon, whatever was to come. */
  soon(): void {
    if (this.#timer === null || this.#isIdle) this.#set(false);
  }

  /** A look by and by, where none is to come. */
  later(): void {
    if (this.#timer === null) this.#set(true);
  }

  end(): void {
    this.#isOver = true;
    if (this.#timer !== null) this.#timers.clear(this.#timer);
    this.#timer = null;
  }

  #set(isIdle: boolean): void {
    if (this.#isOver) return;
    if (this.#timer !== null) this.#timers.clear(this.#timer);
    this.#isIdle = isIdle;
    this.#timer = this.#timers.set(
      () => {
        this.#timer = null;
        this.#onWake();
      },
      isIdle ? this.#idleMs : NEWS_EVERY_MS,
    );
  }
}
