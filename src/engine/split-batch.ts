// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import { takeRows } from '../columns/take-rows.js';
import { DriftglassError } from '../errors.js';
import type { Split } from './protocol.js';

/** The reference's and the current's rows of one batch, in order; `null` when a side has none. Rows without a value go nowhere. */
export function splitBatch(batch: Batch, split: Split): { reference: Batch | null; current: Batch | null } {
  const column = batch.columns.get(split.column);
  if (batch.vectors?.has(split.column)) {
    throw new DriftglassError(
      'SettingsError',
      `split: column "${split.column}" holds vectors, not one value a row`,
    );
  }
  if (column === undefined) {
    throw new DriftglassError('SettingsError', `split: there is no column "${split.column}"`);
  }
  const left = new Uint32Array(batch.rows);
  const right = new Uint32Array(batch.rows);
  let l = 0;
  let r = 0;
  if (column.type === 'string') {
    const code = column.dictionary.indexOf(requireValue(split));
    for (let i = 0; i < batch.rows; i++) {
      if (column.codes[i] === code && code >= 0) right[r++] = i;
      else if (column.codes[i] >= 0) left[l++] = i;
    }
  } else if (split.value !== undefined) {
    const value = column.type === 'boolean' ? booleanValue(split.value) : Number(split.value);
    for (let i = 0; i < batch.rows; i++) {
      if (column.values[i] === value) right[r++] = i;
      else if (!Number.isNaN(column.values[i])) left[l++] = i;
    }
  } else {
    const at = splitPoint(split);
    for (let i = 0; i < batch.rows; i++) {
      if (column.values[i] >= at) right[r++] = i;
      else if (column.values[i] < at) left[l++] = i;
    }
  }
  return { reference: pick(batch, left.subarray(0, l)), current: pick(batch, right.subarray(0, r)) };
}

/** In words: "date before 2001-04-01", "date from 2001-04-01". */
export function splitNames(split: Split): { reference: string; current: string } {
  if (split.value !== undefined) {
    return {
      reference: `${split.column} other than ${split.value}`,
      current: `${split.column} = ${split.value}`,
    };
  }
  const at =
    typeof split.at === 'number' ? new Date(split.at).toISOString().replace('T00:00:00.000Z', '') : split.at;
  return { reference: `${split.column} before ${at}`, current: `${split.column} from ${at}` };
}

function pick(batch: Batch, rows: Uint32Array): Batch | null {
  if (rows.length === 0) return null;
  return rows.length === batch.rows ? batch : takeRows(batch, rows);
}

function requireValue(split: Split): string {
  if (split.value === undefined) {
    throw new DriftglassError(
      'SettingsError',
      `split: column "${split.column}" holds text, so it needs a value, not a point`,
    );
  }
  return split.value;
}

function booleanValue(text: string): number {
  return text === 'true' || text === '1' ? 1 : 0;
}

function splitPoint(split: Split): number {
  const at =
    typeof split.at === 'string'
      ? Number.isNaN(Number(split.at))
        ? Date.parse(split.at)
        : Number(split.at)
      : split.at;
  if (at === undefined || Number.isNaN(at)) {
    throw new DriftglassError(
      'SettingsError',
      `split: "${split.at}" is neither a number nor an ISO 8601 time`,
    );
  }
  return at;
}
