// SPDX-License-Identifier: Apache-2.0
/** Distances and moments against scipy and exact integer arithmetic: fixtures made by bench/kernels/reference.py. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import fixture from './fixtures/two-sample.json' with { type: 'json' };
import type { Numbers } from './kernels.js';
import { backends } from './testing/backends.js';
import { bell, mixed, uniform } from './testing/samples.js';

interface Recipe {
  kind: string;
  n: number;
  seed: number;
  width: string;
  of?: number;
  scale?: number;
  shift?: number;
}

const VALUES: Record<string, (index: number, recipe: Recipe) => number> = {
  bell: (index, { seed }) => bell(index, seed),
  uniform: (index, { seed }) => uniform(index, seed),
  integers: (index, { seed, of }) => mixed(index, seed) % of!,
  mixture: (index, { seed }) => {
    const u = uniform(index, seed);
    return mixed(index, seed + 7) % 5 < 2 ? 0 : u * u * u * 100;
  },
};

function sample(recipe: Recipe): Numbers {
  const values = recipe.width === 'f32' ? new Float32Array(recipe.n) : new Float64Array(recipe.n);
  const value = VALUES[recipe.kind]!;
  for (let i = 0; i < recipe.n; i++) {
    values[i] = value(i, recipe) * (recipe.scale ?? 1) + (recipe.shift ?? 0);
  }
  return values;
}

function expectRelative(actual: number, expected: number, tolerance: number, what: string): void {
  expect(Math.abs(actual - expected), `${what}: ${actual}, expected ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.abs(expected),
  );
}

describe.each(await backends())('$name', (kernels) => {
  test.each(fixture.cases)('$name', (expected) => {
    const [x, y] = [sample(expected.x), sample(expected.y)];
    const cdf = kernels.cdf(kernels.sort(x).values, kernels.sort(y).values);
    const { above, below } = cdf;

    expect(above).toBeCloseTo(expected.above, 12);
    expect(below).toBeCloseTo(expected.below, 12);
    // Where both sides reach the same height scipy may name either.
    if (Math.abs(above - below) > 1e-12) {
      expect(above > below ? 1 : -1).toBe(expected.sign);
      expect(above > below ? cdf.aboveAt : cdf.belowAt).toBe(expected.at);
    }
    expect(cdf.distinct).toBe(expected.distinct);
    expectRelative(cdf.wasserstein, expected.wasserstein, 1e-9, 'Wasserstein');
    expectRelative(Math.sqrt(2 * cdf.cramer), expected.energy, 1e-9, 'energy');
    expectRelative(cdf.cramerVonMises, expected.cramerVonMises, 1e-9, 'Cramér–von Mises, scipy');
    expectRelative(
      cdf.cramerVonMises,
      expected.cramerVonMisesExact,
      1e-12,
      'Cramér–von Mises, whole numbers',
    );
    expectRelative(cdf.andersonDarling, expected.andersonDarling, 1e-9, 'Anderson–Darling');

    const { sums, finite } = kernels.moments(x, 0.5);
    expect(finite).toBe(x.length);
    expected.moments.forEach((sum, i) => {
      // Odd powers nearly cancel: rounding is relative to what was added.
      const scale = i % 2 === 0 ? Math.max(Math.abs(sum), expected.moments[i + 1]!) : sum;
      expect(Math.abs(sums[i]! - sum), `power ${i + 1}`).toBeLessThanOrEqual(1e-11 * scale);
    });
  });

  test('a side of infinities', () => {
    const w1 = (x: number[], y: number[]) => {
      const { wasserstein, cramer } = kernels.cdf(Float64Array.from(x), Float64Array.from(y));
      return [wasserstein, cramer];
    };
    const infinity = Number.POSITIVE_INFINITY;
    expect(w1([1, 2, infinity], [1, 1])).toEqual([infinity, infinity]);
    expect(w1([1, 2, infinity], [1, infinity])).toEqual([infinity, infinity]);
    expect(w1([-infinity, 2], [2, 2])).toEqual([infinity, infinity]);
    expect(w1([-infinity, infinity], [-infinity, -infinity])).toEqual([infinity, infinity]);
    expect(w1([-infinity, 0, infinity], [-infinity, 3, infinity])).toEqual([1, 1 / 3]);
    expect(w1([-infinity, infinity], [-infinity, infinity])).toEqual([0, 0]);
    expect(w1([-infinity], [-infinity])).toEqual([0, 0]);
  });

  test('values further apart than the largest f64', () => {
    const far = 1.5e308;
    const { wasserstein, above } = kernels.cdf(Float64Array.of(-far, 0, 1), Float64Array.of(0, 1, far));
    expect(above).toBeCloseTo(1 / 3, 15);
    expectRelative(wasserstein, 1e308, 1e-14, 'Wasserstein');
  });

  test('an empty side has no distance', () => {
    const empty = kernels.cdf(new Float32Array(0), Float32Array.of(1));
    expect(empty.distinct).toBe(0);
    const { distinct, ...numbers } = empty;
    expect(Object.values(numbers)).toEqual(Array(8).fill(Number.NaN));
  });

  test('sides of different width are compared as f64', () => {
    const cdf = kernels.cdf(Float32Array.of(0.1), Float64Array.of(0.1));
    expect(cdf.distinct).toBe(2);
    expect(cdf.wasserstein).toBe(Math.fround(0.1) - 0.1);
  });
});

const SHARED = fileURLToPath(new URL('../../../shared/data/expected/', import.meta.url));
const published = `${SHARED}scipy_ks_wasserstein_energy.json`;

describe.skipIf(!existsSync(published))(
  "scipy's own test cases (skipped where ../shared/data is absent)",
  async () => {
    interface Published {
      test: string;
      x: number[] | string;
      y: number[];
      wx?: number[] | null;
      wy?: number[] | null;
      statistic: number;
      value: number;
      energy: number;
    }
    const read = () => (JSON.parse(readFileSync(published, 'utf8')) as { cases: Published[] }).cases;
    const cases = existsSync(published) ? read().filter(({ x }) => Array.isArray(x)) : [];
    /** Whole weights are repetitions. */
    const repeated = (values: number[], weights: number[] | null | undefined) =>
      Float64Array.from(values.flatMap((value, i) => Array<number>(weights?.[i] ?? 1).fill(value)));

    test.each(await backends())('$name', (kernels) => {
      expect(cases.length).toBeGreaterThanOrEqual(18);
      for (const each of cases) {
        const x = kernels.sort(repeated(each.x as number[], each.wx)).values;
        const y = kernels.sort(repeated(each.y, each.wy)).values;
        const cdf = kernels.cdf(x, y);
        if (each.test.startsWith('ks')) {
          expect(Math.max(cdf.above, cdf.below), JSON.stringify(each)).toBeCloseTo(each.statistic, 12);
        } else {
          expect(cdf.wasserstein, JSON.stringify(each)).toBeCloseTo(each.value, 12);
          expect(Math.sqrt(2 * cdf.cramer), JSON.stringify(each)).toBeCloseTo(each.energy, 12);
        }
      }
    });
  },
);
