// SPDX-License-Identifier: Apache-2.0
import type { NumberPart } from '../../profile/parts.js';
import { stateChances } from './state-chances.js';
import { beyondLaw } from './tail-law.js';

/** Values that are no finite number. */
export interface OddChances {
  readonly missing: number;
  readonly unparsable: number;
  readonly nan: number;
  readonly positiveInfinity: number;
  readonly negativeInfinity: number;
}

/**
 * How likely values at least as far out as one are, on both sides, from the counts of a reference: twice the smaller tail
 * mass of its bin, the whole bin and the new row included. Beyond the furthest reference row, what the tail lets expect.
 */
export class NumberChances {
  readonly #cuts: Float64Array;
  /** By bin. */
  readonly #chances: Float64Array;
  readonly #part: Pick<NumberPart, 'min' | 'max' | 'counts'>;
  readonly #finite: number;
  readonly #rows: number;
  #above: ((distance: number) => number) | null = null;
  #below: ((distance: number) => number) | null = null;
  readonly odd: OddChances;

  constructor(part: NumberPart, cuts: Float64Array) {
    this.#part = part;
    this.#cuts = cuts;
    const counts = part.counts;
    const { missing, unparsable, nan, positiveInfinity, negativeInfinity } = part;
    const states = [missing, unparsable, nan, positiveInfinity, negativeInfinity];
    this.#finite = counts.reduce((sum, count) => sum + count, 0);
    this.#rows = this.#finite + states.reduce((sum, count) => sum + count, 0);
    // Finite values are one more state, as frequent as they are.
    const of = stateChances([...states, this.#finite]).of;
    // A row may stand out by its state or by its value: both chances add.
    const odd = of.map((chance) => Math.min(1, 2 * chance));
    this.odd = {
      missing: odd[0]!,
      unparsable: odd[1]!,
      nan: odd[2]!,
      positiveInfinity: odd[3]!,
      negativeInfinity: odd[4]!,
    };
    const rare = states.map((count, i) => ({ count, chance: of[i]! }));
    const withStates = (chance: number) =>
      rare.reduce((sum, state) => (state.chance <= chance ? sum + state.count / this.#rows : sum), chance);
    this.#chances = new Float64Array(counts.length);
    let below = 0;
    for (let bin = 0; bin < counts.length; bin++) {
      const from = this.#finite - below;
      below += counts[bin]!;
      const tail = Math.min(below, from) + 1;
      this.#chances[bin] = Math.min(1, withStates((2 * tail) / (this.#rows + 1)));
    }
  }

  /** Values from `low` up to `high` have a chance of at least `chance`. */
  likely(chance: number): { readonly low: number; readonly high: number } {
    const chances = this.#chances;
    let first = 0;
    while (first < chances.length && chances[first]! < chance) first++;
    let last = first;
    while (last + 1 < chances.length && chances[last + 1]! >= chance) last++;
    if (first === chances.length) return { low: Infinity, high: -Infinity };
    const low = first === 0 ? -Infinity : this.#cuts[first - 1]!;
    const high = last === chances.length - 1 ? Infinity : this.#cuts[last]!;
    // beyond the furthest row a bin of them says nothing
    return { low: Math.max(low, this.#part.min), high: Math.min(high, this.#part.max) };
  }

  /** Of a finite value. */
  of(value: number): number {
    const cuts = this.#cuts;
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value < cuts[middle]!) high = middle;
      else low = middle + 1;
    }
    const chance = this.#chances[low] ?? 1;
    const { min, max } = this.#part;
    if (value >= min && value <= max) return chance;
    if (!(max >= min)) return Math.min(1, 2 / (this.#rows + 1));
    const furthest = 2 / (this.#rows + 1);
    return Math.min(chance, furthest * (value > max ? this.#beyond(1, value) : this.#beyond(-1, -value)));
  }

  #beyond(sign: 1 | -1, distance: number): number {
    if (sign > 0) {
      this.#above ??= beyondLaw(this.#tail(1));
      return this.#above(distance);
    }
    this.#below ??= beyondLaw(this.#tail(-1));
    return this.#below(distance);
  }

  /** The rows by their distance from below, or mirrored. */
  #tail(sign: 1 | -1) {
    const { counts, min, max } = this.#part;
    const cuts = this.#cuts;
    const edges: number[] = [];
    const found: number[] = [];
    // bin i lies between cuts i − 1 and i; a mirrored bin begins at its upper end
    for (let i = 0; i < counts.length; i++) {
      const bin = sign > 0 ? i : counts.length - 1 - i;
      const edge = sign > 0 ? (cuts[bin - 1] ?? min) : -(cuts[bin] ?? max);
      edges.push(edge);
      found.push(counts[bin]!);
    }
    let held = 0;
    let middle = edges[0] ?? 0;
    for (let i = 0; i < found.length && held <= this.#finite / 2; i++) {
      held += found[i]!;
      middle = edges[i]!;
    }
    const most = sign > 0 ? max : -min;
    return { edges, counts: found, rows: this.#finite, most, middle: Math.min(middle, most) };
  }
}
