// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../../errors.js';

/** Far more than any matrix has been seen to take (two or three). */
const MOST_SWEEPS = 60;

/**
 * Eigenvalues of a symmetric tridiagonal matrix by QL with implicit shifts (Dubrulle, Martin & Wilkinson 1968), in place
 * of `diagonal`. `rotate(first, cosines, sines, count)` is told of each sweep: for i = first + count − 1 down to first,
 * rows i and i + 1 of the basis become c·row_i − s·row_{i+1} and s·row_i + c·row_{i+1}; (c, s) of row i at i − first.
 */
export function implicitQl(
  diagonal: Float64Array,
  beside: Float64Array,
  rotate: (first: number, cosines: Float64Array, sines: Float64Array, count: number) => void,
): void {
  const p = diagonal.length;
  const cosines = new Float64Array(p);
  const sines = new Float64Array(p);
  let size = 0;
  for (let i = 0; i < p; i++) size = Math.max(size, Math.abs(diagonal[i]!) + Math.abs(beside[i]!));
  const negligible = size * 2 ** -53;
  for (let l = 0; l < p; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      while (m < p - 1 && Math.abs(beside[m]!) > negligible) m++;
      if (m === l) break;
      if (sweep === MOST_SWEEPS) {
        throw new DriftglassError('EngineError', `eigenvalues of a ${p} × ${p} matrix do not converge`);
      }
      // Wilkinson's shift, from the leading 2 × 2.
      let g = (diagonal[l + 1]! - diagonal[l]!) / (2 * beside[l]!);
      const root = Math.sqrt(g * g + 1);
      g = diagonal[m]! - diagonal[l]! + beside[l]! / (g + (g < 0 ? -root : root));
      let s = 1;
      let c = 1;
      let shift = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * beside[i]!;
        const b = c * beside[i]!;
        const r = Math.sqrt(f * f + g * g);
        beside[i + 1] = r;
        if (r === 0) {
          // The matrix has come apart at i + 1.
          diagonal[i + 1]! -= shift;
          beside[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = diagonal[i + 1]! - shift;
        const t = (diagonal[i]! - g) * s + 2 * c * b;
        shift = s * t;
        diagonal[i + 1] = g + shift;
        g = c * t - b;
        cosines[i - l] = c;
        sines[i - l] = s;
      }
      const first = i + 1;
      if (first > l) {
        rotate(first, cosines.subarray(first - l), sines.subarray(first - l), m - first);
        continue;
      }
      rotate(l, cosines, sines, m - l);
      diagonal[l]! -= shift;
      beside[l] = g;
      beside[m] = 0;
    }
  }
}
