// SPDX-License-Identifier: Apache-2.0
import { type Contingency, total } from './contingency.js';

export interface MergedCells {
  readonly a: number[];
  readonly b: number[];
  /** Cells that went into the shared last one. */
  readonly merged: number;
}

/** Cochran's rule. */
const EXPECTED = 5;

/**
 * Puts all cells with an expected count under 5 on the smaller side into one. The choice looks at pooled counts only:
 * these are the same whichever rows are called reference, so the χ² null still holds. Choosing by the reference's
 * counts does not: its rare cells are rare partly by chance, and return to their mean on the other side.
 * `always` marks cells that join the shared one whatever their count.
 */
export function mergeSparse({ a, b }: Contingency, always?: (cell: number) => boolean): MergedCells {
  const m = total(a);
  const n = total(b);
  const share = Math.min(m, n) / (m + n);
  const kept: { a: number; b: number }[] = [];
  const rare = { a: 0, b: 0 };
  let merged = 0;
  for (let i = 0; i < a.length; i++) {
    const pooled = a[i] + b[i];
    if (pooled === 0) continue;
    if (pooled * share < EXPECTED || always?.(i)) {
      rare.a += a[i];
      rare.b += b[i];
      merged++;
    } else kept.push({ a: a[i], b: b[i] });
  }
  if (merged > 0) {
    // The shared cell may itself be sparse: it then takes the smallest of the others in.
    kept.sort((x, y) => y.a + y.b - (x.a + x.b));
    while ((rare.a + rare.b) * share < EXPECTED && kept.length > 1) {
      const smallest = kept.pop()!;
      rare.a += smallest.a;
      rare.b += smallest.b;
      merged++;
    }
    kept.push(rare);
  }
  return { a: kept.map((c) => c.a), b: kept.map((c) => c.b), merged };
}
