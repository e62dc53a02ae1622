// SPDX-License-Identifier: Apache-2.0
import type { ColumnType } from '../columns/column.js';
import type { Numbers } from '../kernels/kernels.js';
import type { NumberFacts, StringFacts } from './column-facts.js';
import type { ColumnFacts } from './kinds.js';
import { countWords } from './words.js';

/** What kind and role of a numeric, boolean or time column are told from: all rows, and a sorted sample of them. */
export function factsOfNumbers(type: ColumnType, seen: NumberFacts, sorted: Numbers): ColumnFacts {
  const some = seen.min <= seen.max;
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  const followed = seen.few && seen.few.size > distinct;
  return {
    type,
    rows: seen.rows,
    present: seen.present,
    distinct: followed ? seen.few!.size : distinct,
    distinctOf: followed ? seen.present : sorted.length,
    integer: seen.integer && some,
    increasing: seen.increasing,
    min: some ? seen.min : Number.NaN,
    max: some ? seen.max : Number.NaN,
    meanLength: 0,
    meanWords: 0,
  };
}

/** The same of a column of strings, from its followed names. */
export function factsOfStrings(type: ColumnType, seen: StringFacts): ColumnFacts {
  let rows = 0;
  let length = 0;
  let words = 0;
  for (const [text, count] of seen.counts) {
    rows += count;
    length += text.length * count;
    words += countWords(text) * count;
  }
  return {
    type,
    rows: seen.rows,
    present: seen.present,
    distinct: seen.counts.size,
    distinctOf: seen.distinctOf,
    integer: false,
    increasing: false,
    min: Number.NaN,
    max: Number.NaN,
    meanLength: rows > 0 ? length / rows : 0,
    meanWords: rows > 0 ? words / rows : 0,
  };
}
