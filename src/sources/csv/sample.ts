// SPDX-License-Identifier: Apache-2.0
import { type Inference, type InferOptions, inferFormat } from '../../columns/infer.js';
import type { Schema } from '../../columns/schema.js';
import type { Bytes } from '../source.js';
import type { CsvDialect } from './dialect.js';
import { Transcoder } from './encoding.js';
import { splitRecords } from './records.js';
import { findRowStart, type RowStartOptions } from './row-start.js';

/** Awaited between steps, where the thread has frames to draw. */
export type Pause = (() => Promise<void>) | undefined;

const PLACES = 7;
const PLACE_BYTES = 65_536;
const ROWS_A_PLACE = 700;

/**
 * Rows from seven places spread over the file after the head, so that a column that changes its face later (numbers, then "n/a")
 * is typed by more than its first rows.
 */
export async function sampleRows(
  bytes: Bytes,
  headEnd: number,
  options: RowStartOptions & { readonly pause?: Pause },
): Promise<string[][]> {
  const rows: string[][] = [];
  const rest = bytes.size - headEnd;
  if (rest <= 0) return rows;
  const places = Math.min(PLACES, Math.ceil(rest / PLACE_BYTES));
  for (let k = 0; k < places; k++) {
    await options.pause?.();
    const start = await findRowStart(bytes, headEnd + Math.floor((rest * k) / places), {
      ...options,
      mostBytes: PLACE_BYTES,
    });
    const end = Math.min(bytes.size, start + PLACE_BYTES);
    if (start >= end) continue;
    const isLast = end === bytes.size;
    const text = new Transcoder(options.dialect.encoding).decode(await bytes.slice(start, end), isLast);
    for (const record of splitRecords(text, options.dialect, { maxRecords: ROWS_A_PLACE, isLast }).records) {
      // A row of another width may come of a place taken wrongly for one outside quotes.
      if (record.cells.length === options.width && !record.isBlank) rows.push(record.cells);
    }
  }
  return rows;
}

/** Raw bytes around the sampled places, to see whether all of the file can be UTF-8. */
export async function sampleBytes(bytes: Bytes, headEnd: number): Promise<Uint8Array[]> {
  const rest = bytes.size - headEnd;
  if (rest <= 0) return [];
  const places = Math.min(PLACES, Math.ceil(rest / PLACE_BYTES));
  const reads = Array.from({ length: places }, (_, k) => {
    const start = headEnd + Math.floor((rest * k) / places / 2) * 2;
    return bytes.slice(start, Math.min(bytes.size, start + PLACE_BYTES));
  });
  return Promise.all(reads);
}

/** The format of each column from sampled rows; `schema` forces types by name. */
export async function inferColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  { dialect, schema, pause }: { dialect: CsvDialect; schema?: Schema | undefined; pause?: Pause },
): Promise<Inference[]> {
  const forced = new Map(schema?.map((field) => [field.name, field]));
  const columns: Inference[] = [];
  for (const [c, name] of names.entries()) {
    const field = forced.get(name);
    const options: InferOptions = {
      decimal: dialect.decimal,
      ...(field && field.type !== 'vector' && { type: field.type }),
      ...(field?.declared !== undefined && { declared: field.declared }),
    };
    const cells = rows.map((row) => row[c] ?? '');
    columns.push(inferFormat(cells, options));
    await pause?.();
  }
  return columns;
}
