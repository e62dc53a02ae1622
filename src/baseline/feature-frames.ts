// SPDX-License-Identifier: Apache-2.0
import type { Kernels, Numbers } from '../kernels/kernels.js';
import { boundedName } from './bounded-name.js';
import type { NumberFacts } from './column-facts.js';
import { numberFrame } from './cuts.js';
import type { CategoryFrame, TextFrame } from './frame.js';
import { hashText } from './hash.js';
import { countWords } from './words.js';

/** Categories listed by name. */
export const MAX_CATEGORIES = 5_000;
/** Further reference categories known by hash. */
export const MAX_OTHER_HASHES = 65_536;

/** Sorts ascending without NaN; by the kernels where they are given. */
export function sortNumbers(values: Numbers, kernels?: Kernels): Numbers {
  if (kernels) return kernels.sort(values).values;
  return values.filter((value) => !Number.isNaN(value)).sort();
}

/** Dictionary, hashes beyond it, and whether even those were too few. */
export function categoryFrame(
  counts: ReadonlyMap<string, number>,
  options: { kind: 'category' | 'boolean'; numeric: boolean; overflow?: boolean },
): CategoryFrame {
  const names = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
  const beyond = names.slice(MAX_CATEGORIES);
  const hashes = new Set(beyond.slice(0, MAX_OTHER_HASHES).map((name) => hashText(boundedName(name))));
  return {
    kind: options.kind,
    categories: names.slice(0, MAX_CATEGORIES).map(boundedName),
    numeric: options.numeric,
    otherHashes: Uint32Array.from(hashes).sort(),
    overflow: (options.overflow ?? false) || beyond.length > MAX_OTHER_HASHES,
  };
}

/** A key is not compared, so none of its values is kept: everything counts as other. */
export function keyFrame(numeric: boolean): CategoryFrame {
  return { kind: 'category', categories: [], numeric, otherHashes: new Uint32Array(0), overflow: true };
}

/** Categories of a column of numbers: the sample's counts, and every value that only the other rows hold. */
export function numericCategories(sample: Numbers, facts: NumberFacts): Map<string, number> {
  const counts = new Map<number, number>();
  for (const value of facts.few ?? []) counts.set(value, 0);
  for (const value of sample)
    if (!Number.isNaN(value)) counts.set(value + 0, (counts.get(value + 0) ?? 0) + 1);
  const named = new Map([...counts].map(([value, count]) => [String(value), count]));
  if (facts.nan > 0) named.set('NaN', facts.nan);
  return named;
}

/** Values laid cuts on: more of them do not make cuts noticeably more even. */
const LAID_VALUES = 200_000;

/** Numbers that strings stand for, repeated by their counts (scaled down when there are many), ascending without NaN. */
export function weighted(
  counts: ReadonlyMap<string, number>,
  numberOf: (text: string) => number,
): Float64Array {
  let total = 0;
  for (const count of counts.values()) total += count;
  const scale = Math.min(1, LAID_VALUES / total);
  const values: number[] = [];
  for (const [text, count] of counts) {
    const value = numberOf(text);
    if (Number.isNaN(value)) continue;
    for (let i = Math.max(1, Math.round(count * scale)); i > 0; i--) values.push(value);
  }
  return Float64Array.from(values).sort();
}

/** Lengths and words of the names that were followed, by their counts. */
export function textFrame(counts: ReadonlyMap<string, number>): TextFrame {
  const lengths = weighted(counts, (text) => text.length);
  const words = weighted(counts, countWords);
  return {
    kind: 'text',
    length: numberFrame(lengths, { integer: true }),
    words: numberFrame(words, { integer: true }),
  };
}
