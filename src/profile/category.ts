// SPDX-License-Identifier: Apache-2.0
import { boundedName } from '../baseline/bounded-name.js';
import type { CategoryFrame } from '../baseline/frame.js';
import { hashText } from '../baseline/hash.js';
import type { NumberColumn, StringColumn } from '../columns/column.js';
import type { Kernels } from '../kernels/kernels.js';
import { dictionaryHashes } from './column-hash.js';
import { combineCounts, countAbsent, differenceOf, sumArrays } from './counts.js';
import { addDistinct, emptyDistinct, mergeDistinct } from './hyperloglog.js';
import type { CategoryPart } from './parts.js';
import { mergeNames, pruneNames } from './unseen-names.js';

const OTHER = -1;
const UNSEEN = -2;
/** Whole numbers within a span like this are counted in a table. */
const TABLE_SPAN = 4_096;
/** Names waiting to be pruned to the bound. */
const PENDING_NAMES = 4_096;

/** A frame's dictionary, prepared once for many batches. */
export interface CategoryMeter {
  readonly frame: CategoryFrame;
  readonly codeOf: ReadonlyMap<string, number>;
  readonly otherHashes: ReadonlySet<number>;
  /** Counting table over whole numbers first … first + span − 1; span 0 when the frame's numbers lie too far apart. */
  readonly first: number;
  readonly span: number;
  readonly kernels: Kernels;
  /** Frame codes of the dictionary met last, by its code. */
  dictionary: readonly string[] | null;
  translated: Int32Array;
  known: number;
}

export function categoryMeter(frame: CategoryFrame, kernels: Kernels): CategoryMeter {
  const whole = frame.numeric ? frame.categories.map(Number).filter(Number.isSafeInteger) : [];
  const first = whole.reduce((least, value) => Math.min(least, value), Infinity);
  const last = whole.reduce((most, value) => Math.max(most, value), -Infinity);
  const span = last - first < TABLE_SPAN ? last - first + 1 : 0;
  return {
    frame,
    codeOf: new Map(frame.categories.map((name, code) => [name, code])),
    otherHashes: new Set(frame.otherHashes),
    first: span > 0 ? first : 0,
    span: Math.max(0, span),
    kernels,
    dictionary: null,
    translated: new Int32Array(0),
    known: 0,
  };
}

export function emptyCategory(frame: CategoryFrame, distinct: Uint8Array = emptyDistinct()): CategoryPart {
  return {
    kind: frame.kind,
    rows: 0,
    missing: 0,
    unparsable: 0,
    counts: new Float64Array(frame.categories.length),
    other: 0,
    unseen: 0,
    unseenNames: new Map(),
    distinct,
  };
}

/** Adds a column's rows, but not to the distinct registers. */
export function addCategory(
  part: CategoryPart,
  column: NumberColumn | StringColumn | undefined,
  rows: number,
  meter: CategoryMeter,
): void {
  if (column?.type === 'string') addStrings(part, column, meter);
  else addNumbers(part, column, rows, meter);
}

function addStrings(part: CategoryPart, { codes, dictionary }: StringColumn, meter: CategoryMeter): void {
  part.rows += codes.length;
  const frameCodes = translate(dictionary, meter);
  const size = dictionary.length;
  if (size <= 4 * codes.length + 64) {
    const counts = meter.kernels.codes(codes, size);
    part.missing += counts[size]!;
    for (let code = 0; code < size; code++) {
      if (counts[code]! > 0) addCode(part, frameCodes[code]!, counts[code]!, dictionary[code]!);
    }
  } else {
    // A large dictionary shared by small batches: walk the rows instead of the dictionary.
    for (const code of codes) {
      if (code < 0) part.missing++;
      else addCode(part, frameCodes[code]!, 1, dictionary[code]!);
    }
  }
  part.unseenNames = pruneNames(part.unseenNames);
}

