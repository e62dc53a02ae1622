// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Batch } from '../../columns/batch.js';
import type { NumberColumn } from '../../columns/column.js';
import { sliceBatch } from '../../columns/slice-rows.js';
import type { Chunk } from '../host.js';

/** Why a chunk cannot be measured: names the column and what was expected; null when it can. */
export function chunkProblem({ batch, times, ids, slices }: Chunk): string | null {
  const { rows } = batch;
  if (!Number.isInteger(rows) || rows < 0) return `${rows} is no number of rows`;
  const lengths: [string, number][] = [['the times', times.length]];
  if (ids !== null) lengths.push(['the ids', ids.length]);
  for (const [key, values] of Object.entries(slices ?? {}))
    lengths.push([`the slices "${key}"`, values.length]);
  for (const [name, column] of batch.columns) {
    lengths.push([`column "${name}"`, column.type === 'string' ? column.codes.length : column.values.length]);
    if (column.type !== 'string' && column.status !== null)
      lengths.push([`the marks of column "${name}"`, column.status.length]);
  }
  for (const [name, { values, dimension, status }] of batch.vectors ?? []) {
    lengths.push([`embedding "${name}"`, values.length / dimension]);
    if (status !== null) lengths.push([`the marks of embedding "${name}"`, status.length]);
  }
  const wrong = lengths.find(([, length]) => length !== rows);
  return wrong === undefined ? null : `${wrong[1]} values in ${wrong[0]} for ${rows} rows`;
}

/** Rows of a chunk from `from` to `to`. What came with the chunk as a whole stays with its first row. */
export function partOfChunk(chunk: Chunk, from: number, to: number): Chunk {
  if (from === 0 && to === chunk.batch.rows) return chunk;
  const { batch, times, ids, slices, skipped, refused, sums } = chunk;
  const cut = Object.entries(slices ?? {}).map(([key, values]) => [key, values.slice(from, to)] as const);
  return {
    ...chunk,
    batch: sliceBatch(batch, from, to),
    times: times.subarray(from, to),
    ids: ids?.slice(from, to) ?? null,
    slices: slices === null ? null : Object.fromEntries(cut),
    skipped: from === 0 ? skipped : 0,
    refused: from === 0 ? refused : 0,
    ...(sums && {
      sums: sums.flatMap((sum) =>
        sum.first >= from && sum.first < to ? { ...sum, first: sum.first - from } : [],
      ),
    }),
  };
}

/** Numbers in a column that the frame knows as times are ms. */
export function withTimes(batch: Batch, frame: Frame): Batch {
  let columns: Map<string, typeof batch.columns extends ReadonlyMap<string, infer C> ? C : never> | null =
    null;
  for (const { name, kind } of frame.features) {
    const column = batch.columns.get(name);
    if (kind !== 'time' || column?.type !== 'number') continue;
    columns ??= new Map(batch.columns);
    columns.set(name, { ...column, type: 'time' } satisfies NumberColumn);
  }
  return columns === null ? batch : { ...batch, columns };
}

/** Event times with the host's clock where a row has none. */
export function usableTimes(times: Float64Array, now: number): Float64Array {
  if (times.every((time) => Number.isFinite(time))) return times;
  return times.map((time) => (Number.isFinite(time) ? time : now));
}
