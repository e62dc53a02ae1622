// SPDX-License-Identifier: Apache-2.0
import { boundedName } from '../../baseline/bounded-name.js';
import type { CategoryFrame, Feature } from '../../baseline/frame.js';
import { hashText } from '../../baseline/hash.js';
import type { Batch } from '../../columns/batch.js';
import { type Column, NULL, type NumberColumn, type StringColumn } from '../../columns/column.js';
import { DriftglassError } from '../../errors.js';
import { conform } from '../../profile/conform.js';
import type { CategoryPart, EmbeddingPart, Part, TextPart } from '../../profile/parts.js';
import { NumberChances, type OddChances } from './number-chances.js';
import { stateChances } from './state-chances.js';

/** The least chance of each row so far, and the feature that it comes from. */
export interface Least {
  readonly chances: Float64Array;
  readonly features: Int32Array;
}

/** Lowers the chances of rows in which this feature is less likely; those above `floor` need not be told apart. */
export type FeatureScorer = (batch: Batch, least: Least, index: number) => void;

/** Numbers whose category is remembered. */
const KEPT_NUMBERS = 4_096;

/** Inputs and predictions; not times, keys and labels, nor vectors that all have length 1. */
export function isScored({ role, frame }: Feature): boolean {
  if (role !== 'input' && role !== 'prediction') return false;
  return frame.kind !== 'time' && !(frame.kind === 'embedding' && frame.unitNorm);
}

/** How a feature that is scored is scored against its part of a reference. */
export function featureScorer(feature: Feature, part: Part, floor: number): FeatureScorer {
  const { name, frame } = feature;
  const columnOf = (batch: Batch) => conform(batch.columns.get(name), feature);
  if (part.kind === 'number' && frame.kind === 'number') {
    const chances = new NumberChances(part, frame.cuts);
    const likely = chances.likely(floor);
    return (batch, least, index) => {
      const column = columnOf(batch);
      if (column && column.type !== 'string') scoreNumbers(column, { chances, likely, least, index });
    };
  }
  if ((part.kind === 'category' || part.kind === 'boolean') && 'categories' in frame) {
    const chances = new CategoryChances(frame, part);
    return (batch, least, index) => chances.score(columnOf(batch), least, index);
  }
  if (part.kind === 'text' && frame.kind === 'text') {
    const chances = textChances(part, frame.length.cuts);
    return (batch, least, index) => {
      const column = columnOf(batch);
      if (column?.type === 'string') scoreLengths(column, { ...chances, least, index });
    };
  }
  if (part.kind === 'embedding' && frame.kind === 'embedding')
    return vectorScorer(name, part, frame.normCuts, frame.dimension);
  throw new DriftglassError('BaselineMismatchError', `the reference measured "${name}" as ${part.kind}`);
}

function lower({ chances, features }: Least, row: number, chance: number, index: number): void {
  if (chance >= chances[row]!) return;
  chances[row] = chance;
  features[row] = index;
}

function scoreNumbers(
  { values, status }: NumberColumn,
  options: {
    readonly chances: NumberChances;
    readonly likely: { readonly low: number; readonly high: number };
    readonly least: Least;
    readonly index: number;
  },
): void {
  const { chances, least, index } = options;
  const { low, high } = options.likely;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value >= low && value < high) continue;
    lower(least, row, chanceOf(value, status === null ? 0 : status[row]!, chances), index);
  }
}

function chanceOf(value: number, status: number, chances: NumberChances): number {
  if (Number.isFinite(value)) return chances.of(value);
  if (status !== 0) return status === NULL ? chances.odd.missing : chances.odd.unparsable;
  if (Number.isNaN(value)) return chances.odd.nan;
  return value > 0 ? chances.odd.positiveInfinity : chances.odd.negativeInfinity;
}

/** Categories, from how often each was seen; what the reference holds beyond its dictionary is one of them. */
class CategoryChances {
  readonly #frame: CategoryFrame;
  readonly #codes: ReadonlyMap<string, number>;
  readonly #otherHashes: ReadonlySet<number>;
  readonly #of: readonly number[];
  readonly #unseen: number;
  readonly #missing: number;
  readonly #unparsable: number;
  readonly #other: number;
  readonly #dictionaries = new WeakMap<readonly string[], Float64Array>();
  #numbers = new Map<number, number>();

  constructor(frame: CategoryFrame, part: CategoryPart) {
    this.#frame = frame;
    this.#codes = new Map(frame.categories.map((name, code) => [name, code]));
    this.#otherHashes = new Set(frame.otherHashes);
    const { of, unseen } = stateChances([
      ...part.counts,
      part.missing,
      part.unparsable,
      part.other,
      part.unseen,
    ]);
    const known = part.counts.length;
    this.#of = of;
    this.#missing = of[known]!;
    this.#unparsable = of[known + 1]!;
    this.#other = of[known + 2]!;
    // As frequent as those that were seen once let expect, or as unseen ones were in this very reference.
    this.#unseen = Math.max(unseen, part.unseen > 0 ? of[known + 3]! : 0, part.other > 0 ? this.#other : 0);
  }

