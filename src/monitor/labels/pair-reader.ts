// SPDX-License-Identifier: Apache-2.0
import { hashText } from '../../baseline/hash.js';
import { parseNumber } from '../../baseline/parse.js';
import type { Batch } from '../../columns/batch.js';
import type { Column, VectorColumn } from '../../columns/column.js';
import type { Pair, ScoreOf } from '../../performance/add-outcome.js';
import type { OutcomePlan } from '../../performance/outcome-plan.js';
import { MAX_CLASSES } from '../../performance/outcomes.js';

export type LabelValue = number | string | boolean;

/** Numbers whose class is remembered. */
const KEPT_NUMBERS = 4_096;
const UNKNOWN = -1;

/** What a row's prediction is, as numbers; NaN where there is none. */
export interface Predicted {
  /** Class code (see `Pair`) or number. */
  readonly value: number;
  readonly score: number;
}

/** Reads predictions off batches and labels off values, so that both compare as numbers. */
export class PairReader {
  readonly plan: OutcomePlan;
  readonly scoreOf: ScoreOf;
  readonly #codes: ReadonlyMap<string, number>;
  readonly #dictionaries = new WeakMap<readonly string[], Float64Array>();
  #numbers = new Map<number, number>();

  constructor(plan: OutcomePlan) {
    this.plan = plan;
    this.scoreOf = plan.score?.of ?? 'prediction';
    this.#codes = new Map(plan.classes.map((name, code) => [name, code]));
  }

  /** Of a row of a batch. */
  predicted(batch: Batch, row: number): Predicted {
    const { prediction, score, vector, kind } = this.plan;
    if (vector) return this.#greatest(batch.vectors?.get(prediction ?? ''), row);
    const scored = score === null ? Number.NaN : numberOf(batch.columns.get(score.column), row);
    if (prediction === null) {
      if (kind === 'undecided' || Number.isNaN(scored)) return { value: scored, score: scored };
      return { value: scored >= 0.5 ? 1 : 0, score: scored };
    }
    const column = batch.columns.get(prediction);
    const value = kind === 'classes' ? this.#classOf(column, row) : numberOf(column, row);
    return { value, score: scored };
  }

  /** A label as class code or number; NaN where it is none. */
  labelOf(value: LabelValue, kind: 'classes' | 'numbers'): number {
    return kind === 'classes' ? this.#codeOf(value) : asNumber(value);
  }

  /** The pair of a remembered prediction and a label, for outcomes of one kind. */
  pairOf({ value, score }: Predicted, label: number, kind: 'classes' | 'numbers'): Pair {
    if (this.plan.kind !== 'undecided') return { predicted: value, label, score };
    if (kind === 'numbers') return { predicted: value, label, score: Number.NaN };
    return { predicted: Number.isNaN(value) ? value : value >= 0.5 ? 1 : 0, label, score };
  }

  #classOf(column: Column | undefined, row: number): number {
    if (column === undefined) return Number.NaN;
    if (column.type === 'string') {
      const code = column.codes[row]!;
      return code < 0 ? Number.NaN : this.#entryOf(column.dictionary, code);
    }
    if (column.status !== null && column.status[row] !== 0) return Number.NaN;
    const value = column.values[row]!;
    if (column.type === 'boolean') return this.#codeOf(value === 1);
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const code = this.#codeOf(value);
    if (this.#numbers.size >= KEPT_NUMBERS) this.#numbers = new Map();
    this.#numbers.set(value, code);
    return code;
  }

  #entryOf(dictionary: readonly string[], code: number): number {
    let entries = this.#dictionaries.get(dictionary);
    if (entries === undefined || entries.length <= code) {
      const grown = new Float64Array(dictionary.length).fill(UNKNOWN);
      if (entries !== undefined) grown.set(entries);
      entries = grown;
      this.#dictionaries.set(dictionary, entries);
    }
    if (entries[code] === UNKNOWN) entries[code] = this.#codeOf(dictionary[code]!);
    return entries[code]!;
  }

  /** The largest of a row of class scores, as softmax outputs and logits are. */
  #greatest(column: VectorColumn | undefined, row: number): Predicted {
    if (column === undefined || (column.status !== null && column.status[row] !== 0))
      return { value: Number.NaN, score: Number.NaN };
    const { values, dimension } = column;
    let best = 0;
    let sum = 0;
    let areShares = true;
    const start = row * dimension;
    for (let i = 0; i < dimension; i++) {
      const value = values[start + i]!;
      if (Number.isNaN(value)) return { value: Number.NaN, score: Number.NaN };
      if (value > values[start + best]!) best = i;
      sum += value;
      if (!(value >= 0 && value <= 1.001)) areShares = false;
    }
    const isScore = areShares && Math.abs(sum - 1) < 0.01;
    return {
      value: this.#codeOf(best),
      score: isScore ? Math.min(1, values[start + best]!) : Number.NaN,
    };
  }

  #codeOf(value: LabelValue): number {
    if (typeof value === 'number' && Number.isNaN(value)) return Number.NaN;
    const name = this.plan.numeric ? numericName(value) : String(value);
    const code = this.#codes.get(name);
    if (code !== undefined) return code;
    // of two classes under other names, false and 0 are the negative one, which comes first
    if (this.plan.classes.length === 2 && !this.plan.numeric) {
      if (value === true || value === 1) return 1;
      if (value === false || value === 0) return 0;
    }
    return MAX_CLASSES + hashText(name);
  }
}

/** Numbers among categories may come as words. */
function numericName(value: LabelValue): string {
  const number = asNumber(value);
  return Number.isNaN(number) ? String(value) : String(number);
}

function asNumber(value: LabelValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  const word = value.trim().toLowerCase();
  if (word === 'true') return 1;
  return word === 'false' ? 0 : parseNumber(value);
}

function numberOf(column: Column | undefined, row: number): number {
  if (column === undefined) return Number.NaN;
  if (column.type !== 'string') return column.values[row]!;
  const code = column.codes[row]!;
  return code < 0 ? Number.NaN : parseNumber(column.dictionary[code]!);
}
