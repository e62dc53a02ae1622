// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import { sliceBatch } from '../columns/slice-rows.js';
import type { ReadOptions, ReadProgress, Source } from './source.js';

/**
 * The batches of a source with at most `batchRows` rows each, also where its reader gives larger ones. A slice stands for
 * its share of the batch's bytes: how many rows the file has is judged by that.
 */
export async function* smallBatches(
  source: Source,
  { onProgress, ...options }: ReadOptions & { readonly batchRows: number },
): AsyncGenerator<Batch> {
  const step = options.batchRows;
  let told = { bytes: 0, rows: 0 };
  let read = told;
  const forward = onProgress && { onProgress: (progress: ReadProgress) => (read = progress) };
  for await (const batch of source.read({ ...options, ...forward })) {
    const before = told;
    for (let row = 0; row < batch.rows; row += step) {
      const end = Math.min(batch.rows, row + step);
      const bytes = before.bytes + Math.round(((read.bytes - before.bytes) * end) / batch.rows);
      told = { bytes, rows: before.rows + end };
      onProgress?.(told);
      yield sliceBatch(batch, row, end);
    }
  }
  if (read.bytes > told.bytes) onProgress?.(read);
}
