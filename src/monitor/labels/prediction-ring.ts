// SPDX-License-Identifier: Apache-2.0

/** Predictions a piece: memory comes and goes by pieces, and the store is told of those that changed. */
export const SEGMENT = 1_024;

export const WAITING = 0;
export const JOINED = 1;
/** Its id was predicted again since. */
export const REPLACED = 2;

/** One place for each prediction. Ids are kept as 64-bit hashes: nobody's id is stored. */
export interface Segment {
  readonly upper: Int32Array<ArrayBuffer>;
  readonly lower: Int32Array<ArrayBuffer>;
  /** Event time, ms. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Class code or number. */
  readonly predicted: Float64Array<ArrayBuffer>;
  readonly scores: Float32Array<ArrayBuffer>;
  readonly slices: Uint16Array<ArrayBuffer>;
  /** Of joined ones. */
  readonly labels: Float64Array<ArrayBuffer>;
  readonly states: Uint8Array<ArrayBuffer>;
}

export function emptySegment(): Segment {
  return {
    upper: new Int32Array(SEGMENT),
    lower: new Int32Array(SEGMENT),
    times: new Float64Array(SEGMENT),
    predicted: new Float64Array(SEGMENT),
    scores: new Float32Array(SEGMENT),
    slices: new Uint16Array(SEGMENT),
    labels: new Float64Array(SEGMENT),
    states: new Uint8Array(SEGMENT),
  };
}

export interface Prediction {
  readonly upper: number;
  readonly lower: number;
  readonly time: number;
  readonly predicted: number;
  readonly score: number;
  readonly slice: number;
}

/**
 * Predictions in the order in which they came, found by the hash of their id. Places are numbered from 0 on without end;
 * the oldest leave first. 43 bytes each, and 13 to 26 for finding them.
 */
export class PredictionRing {
  readonly #most: number;
  /** The first holds the oldest place. */
  #segments: Segment[] = [];
  #firstSegment = 0;
  /** Place of the oldest, and of the next. */
  #head = 0;
  #tail = 0;
  /** Open addressing by linear probing: place − #base + 1, 0 where free. */
  #table = new Int32Array(2_048);
  /** The upper hash of each entry of the table: most searches then touch nothing else. */
  #uppers = new Int32Array(2_048);
  #base = 0;
  #used = 0;

  /** `most` places are kept. */
  constructor(most: number) {
    this.#most = most;
  }

  get head(): number {
    return this.#head;
  }

  get tail(): number {
    return this.#tail;
  }

  get isFull(): boolean {
    return this.#tail - this.#head >= this.#most;
  }

  /** The piece that holds a place, which must be kept. */
  segmentOf(place: number): Segment {
    return this.#segments[Math.floor(place / SEGMENT) - this.#firstSegment]!;
  }

  stateOf(place: number): number {
    return this.segmentOf(place).states[place % SEGMENT]!;
  }

  /** Adds a prediction; the ring must not be full. Returns the place where its id stood before, or −1. */
  push({ upper, lower, time, predicted, score, slice }: Prediction): number {
    const isFar = this.#tail - this.#base > 2 ** 30;
    if (isFar || 8 * (this.#used + 1) > 5 * this.#table.length) this.#rebuild();
    const place = this.#tail++;
    if (this.#segments.length === 0) this.#firstSegment = Math.floor(place / SEGMENT);
    if (place % SEGMENT === 0) this.#segments.push(emptySegment());
    const segment = this.segmentOf(place);
    const at = place % SEGMENT;
    segment.upper[at] = upper;
    segment.lower[at] = lower;
    segment.times[at] = time;
    segment.predicted[at] = predicted;
    segment.scores[at] = score;
    segment.slices[at] = slice;
    return this.#enter(place, upper, lower);
  }

  /** The newest place of an id, or −1. */
  find(upper: number, lower: number): number {
    const mask = this.#table.length - 1;
    for (let i = upper & mask; this.#table[i] !== 0; i = (i + 1) & mask) {
      if (this.#uppers[i] !== upper) continue;
      const place = this.#base + this.#table[i]! - 1;
      if (this.#lowerOf(place) === lower) return place;
    }
    return -1;
  }

  /** Lets the oldest go. Returns the number of the piece that left with it, or −1. */
  shift(): number {
    const place = this.#head++;
    const segment = this.segmentOf(place);
    const at = place % SEGMENT;
    if (segment.states[at] !== REPLACED) this.#leave(place, segment.upper[at]!);
    if (this.#head % SEGMENT !== 0 && this.#head !== this.#tail) return -1;
    const index = Math.floor(place / SEGMENT);
    if (this.#head === this.#tail) {
      // begins the next piece, so that this one can go
      this.#tail = (index + 1) * SEGMENT;
      this.#head = this.#tail;
    }
    this.#segments.shift();
    this.#firstSegment++;
    return index;
  }

  /** Takes pieces that were stored, in order; `head` and `tail` say which places of them count. */
  load(segments: ReadonlyMap<number, Segment>, head: number, tail: number): void {
    this.#segments = [...segments.keys()].sort((a, b) => a - b).map((index) => segments.get(index)!);
    this.#firstSegment = Math.floor(head / SEGMENT);
    this.#head = head;
    this.#tail = tail;
    this.#rebuild();
  }

  #lowerOf(place: number): number {
    return this.segmentOf(place).lower[place % SEGMENT]!;
  }

  #enter(place: number, upper: number, lower: number): number {
    const mask = this.#table.length - 1;
    let i = upper & mask;
    for (; this.#table[i] !== 0; i = (i + 1) & mask) {
      const known = this.#base + this.#table[i]! - 1;
      if (this.#uppers[i] !== upper || this.#lowerOf(known) !== lower) continue;
      this.#table[i] = place - this.#base + 1;
      return known;
    }
    this.#table[i] = place - this.#base + 1;
    this.#uppers[i] = upper;
    this.#used++;
    return -1;
  }

  /** Takes a place out of the table and moves those behind it up, so that no gap breaks a search. */
  #leave(place: number, upper: number): void {
    const table = this.#table;
    const uppers = this.#uppers;
    const mask = table.length - 1;
    let gap = upper & mask;
    while (this.#base + table[gap]! - 1 !== place) {
      if (table[gap] === 0) return;
      gap = (gap + 1) & mask;
    }
    this.#used--;
    for (let i = (gap + 1) & mask; table[i] !== 0; i = (i + 1) & mask) {
      const home = uppers[i]! & mask;
      if (((i - home) & mask) < ((i - gap) & mask)) continue;
      table[gap] = table[i]!;
      uppers[gap] = uppers[i]!;
      gap = i;
    }
    table[gap] = 0;
  }

  #rebuild(): void {
    let size = 2_048;
    while (size < 2 * (this.#tail - this.#head + 1)) size *= 2;
    this.#table = new Int32Array(size);
    this.#uppers = new Int32Array(size);
    this.#base = this.#head;
    this.#used = 0;
    for (let place = this.#head; place < this.#tail; place++) {
      const segment = this.segmentOf(place);
      const at = place % SEGMENT;
      if (segment.states[at] !== REPLACED) this.#enter(place, segment.upper[at]!, segment.lower[at]!);
    }
  }
}