  score(column: Column | undefined, least: Least, index: number): void {
    if (column === undefined) return;
    if (column.type === 'string') {
      const { codes, dictionary } = column;
      const entries = this.#entries(dictionary);
      for (let row = 0; row < codes.length; row++) {
        const code = codes[row]!;
        lower(least, row, code < 0 ? this.#missing : entries[code]!, index);
      }
      return;
    }
    const { values, status } = column;
    let last = Number.NaN;
    let chance = 1;
    for (let row = 0; row < values.length; row++) {
      if (status !== null && status[row] !== 0) {
        lower(least, row, status[row] === NULL ? this.#missing : this.#unparsable, index);
        continue;
      }
      if (values[row] !== last) {
        last = values[row]!;
        chance = this.#ofNumber(last);
      }
      lower(least, row, chance, index);
    }
  }

  #entries(dictionary: readonly string[]): Float64Array {
    let entries = this.#dictionaries.get(dictionary);
    const known = entries?.length ?? 0;
    if (entries === undefined || known < dictionary.length) {
      const grown = new Float64Array(dictionary.length);
      if (entries !== undefined) grown.set(entries);
      for (let code = known; code < dictionary.length; code++) grown[code] = this.#ofName(dictionary[code]!);
      entries = grown;
      this.#dictionaries.set(dictionary, entries);
    }
    return entries;
  }

  #ofNumber(value: number): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    if (this.#numbers.size >= KEPT_NUMBERS) this.#numbers = new Map();
    const chance = this.#ofName(String(value));
    this.#numbers.set(value, chance);
    return chance;
  }

  #ofName(whole: string): number {
    const name = boundedName(whole);
    const code = this.#codes.get(name);
    if (code !== undefined) return this.#of[code]!;
    if (this.#frame.overflow) return this.#other;
    const isOther = this.#otherHashes.size > 0 && this.#otherHashes.has(hashText(name));
    return isOther ? this.#other : this.#unseen;
  }
}

/** Texts by their length; a missing one by how often they are. */
function textChances(part: TextPart, cuts: Float64Array) {
  return {
    chances: new NumberChances({ ...part.length, missing: part.missing, unparsable: part.unparsable }, cuts),
    lengths: new WeakMap<readonly string[], Float64Array>(),
  };
}

function scoreLengths(
  { codes, dictionary }: StringColumn,
  options: {
    readonly chances: NumberChances;
    readonly lengths: WeakMap<readonly string[], Float64Array>;
    readonly least: Least;
    readonly index: number;
  },
): void {
  const { chances, lengths, least, index } = options;
  let entries = lengths.get(dictionary);
  if (entries === undefined || entries.length < dictionary.length) {
    entries = Float64Array.from(dictionary, ({ length }) => chances.of(length));
    lengths.set(dictionary, entries);
  }
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    lower(least, row, code < 0 ? chances.odd.missing : entries[code]!, index);
  }
}

/** Vectors by their length: what lies out in another direction is told by windows, not by a row. */
function vectorScorer(
  name: string,
  part: EmbeddingPart,
  normCuts: Float32Array,
  dimension: number,
): FeatureScorer {
  const cuts = Float64Array.from(normCuts);
  const odd: OddChances = oddVectors(part);
  // No extremes are kept of lengths: the outermost bins stand for them.
  const counts = part.norms;
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  const chances = new NumberChances(
    {
      kind: 'number',
      rows: part.rows,
      missing: part.missing,
      unparsable: part.unparsable,
      nan: part.nonFinite,
      positiveInfinity: 0,
      negativeInfinity: 0,
      min: first <= 0 ? 0 : cuts[first - 1]!,
      max: last < 0 ? 0 : (cuts[last] ?? cuts.at(-1) ?? 0),
      sums: new Float64Array(4),
      counts,
      binSums: new Float64Array(0),
      distinct: new Uint8Array(0),
    },
    cuts,
  );
  return (batch, least, index) => {
    const column = batch.vectors?.get(name);
    if (column === undefined) return;
    const { values, status } = column;
    const isRagged = column.dimension !== dimension;
    for (let row = 0; row < batch.rows; row++) {
      if (isRagged || (status !== null && status[row] !== 0)) {
        lower(least, row, status?.[row] === NULL ? odd.missing : odd.unparsable, index);
        continue;
      }
      let square = 0;
      for (let i = row * dimension; i < (row + 1) * dimension; i++) square += values[i]! * values[i]!;
      const norm = Math.sqrt(square);
      lower(least, row, Number.isFinite(norm) ? chances.of(norm) : odd.nan, index);
    }
  };
}

function oddVectors(part: EmbeddingPart): OddChances {
  const { of } = stateChances([part.missing, part.unparsable, part.nonFinite, part.measured]);
  const [missing, unparsable, nan] = of.map((chance) => Math.min(1, 2 * chance)) as [number, number, number];
  return { missing, unparsable, nan, positiveInfinity: nan, negativeInfinity: nan };
}