function addCode(part: CategoryPart, frameCode: number, count: number, name: string): void {
  if (frameCode >= 0) {
    part.counts[frameCode]! += count;
  } else if (frameCode === OTHER) {
    part.other += count;
  } else {
    part.unseen += count;
    const kept = boundedName(name);
    part.unseenNames.set(kept, (part.unseenNames.get(kept) ?? 0) + count);
    if (part.unseenNames.size > PENDING_NAMES) part.unseenNames = pruneNames(part.unseenNames);
  }
}

/** Frame codes of a dictionary's entries; only entries not met before are looked up. */
function translate(dictionary: readonly string[], meter: CategoryMeter): Int32Array {
  if (meter.dictionary !== dictionary) {
    meter.dictionary = dictionary;
    meter.known = 0;
  }
  if (meter.translated.length < dictionary.length) {
    const grown = new Int32Array(Math.max(dictionary.length, 2 * meter.translated.length));
    grown.set(meter.translated.subarray(0, meter.known));
    meter.translated = grown;
  }
  for (; meter.known < dictionary.length; meter.known++) {
    meter.translated[meter.known] = frameCode(dictionary[meter.known]!, meter);
  }
  return meter.translated;
}

function frameCode(whole: string, meter: CategoryMeter): number {
  const name = boundedName(whole);
  const code = meter.codeOf.get(name);
  if (code !== undefined) return code;
  if (meter.frame.overflow) return OTHER;
  return meter.otherHashes.size > 0 && meter.otherHashes.has(hashText(name)) ? OTHER : UNSEEN;
}

/** Numbers as categories: NaN and ±Infinity are values like any other. */
function addNumbers(
  part: CategoryPart,
  column: NumberColumn | undefined,
  rows: number,
  meter: CategoryMeter,
): void {
  countAbsent(part, column, rows);
  if (!column) return;
  const { values, status } = column;
  const { first, span } = meter;
  const table = new Float64Array(span);
  const rest = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    if (status && status[i] !== 0) continue;
    const value = values[i]!;
    const place = value - first;
    if (place >= 0 && place < span && Math.floor(place) === place) table[place]!++;
    else rest.set(value, (rest.get(value) ?? 0) + 1);
  }
  for (let place = 0; place < span; place++) {
    if (table[place]! > 0) rest.set(first + place, table[place]!);
  }
  for (const [value, count] of rest) {
    const name = String(value);
    addCode(part, frameCode(name, meter), count, name);
  }
  part.unseenNames = pruneNames(part.unseenNames);
}

/** Adds the names of a string column to the distinct registers. */
export function addDistinctNames(
  registers: Uint8Array,
  { codes, dictionary }: StringColumn,
  kernels: Kernels,
): void {
  const { upper, lower } = dictionaryHashes(dictionary);
  const size = dictionary.length;
  if (size <= codes.length) {
    const counts = kernels.codes(codes, size);
    for (let code = 0; code < size; code++) {
      if (counts[code]! > 0) addDistinct(registers, upper[code]!, lower[code]!);
    }
    return;
  }
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code >= 0) addDistinct(registers, upper[code]!, lower[code]!);
  }
}

export function mergeCategory(a: CategoryPart, b: CategoryPart): CategoryPart {
  return {
    ...combineCounts(a, b, 1),
    kind: a.kind,
    counts: sumArrays(a.counts, b.counts),
    other: a.other + b.other,
    unseen: a.unseen + b.unseen,
    unseenNames: mergeNames(a.unseenNames, b.unseenNames),
    distinct: mergeDistinct(a.distinct, b.distinct),
  };
}

/** a without b, exact for counts; the distinct registers stay those of a, and unseen names those whose count is left. */
export function subtractCategory(a: CategoryPart, b: CategoryPart): CategoryPart {
  const names = new Map<string, number>();
  for (const [name, count] of a.unseenNames) {
    const left = count - (b.unseenNames.get(name) ?? 0);
    if (left > 0) names.set(name, left);
  }
  return {
    ...combineCounts(a, b, -1),
    kind: a.kind,
    counts: differenceOf(a.counts, b.counts),
    other: a.other - b.other,
    unseen: a.unseen - b.unseen,
    unseenNames: names,
    distinct: a.distinct.slice(),
  };
}
