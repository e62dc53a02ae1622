// SPDX-License-Identifier: Apache-2.0
import { expect } from 'vitest';
import type { VectorPartial } from '../../vectors.js';

/** Two ways to the same sums: counts equal but for rows next to a cut, sums to what f32 leaves of them. */
export function expectAlike(actual: VectorPartial, expected: VectorPartial): void {
  const n = Math.max(1, expected.rows);
  for (const key of ['rows', 'nonFinite', 'zero', 'constant'] as const) {
    expect(actual[key], key).toBe(expected[key]);
  }
  const near = (key: string, a: ArrayLike<number>, b: ArrayLike<number>, most: number): void => {
    expect(a.length, key).toBe(b.length);
    for (let i = 0; i < b.length; i++) {
      if (!(Math.abs(a[i]! - b[i]!) <= most))
        expect.fail(`${key}[${i}] is ${a[i]}, expected ${b[i]} to ${most}`);
    }
  };
  const size = Math.max(1, ...expected.squares) / n;
  near('fourier', actual.fourier, expected.fourier, 3e-6 * n);
  near('sums', actual.sums, expected.sums, 3e-6 * n * Math.sqrt(size));
  near('squares', actual.squares, expected.squares, 3e-6 * n * size);
  near('norms', actual.norms, expected.norms, 1e-3 * n);
  near('normSum', [actual.normSum], [expected.normSum], 1e-6 * expected.normSum);
  near('normSquares', [actual.normSquares], [expected.normSquares], 1e-6 * expected.normSquares);
  for (const [i, counts] of expected.drawn.entries()) near(`drawn ${i}`, actual.drawn[i]!, counts, 1e-3 * n);
}
