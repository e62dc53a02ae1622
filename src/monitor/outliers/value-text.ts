// SPDX-License-Identifier: Apache-2.0
import type { Feature } from '../../baseline/frame.js';
import type { Batch } from '../../columns/batch.js';
import { NULL } from '../../columns/column.js';
import { shortNumber } from '../../verdict/words/number-words.js';

const LENGTH = 80;

/** What stands in a row of a feature, for people. */
export function valueText(batch: Batch, row: number, { name, kind }: Feature): string {
  const vector = batch.vectors?.get(name);
  if (vector !== undefined) {
    if (vector.status?.[row]) return vector.status[row] === NULL ? 'missing' : 'no vector of this length';
    const { dimension, values } = vector;
    const square = values
      .subarray(row * dimension, (row + 1) * dimension)
      .reduce((sum, value) => sum + value * value, 0);
    return `a vector of length ${shortNumber(Math.sqrt(square))}`;
  }
  const column = batch.columns.get(name);
  if (column === undefined) return 'missing';
  if (column.type === 'string') {
    const code = column.codes[row]!;
    if (code < 0) return 'missing';
    const text = column.dictionary[code]!;
    if (kind === 'text') return `a text of ${text.length.toLocaleString('en-US')} characters`;
    return text.length > LENGTH ? `${text.slice(0, LENGTH - 1)}…` : text;
  }
  if (column.status?.[row]) return column.status[row] === NULL ? 'missing' : 'not readable';
  const value = column.values[row]!;
  if (column.type === 'boolean' && !Number.isNaN(value)) return value === 0 ? 'false' : 'true';
  if (column.type === 'time' && Math.abs(value) <= 8.64e15) return new Date(value).toISOString();
  return Number.isFinite(value) ? String(Number(value.toPrecision(7))) : shortNumber(value);
}
