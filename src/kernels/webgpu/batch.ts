// SPDX-License-Identifier: Apache-2.0
import type { Collection } from './collection.js';

/** Rows on their way through a device, and what their sums go into. */
export interface Batch {
  /** n rows, `stride` apart. */
  readonly rows: Float32Array<ArrayBuffer>;
  readonly n: number;
  readonly into: Collection;
}

/** Views on a batch's rows, each of `most` rows or fewer; their collection waits for all of them. `stride` in values. */
export function cutBatch({ rows, n, into }: Batch, most: number, stride: number): Batch[] {
  const parts: Batch[] = [];
  for (let from = 0; from < n; from += most) {
    const count = Math.min(most, n - from);
    parts.push({ rows: rows.subarray(from * stride, (from + count) * stride), n: count, into });
  }
  into.pending += parts.length - 1;
  return parts;
}
