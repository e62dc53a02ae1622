// SPDX-License-Identifier: Apache-2.0

/** Calls that came so close to each other are one group, ms and share of the time that a prediction waits: rows often come one by one. */
const TOGETHER = { ms: 1_000, share: 1e-4 } as const;

/** Neighbouring predictions that were measured in the same blocks. */
export interface Group {
  /** Place of the first; the next group's start ends it. */
  readonly start: number;
  /** When its first and its latest was remembered, ms of the host's clock. */
  readonly at: number;
  latest: number;
  readonly version: string;
  readonly blocks: readonly number[];
}

/** Groups in the order of their places. */
export class Groups {
  #list: Group[] = [];
  /** Those before are gone. */
  #first = 0;
  readonly #togetherMs: number;

  /** `expireMs`: how long predictions wait. They leave by groups: at most a ten-thousandth later, or a second. */
  constructor(expireMs: number) {
    this.#togetherMs = Math.max(TOGETHER.ms, expireMs * TOGETHER.share);
  }

  /** Groups that are held. */
  get size(): number {
    return this.#list.length;
  }

  /** Says to which group the places from `start` on belong. */
  add(group: Group): void {
    const last = this.#list.at(-1);
    const isSame =
      last !== undefined &&
      last.version === group.version &&
      Math.abs(group.at - last.at) < this.#togetherMs &&
      last.blocks.length === group.blocks.length &&
      last.blocks.every((block, i) => block === group.blocks[i]);
    if (isSame) last.latest = Math.max(last.latest, group.latest);
    else this.#list.push(group);
  }

  /** The group of a place that is kept. */
  of(place: number): Group {
    let low = this.#first;
    let high = this.#list.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#list[middle]!.start <= place) low = middle;
      else high = middle - 1;
    }
    return this.#list[low]!;
  }

  /** Lets go of groups that end before a place. The last one has no end yet. */
  dropBefore(place: number): void {
    while (this.#first + 1 < this.#list.length && this.#list[this.#first + 1]!.start <= place) this.#first++;
    if (this.#first < 1_024) return;
    this.#list = this.#list.slice(this.#first);
    this.#first = 0;
  }

  /** Groups that hold any place from `from` up to `to`. */
  between(from: number, to: number): Group[] {
    const found: Group[] = [];
    for (let i = this.#list.length - 1; i >= this.#first; i--) {
      const group = this.#list[i]!;
      if (group.start < to) found.unshift(group);
      if (group.start <= from) break;
    }
    return found;
  }
}
