// SPDX-License-Identifier: Apache-2.0
/** How much of a page's main thread an adapter may take. */
import { PageShare } from './page-share.js';

/** Main-thread time that reading back and observing may take of all that passes, for all models of a page that have no share of their own. */
const DEFAULT_SHARE = 0.01;
const page = new PageShare(DEFAULT_SHARE);

/**
 * So much of the share is aimed at: what a clock of ours cannot see (garbage, and the hand-over of rows to the worker, up to a
 * quarter of what reading and observing take), and a call that turns out dearer than those before it, must not break the promise.
 */
const AIM = 0.6;
/**
 * While an app is tried out somebody waits for a first window: in the first minute the share may be so many times as large, until so
 * much time has been taken beyond it as the share gives in 25 s (of 1 %: 250 ms, at no more than 5 %).
 */
const START_TIMES = 5;
const START_WITHIN_MS = 60_000;
const START_WORTH_MS = 25_000;

/** Credit that a quiet model may gather: a third of a second of a busy one's share. */
const MOST_CREDIT_MS = 3;
/** Weight of the newest in running means. */
const NEWEST = 0.1;

/**
 * Says which calls are measured, so that their cost stays under a share of the time that passes. Calls that come slowly
 * are all measured. Beyond that each is with the same chance, whatever it holds: the rows that are left out are a
 * uniform sample. The start is an exception, bounded in all: see START_TIMES.
 */
export class ReadBudget {
  readonly #share: number | PageShare;
  readonly #now: () => number;
  readonly #random: () => number;
  #credit = MOST_CREDIT_MS;
  /** ms that the start may still take beyond the share, and when it is over. */
  #startLeft = 0;
  #startEnds = Number.NaN;
  #last: number;
  /** Running means in ms: from one call to the next, and cost of one that is measured. */
  #interval = Number.NaN;
  #cost = Number.NaN;

  /** `share` in (0, 1]; 1 and more measures every call. Default: a part of the page's. */
  constructor(share: number | PageShare = page, now = () => performance.now(), random = Math.random) {
    // What is no number above 0 says nothing.
    const own = Number(share);
    this.#share = share instanceof PageShare ? share : own > 0 ? own : page;
    this.#now = now;
    this.#random = random;
    this.#last = now();
  }

  /** Counts a call, which comes `now`; whether it is to be measured. */
  take(now = this.#now()): boolean {
    const share = typeof this.#share === 'number' ? this.#share : this.#share.partOf(this, now);
    if (share >= 1) return true;
    const passed = Math.max(0, now - this.#last);
    this.#last = now;
    this.#interval = mean(this.#interval, Math.min(passed, 1000));
    const aim = this.#earn(share, now, passed);
    if (this.#credit <= 0) return false;
    // What the share pays for, times what credit there is: twice as many with all of it, none without.
    const paid = (aim * this.#interval) / this.#cost;
    const chance = (paid * 2 * this.#credit) / MOST_CREDIT_MS;
    // NaN before the first has been measured.
    return !(chance < 1) || this.#random() < chance;
  }

  /** Adds what the time that has passed is worth; the share that it was counted by. */
  #earn(share: number, now: number, passed: number): number {
    const aim = AIM * share;
    this.#credit = Math.min(MOST_CREDIT_MS, this.#credit + aim * passed);
    if (Number.isNaN(this.#startEnds)) {
      this.#startEnds = now + START_WITHIN_MS;
      this.#startLeft = share * START_WORTH_MS;
    }
    if (this.#startLeft <= 0 || now > this.#startEnds) return aim;
    const atStart = Math.min(1, START_TIMES * share);
    const more = Math.min((atStart - aim) * passed, this.#startLeft, MOST_CREDIT_MS - this.#credit);
    this.#startLeft -= more;
    this.#credit += more;
    return atStart;
  }

  /** A piece of the cost of a measured call. */
  spend(ms: number): void {
    this.#credit -= ms;
  }

  /** What a measured call has cost in all: the sum of its pieces. */
  finish(ms: number): void {
    this.#cost = mean(this.#cost, ms);
  }
}

function mean(old: number, newest: number): number {
  return Number.isNaN(old) ? newest : old + NEWEST * (newest - old);
}
