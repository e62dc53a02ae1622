// SPDX-License-Identifier: Apache-2.0
/** What must hold for any column, and a second, slow definition of every distance. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Numbers } from './kernels.js';
import { backends } from './testing/backends.js';

/** Doubles of every kind, with enough small integers that ties are common. */
const value = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -4, max: 4 }) },
  { weight: 2, arbitrary: fc.double({ min: -1e9, max: 1e9, noNaN: true }) },
  { weight: 1, arbitrary: fc.double() },
);
const column = fc
  .tuple(fc.array(value, { maxLength: 90 }), fc.boolean())
  .map(([values, single]): Numbers => (single ? Float32Array.from(values) : Float64Array.from(values)));
const cutList = fc
  .uniqueArray(
    value.filter(Number.isFinite).map((cut) => cut + 0),
    { maxLength: 40 },
  )
  .map((cuts) => Float64Array.from(cuts).sort());
/** Moderate numbers, so that brute force needs no care with overflow; ±Infinity kept. */
const side = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -6, max: 6 }) },
      { weight: 4, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
      { weight: 1, arbitrary: fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY) },
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((values) => Float64Array.from(values, (each) => each + 0).sort());

function joined(a: Numbers, b: Numbers): Numbers {
  const whole =
    a instanceof Float32Array ? new Float32Array(a.length + b.length) : new Float64Array(a.length + b.length);
  whole.set(a);
  whole.set(b, a.length);
  return whole;
}

