// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { type PooledCells, totalVariation } from './pooled-cells.js';
import { pearsonTail, shuffleLaw } from './shuffle-null.js';

/** Deals the pooled rows to sides of m and n. */
function dealings(
  sizes: readonly number[],
  n: number,
  draws: number,
): { cells: PooledCells; values: number[] } {
  const random = randomFrom(11);
  const owner = sizes.flatMap((size, cell) => Array.from({ length: size }, () => cell));
  const m = owner.length - n;
  let cells: PooledCells = { m, n, a: Float64Array.from(sizes), b: new Float64Array(sizes.length) };
  const values = Array.from({ length: draws }, () => {
    const b = new Float64Array(sizes.length);
    for (let i = 0; i < n; i++) {
      const j = i + Math.floor(random() * (owner.length - i));
      [owner[i], owner[j]] = [owner[j]!, owner[i]!];
      b[owner[i]!]!++;
    }
    cells = { m, n, a: Float64Array.from(sizes, (size, i) => size - b[i]!), b };
    return totalVariation(cells);
  });
  return { cells, values };
}

const zipf = Array.from({ length: 300 }, (_, i) => Math.max(1, Math.round(400 / (i + 1))));

test.each([
  ['equal sides', zipf, 1_000],
  ['a small current side', zipf, 100],
])('mean, sd and tail of the shuffled distance, without a draw: %s', (_, sizes, n) => {
  const { cells, values } = dealings(sizes, n, 4_000);
  const law = shuffleLaw(cells);
  const mean = values.reduce((x, y) => x + y, 0) / values.length;
  const sd = Math.sqrt(values.reduce((x, y) => x + (y - mean) ** 2, 0) / (values.length - 1));
  expect(Math.abs(law.mean / mean - 1)).toBeLessThan(0.01);
  expect(Math.abs(law.sd / sd - 1)).toBeLessThan(0.06);
  // 99 % quantile of the draws: the tail there is 1 % within the draws' own error and the fit's.
  const high = [...values].sort((x, y) => x - y)[Math.floor(0.99 * values.length)]!;
  expect(pearsonTail(high, law)).toBeGreaterThan(0.005);
  expect(pearsonTail(high, law)).toBeLessThan(0.017);
});

test('the mean holds for a few large categories too', () => {
  const { cells, values } = dealings([900, 700, 400, 200], 1_100, 2_000);
  const mean = values.reduce((x, y) => x + y, 0) / values.length;
  expect(Math.abs(shuffleLaw(cells).mean / mean - 1)).toBeLessThan(0.03);
});

test('the same cells on both sides leave no room: p is 1 or close', () => {
  const cells = { m: 500, n: 500, a: Float64Array.from([300, 200]), b: Float64Array.from([300, 200]) };
  expect(pearsonTail(totalVariation(cells), shuffleLaw(cells))).toBeGreaterThan(0.5);
});
