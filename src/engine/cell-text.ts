// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import type { Column, VectorColumn } from '../columns/column.js';
import type { RowTable } from './protocol.js';
import type { Rows } from './rows.js';

/** Numbers of a vector that are shown. */
const PREVIEW_NUMBERS = 3;

/** One cell as text, for people; empty where there is no value. */
export function cellText(batch: Batch, name: string, row: number): string {
  const vector = batch.vectors?.get(name);
  if (vector !== undefined) return vectorText(vector, row);
  const column: Column | undefined = batch.columns.get(name);
  if (column === undefined) return '';
  if (column.type === 'string') return column.dictionary[column.codes[row]] ?? '';
  const value = column.values[row];
  if (Number.isNaN(value)) return '';
  if (column.type === 'boolean') return value === 0 ? 'false' : 'true';
  return column.type === 'time' ? new Date(value).toISOString() : String(value);
}

/** The first numbers of a vector: "0.012, -0.34, 1.2, … (768)". */
function vectorText({ dimension, values, status }: VectorColumn, row: number): string {
  if (status?.[row]) return '';
  const start = row * dimension;
  const shown = [...values.subarray(start, start + Math.min(PREVIEW_NUMBERS, dimension))];
  const rest = dimension > PREVIEW_NUMBERS ? `, … (${dimension})` : '';
  return shown.map((value) => String(Number(value.toPrecision(3)))).join(', ') + rest;
}

/** Cells of the given rows (indices from 0) as text, in the order of the rows; vectors by their first numbers. */
export function rowsAsText(rows: Rows, wanted: readonly number[], most: number): RowTable {
  const names = rows.batches.flatMap(({ columns, vectors }) => [
    ...columns.keys(),
    ...(vectors?.keys() ?? []),
  ]);
  const columns = [...new Set(names)];
  const found: { row: number; cells: string[] }[] = [];
  const sorted = [...new Set(wanted)].sort((a, b) => a - b);
  let start = 0;
  let at = 0;
  for (const batch of rows.batches) {
    for (; at < sorted.length && sorted[at]! < start + batch.rows && found.length < most; at++) {
      const row = sorted[at]!;
      found.push({ row, cells: columns.map((name) => cellText(batch, name, row - start)) });
    }
    start += batch.rows;
  }
  return { columns, rows: found };
}
