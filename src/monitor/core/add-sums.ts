// SPDX-License-Identifier: Apache-2.0
import { addPartial } from '../../profile/embedding.js';
import type { Chunk } from '../host.js';
import type { MeasuredRows } from './measure-runs.js';

/**
 * Embeddings that came as sums: their rows are no missing ones, and count where the first of them counts. Gives the name
 * of one that was measured for another baseline, and the baseline; its sums are left out.
 */
export function addSums(
  { sums = [] }: Chunk,
  { profile, from, to }: MeasuredRows,
  onOther: (name: string, frameId: string) => void,
): void {
  for (const { name, frameId, partial, first, rows } of sums) {
    const part = profile.parts.get(name);
    if (part?.kind !== 'embedding') continue;
    const here = Math.max(0, Math.min(to, first + rows) - Math.max(from, first));
    // A meter counts every row of a batch that lacks the column as missing.
    part.rows -= here;
    part.missing -= here;
    if (first < from || first >= to) continue;
    if (frameId === profile.frameId) {
      part.rows += rows;
      addPartial(part, partial, 0);
    } else onOther(name, frameId);
  }
}
