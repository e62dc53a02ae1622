// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawHypergeometric } from './hypergeometric-draw.js';
import { chiSquareSf } from './special/chi-square.js';
import { hypergeometricPmf } from './special/hypergeometric.js';
import { randomFrom } from './special/random.js';

test.each([
  [20, 7, 12],
  [1000, 400, 30],
  [1000, 8, 700],
  [5000, 1800, 2600],
  [60, 50, 40],
])('draws follow the distribution: %i balls, %i marked, %i drawn', (total, marked, drawn) => {
  const urn = { total, marked, drawn };
  const random = randomFrom(total);
  const runs = 20_000;
  const counts = new Map<number, number>();
  for (let i = 0; i < runs; i++) {
    const x = drawHypergeometric(urn, random);
    counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  let [statistic, cells, rare, rareExpected] = [0, 0, 0, 0];
  for (let x = 0; x <= Math.min(marked, drawn); x++) {
    const expected = runs * hypergeometricPmf(x, urn);
    const observed = counts.get(x) ?? 0;
    if (expected < 10) {
      rare += observed;
      rareExpected += expected;
      continue;
    }
    statistic += (observed - expected) ** 2 / expected;
    cells++;
  }
  if (rareExpected > 0) statistic += (rare - rareExpected) ** 2 / rareExpected;
  expect(chiSquareSf(statistic, cells)).toBeGreaterThan(1e-4);
});

test('sure draws', () => {
  const random = randomFrom(1);
  expect(drawHypergeometric({ total: 10, marked: 0, drawn: 5 }, random)).toBe(0);
  expect(drawHypergeometric({ total: 10, marked: 10, drawn: 5 }, random)).toBe(5);
  expect(drawHypergeometric({ total: 10, marked: 4, drawn: 10 }, random)).toBe(4);
  expect(drawHypergeometric({ total: 100_000, marked: 50_000, drawn: 100_000 }, random)).toBe(50_000);
});
