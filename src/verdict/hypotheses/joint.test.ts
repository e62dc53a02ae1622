// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { column, compareTables, normals, type Table } from '../testing/compare-tables.js';

/** `d` columns that share a factor of weight `shared`. */
function table(
  rows: number,
  d: number,
  { shared = 0.5, shift = [] as readonly number[], seed = 1 } = {},
): Table {
  const normal = normals(seed);
  const factor = column(rows, () => normal());
  const own = Math.sqrt(1 - shared ** 2);
  return Object.fromEntries(
    Array.from({ length: d }, (_, j) => [
      `x${j}`,
      factor.map((f) => shared * f + own * normal() + (shift[j] ?? 0)),
    ]),
  );
}

const jointTest = (reference: Table, current: Table, metric: string) =>
  compareTables(reference, current).rated.tests.find((found) => found.metric === metric)!;

describe('joint means', () => {
  test('see a small shift across the shared direction that columns alone barely show', () => {
    const shared = 0.97;
    const found = jointTest(
      table(4_000, 2, { shared }),
      table(4_000, 2, { shared, shift: [0.06, -0.06], seed: 2 }),
      'jointMeans',
    );
    expect(found.pValue).toBeLessThan(1e-12);
    expect(found.value).toBeGreaterThan(0.2);
  });

  test('hold their level with few rows for many columns', () => {
    let small = 0;
    for (let seed = 0; seed < 24; seed++) {
      const found = jointTest(
        table(45, 12, { seed: 2 * seed }),
        table(45, 12, { seed: 2 * seed + 1 }),
        'jointMeans',
      );
      if (found.pValue <= 0.1) small++;
    }
    // Binomial(24, .1) exceeds 8 once in two thousand.
    expect(small).toBeLessThanOrEqual(8);
  }, 30_000);
});

describe('joint correlations', () => {
  test('see that columns came apart', () => {
    const found = jointTest(
      table(3_000, 3, { shared: 0.9 }),
      table(3_000, 3, { shared: 0, seed: 2 }),
      'jointCorrelations',
    );
    expect(found).toMatchObject({ rating: 'drift' });
    expect(found.value).toBeGreaterThan(0.7);
  });

  test('hold their level where columns nearly repeat each other', () => {
    let small = 0;
    for (let seed = 0; seed < 24; seed++) {
      const options = { shared: 0.995 };
      const found = jointTest(
        table(100, 3, { ...options, seed: 2 * seed }),
        table(100, 3, { ...options, seed: 2 * seed + 1 }),
        'jointCorrelations',
      );
      if (found.pValue <= 0.1) small++;
    }
    expect(small).toBeLessThanOrEqual(8);
  });
});

test('with too few complete rows nothing is tested, and that is said', () => {
  const { rated } = compareTables(table(500, 3), table(12, 3, { seed: 2 }));
  expect(rated.tests).toEqual([]);
  expect(rated.notes.join(' ')).toMatch(/Joint drift not tested: fewer than 30 complete rows/);
});