describe.each(await backends())('$name', (kernels) => {
  test('histogram: a bin holds cuts[i−1] ≤ x < cuts[i], sums included', () => {
    fc.assert(
      fc.property(column, cutList, (values, cuts) => {
        const { counts, sums } = kernels.histogram(values, kernels.prepareCuts(cuts));
        const edges = [Number.NEGATIVE_INFINITY, ...cuts, Number.POSITIVE_INFINITY];
        for (let bin = 0; bin <= cuts.length; bin++) {
          const inside = Array.from(values).filter(
            (x) => Number.isFinite(x) && edges[bin]! <= x && x < edges[bin + 1]!,
          );
          expect(counts[bin]).toBe(inside.length);
          const sum = inside.reduce((a, b) => a + b, 0);
          const size = inside.reduce((a, b) => a + Math.abs(b), 0);
          if (Number.isFinite(size)) expect(Math.abs(sums[bin]! - sum)).toBeLessThanOrEqual(1e-13 * size);
        }
      }),
    );
  });

  test('moments and histogram of the parts add to those of the whole', () => {
    fc.assert(
      fc.property(column, column, cutList, (a, b, cuts) => {
        const table = kernels.prepareCuts(cuts);
        const whole = joined(a, a.BYTES_PER_ELEMENT === 4 ? Float32Array.from(b) : b);
        const parts = [whole.subarray(0, a.length), whole.subarray(a.length)];
        const bins = parts.map((part) => kernels.histogram(part, table).counts);
        expect(kernels.histogram(whole, table).counts).toEqual(
          bins[0]!.map((count, i) => count + bins[1]![i]!),
        );
        const [all, first, second] = [whole, ...parts].map((part) => kernels.moments(part, 0.25));
        for (const key of ['finite', 'nan', 'positiveInfinity', 'negativeInfinity'] as const) {
          expect(all![key]).toBe(first![key] + second![key]);
        }
        expect(all!.min).toBe(Math.min(first!.min, second!.min));
        expect(all!.max).toBe(Math.max(first!.max, second!.max));
        expect(all!.finite + all!.nan + all!.positiveInfinity + all!.negativeInfinity).toBe(whole.length);
      }),
    );
  });

  test('codes of the parts add to those of the whole', () => {
    const codes = fc
      .array(fc.integer({ min: -2, max: 12 }), { maxLength: 60 })
      .map((list) => Int32Array.from(list));
    fc.assert(
      fc.property(codes, codes, fc.integer({ min: 0, max: 10 }), (a, b, size) => {
        const [first, second] = [kernels.codes(a, size), kernels.codes(b, size)];
        const whole = kernels.codes(Int32Array.of(...a, ...b), size);
        expect(whole).toEqual(first.map((count, i) => count + second[i]!));
        expect(whole.reduce((x, y) => x + y, 0)).toBe(a.length + b.length);
      }),
    );
  });

  test('sort: ascending, a permutation of what is not NaN, no −0, input untouched', () => {
    fc.assert(
      fc.property(column, (values) => {
        const before = values.slice();
        const { values: sorted, nan } = kernels.sort(values);
        expect(values).toEqual(before);
        expect(nan).toBe(Array.from(values).filter(Number.isNaN).length);
        const kept = Array.from(values).filter((x) => !Number.isNaN(x));
        expect(Array.from(sorted)).toStrictEqual(
          kept.map((x) => x + 0).sort((x, y) => (x < y ? -1 : x > y ? 1 : 0)),
        );
      }),
    );
  });

  test('sort: long columns that differ in few low bits', () => {
    // The fast path orders the 33 highest varying bits and must notice that the rest decides here.
    const values = new Float64Array(5_000);
    const bits = new BigInt64Array(values.buffer);
    for (let i = 0; i < values.length; i++) {
      const sign = i % 2 === 0 ? 0x4000000000000000n : 0x3ff0000000000000n;
      bits[i] = sign + BigInt((i * 7919) % 5_003);
    }
    expect(kernels.sort(values).values).toEqual(values.slice().sort());
  });

  test('cdf agrees with the definitions', () => {
    fc.assert(
      fc.property(side, side, (x, y) => {
        const actual = kernels.cdf(x, y);
        const expected = byDefinition(x, y);
        for (const key of ['aboveAt', 'belowAt', 'distinct'] as const)
          expect(actual[key], key).toBe(expected[key]);
        for (const key of [
          'above',
          'below',
          'wasserstein',
          'cramer',
          'cramerVonMises',
          'andersonDarling',
        ] as const) {
          if (Number.isFinite(expected[key])) expect(actual[key], key).toBeCloseTo(expected[key], 9);
          else expect(actual[key], key).toBe(expected[key]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('cdf: swapping sides swaps above and below, and nothing else', () => {
    fc.assert(
      fc.property(side, side, (x, y) => {
        const [there, back] = [kernels.cdf(x, y), kernels.cdf(y, x)];
        expect([back.above, back.aboveAt, back.below, back.belowAt, back.distinct]).toEqual([
          there.below,
          there.belowAt,
          there.above,
          there.aboveAt,
          there.distinct,
        ]);
        for (const key of ['wasserstein', 'cramer', 'cramerVonMises', 'andersonDarling'] as const) {
          if (there[key] === Number.POSITIVE_INFINITY) expect(back[key]).toBe(there[key]);
          else expect(back[key]).toBeCloseTo(there[key], 10);
        }
      }),
    );
  });

  test('cdf: zero on equal data, W1 ≤ range × KS, unmoved by a common shift of whole numbers', () => {
    fc.assert(
      fc.property(side, side, (x, y) => {
        const same = kernels.cdf(x, x);
        expect([same.above, same.below, same.wasserstein, same.cramer, same.andersonDarling]).toEqual([
          0, 0, 0, 0, 0,
        ]);
        const { wasserstein, above, below } = kernels.cdf(x, y);
        if (Number.isFinite(wasserstein)) {
          const finite = [...x, ...y].filter(Number.isFinite);
          const range = finite.length === 0 ? 0 : Math.max(...finite) - Math.min(...finite);
          expect(wasserstein).toBeLessThanOrEqual(range * Math.max(above, below) * (1 + 1e-12));
        }
        const [wholeX, wholeY] = [x.map(Math.round), y.map(Math.round)];
        const moved = kernels.cdf(
          wholeX.map((each) => each + 1024),
          wholeY.map((each) => each + 1024),
        );
        const { aboveAt, belowAt, ...still } = kernels.cdf(wholeX, wholeY);
        expect(moved).toEqual({ ...still, aboveAt: aboveAt + 1024, belowAt: belowAt + 1024 });
      }),
    );
  });

  test('cuts that mean nothing are refused by place', () => {
    expect(() => kernels.prepareCuts(Float64Array.of(1, Number.NaN))).toThrow(/cuts\[1\] is NaN/);
    expect(() => kernels.prepareCuts(Float64Array.of(1, 3, 3))).toThrow(/cuts\[2\] = 3 does not follow 3/);
    expect(() => kernels.prepareCuts(Float64Array.of(0, -0))).toThrow(/cuts\[1\]/);
  });
});

/** Every distance from its textbook definition, in quadratic time. */
function byDefinition(x: Float64Array, y: Float64Array) {
  const [n, m] = [x.length, y.length];
  const total = n + m;
  const pooled = [...x, ...y].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const points = [...new Set(pooled)];
  const share = (side: Float64Array, at: number) => side.filter((each) => each <= at).length / side.length;
  const gaps = points.map((at) => share(x, at) - share(y, at));
  const near = (a: number, b: number) => Math.abs(a - b) < 1e-12;
  const above = Math.max(...gaps);
  const below = Math.max(...gaps.map((gap) => -gap));

  let wasserstein = 0;
  let cramer = 0;
  for (let i = 0; i + 1 < points.length; i++) {
    if (near(gaps[i]!, 0)) continue;
    const width = points[i + 1]! - points[i]!;
    wasserstein += Math.abs(gaps[i]!) * width;
    cramer += gaps[i]! ** 2 * width;
  }

  // Anderson (1962) with midranks.
  const midrank = (at: number) =>
    (pooled.filter((each) => each < at).length + 1 + pooled.filter((each) => each <= at).length) / 2;
  const squares = (side: Float64Array) =>
    side.reduce((sum, each, i) => sum + (midrank(each) - (i + 1)) ** 2, 0);
  const u = n * squares(x) + m * squares(y);
  const cramerVonMises = u / (n * m * total) - (4 * n * m - 1) / (6 * total);

  // Scholz & Stephens (1987), equation 7.
  let andersonDarling = 0;
  for (const side of [x, y]) {
    for (const at of points) {
      const count = pooled.filter((each) => each === at).length;
      const b = pooled.filter((each) => each < at).length + count / 2;
      const inSide = side.filter((each) => each < at).length + side.filter((each) => each === at).length / 2;
      const spread = b * (total - b) - (total * count) / 4;
      if (spread > 0) {
        andersonDarling += ((count / total) * (total * inSide - b * side.length) ** 2) / spread / side.length;
      }
    }
  }
  return {
    above,
    aboveAt: points[gaps.findIndex((gap) => near(gap, above))]!,
    below,
    belowAt: points[gaps.findIndex((gap) => near(-gap, below))]!,
    wasserstein,
    cramer,
    cramerVonMises,
    andersonDarling: (andersonDarling * (total - 1)) / total,
    distinct: points.length,
  };
}
