// SPDX-License-Identifier: Apache-2.0
import { PRESENT, type VectorColumn } from '../columns/column.js';
import type { EmbeddingPart } from './parts.js';

/** Rows against a frame that was fitted on none: they are counted as the kernels would, and nothing else is known of them. */
export function countUnfitted(part: EmbeddingPart, { dimension, values, status }: VectorColumn): void {
  const rows = values.length / dimension;
  for (let row = 0; row < rows; row++) {
    if (status !== null && status[row] !== PRESENT) continue;
    const first = values[row * dimension]!;
    let finite = true;
    let same = true;
    for (let at = row * dimension; finite && at < (row + 1) * dimension; at++) {
      finite = Number.isFinite(values[at]);
      same = same && values[at] === first;
    }
    if (!finite) part.nonFinite++;
    else {
      part.measured++;
      if (same && first === 0) part.zero++;
      else if (same && dimension > 1) part.constant++;
      part.norms[0]!++;
    }
  }
}
