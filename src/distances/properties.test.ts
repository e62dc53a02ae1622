// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquare } from './chi-square.js';
import type { Contingency } from './contingency.js';
import { gTest } from './g-test.js';
import { hellinger } from './hellinger.js';
import { jensenShannon } from './jensen-shannon.js';
import { lInfinity } from './l-infinity.js';
import { numericDistances } from './numeric.js';
import { sidesOf } from './testing/samples.js';
import { totalVariation } from './total-variation.js';

const table = fc
  .integer({ min: 2, max: 15 })
  .chain((cells) =>
    fc.record({
      a: fc.array(fc.nat({ max: 1000 }), { minLength: cells, maxLength: cells }),
      b: fc.array(fc.nat({ max: 1000 }), { minLength: cells, maxLength: cells }),
    }),
  )
  .filter(({ a, b }) => a.some((count) => count > 0) && b.some((count) => count > 0));

const rows = fc.array(
  fc.oneof(fc.integer({ min: -9, max: 9 }), fc.double({ min: -1e5, max: 1e5, noNaN: true })),
  {
    minLength: 1,
    maxLength: 80,
  },
);

const options = { numRuns: 300, seed: 11 };
const swapped = ({ a, b }: Contingency): Contingency => ({ a: b, b: a });

/** KS over the cells in their order. */
function cumulativeGap({ a, b }: { a: number[]; b: number[] }): number {
  const [m, n] = [a, b].map((side) => side.reduce((x, y) => x + y, 0));
  let [gap, most] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    gap += a[i] / m - b[i] / n;
    most = Math.max(most, Math.abs(gap));
  }
  return most;
}

test('H² ≤ TV ≤ √2·H, KS ≤ TV, L∞ ≤ TV, JS ≤ ln 2·TV in nats', () => {
  fc.assert(
    fc.property(table, (counts) => {
      const h = hellinger(counts);
      const tv = totalVariation(counts);
      expect(h * h).toBeLessThanOrEqual(tv + 1e-12);
      expect(tv).toBeLessThanOrEqual(Math.SQRT2 * h + 1e-12);
      expect(cumulativeGap(counts)).toBeLessThanOrEqual(tv + 1e-12);
      expect(lInfinity(counts).value).toBeLessThanOrEqual(tv + 1e-12);
      expect(jensenShannon(counts) ** 2).toBeLessThanOrEqual(tv + 1e-12);
    }),
    options,
  );
});

test('symmetric, zero on equal shares, at most 1', () => {
  for (const distance of [totalVariation, jensenShannon, hellinger]) {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 9 }), (counts, times) => {
        expect(distance(counts)).toBeCloseTo(distance(swapped(counts)), 12);
        expect(distance(counts)).toBeLessThanOrEqual(1);
        expect(distance({ a: counts.a, b: counts.a.map((count) => count * times) })).toBeLessThan(1e-7);
      }),
      options,
    );
  }
});

test('merging cells never raises a divergence', () => {
  fc.assert(
    fc.property(table, fc.nat(), (counts, at) => {
      const i = at % (counts.a.length - 1);
      const merge = (side: number[]) => [...side.slice(0, i), side[i] + side[i + 1], ...side.slice(i + 2)];
      const merged = { a: merge(counts.a), b: merge(counts.b) };
      for (const distance of [totalVariation, jensenShannon, hellinger]) {
        expect(distance(merged)).toBeLessThanOrEqual(distance(counts) + 1e-9);
      }
      for (const test of [chiSquare, gTest]) {
        expect(test(merged).statistic).toBeLessThanOrEqual(test(counts).statistic * (1 + 1e-9) + 1e-9);
      }
    }),
    options,
  );
});

test('of numbers: W1 ≤ range·KS, energy² ≤ 2·W1·KS, KS ≤ Kuiper, symmetric, zero on equal data', () => {
  fc.assert(
    fc.property(rows, rows, (x, y) => {
      const sides = sidesOf(Float64Array.from(x), Float64Array.from(y));
      const there = numericDistances({ ...sides, level: 0.05 });
      const back = numericDistances({ ...sidesOf(Float64Array.from(y), Float64Array.from(x)), level: 0.05 });
      const range = Math.max(...x, ...y) - Math.min(...x, ...y);
      const ks = there.kolmogorovSmirnov!.value;
      const w1 = there.wasserstein!.value;
      expect(w1).toBeLessThanOrEqual(range * ks * (1 + 1e-9) + 1e-300);
      expect(there.energy!.value ** 2).toBeLessThanOrEqual(2 * w1 * ks * (1 + 1e-9) + 1e-300);
      expect(ks).toBeLessThanOrEqual(there.kuiper!.value + 1e-12);
      for (const name of [
        'kolmogorovSmirnov',
        'kuiper',
        'wasserstein',
        'energy',
        'cramerVonMises',
        'andersonDarling',
      ] as const) {
        expect(Math.abs(there[name]!.value - back[name]!.value), name).toBeLessThanOrEqual(
          1e-9 * Math.max(1, Math.abs(there[name]!.value)),
        );
      }
      const equal = numericDistances({ ...sidesOf(Float64Array.from(x), Float64Array.from(x)), level: 0.05 });
      for (const name of [
        'kolmogorovSmirnov',
        'kuiper',
        'wasserstein',
        'energy',
        'totalVariation',
        'jensenShannon',
        'hellinger',
      ] as const) {
        expect(equal[name]!.value, name).toBe(0);
        expect(equal[name]!.low ?? 0, name).toBe(0);
      }
      expect(equal.kolmogorovSmirnov!.pValue).toBe(1);
    }),
    { numRuns: 200, seed: 12 },
  );
});
