// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { numberFrame } from './cuts.js';
import { drawnEdges } from './display-edges.js';
import { nextUp } from './next-up.js';

const BINS = 128;

const anyNumbers = fc.array(
  fc.oneof(
    fc.double({ noNaN: true }),
    fc.integer({ min: -5, max: 5 }),
    fc.constantFrom(0, -0, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, Infinity, -Infinity),
  ),
  { maxLength: 300 },
);

const sorted = (values: readonly number[]) => Float64Array.from(values).sort();
const countsOf = (values: Float64Array, cuts: Float64Array) =>
  cpuKernels.histogram(values, cpuKernels.prepareCuts(cuts)).counts;

describe('numberFrame', () => {
  test('cuts are finite, strictly increasing, and enclose all finite values', () => {
    fc.assert(
      fc.property(anyNumbers, (list) => {
        const values = sorted(list);
        const { cuts, display } = numberFrame(values);
        const finite = values.filter(Number.isFinite);
        if (finite.length === 0) {
          expect(cuts.length).toBe(0);
          return;
        }
        expect(cuts.every((cut, i) => Number.isFinite(cut) && (i === 0 || cut > cuts[i - 1]!))).toBe(true);
        expect(cuts[0] === finite[0]).toBe(true);
        const above = finite.filter((value) => value >= cuts[cuts.length - 1]!);
        expect(above.every((value) => value === Number.MAX_VALUE)).toBe(true);
        const max = finite[finite.length - 1]!;
        expect(cuts[cuts.length - 1]).toBe(max === Number.MAX_VALUE ? max : nextUp(max));
        expect(
          [...display].every((index, i) => index < cuts.length && (i === 0 || index > display[i - 1]!)),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('values with 1/(2·128) of the rows are alone in their bin, and other bins hold at most 1.5/128', () => {
    const shapes = fc.array(
      fc.oneof(
        { arbitrary: fc.double({ min: -1e3, max: 1e3, noNaN: true }), weight: 3 },
        { arbitrary: fc.constantFrom(0, 1, 2.5, -7), weight: 1 },
      ),
      { minLength: 300, maxLength: 1_500 },
    );
    fc.assert(
      fc.property(shapes, (list) => {
        const values = sorted(list);
        const { cuts } = numberFrame(values);
        const counts = countsOf(values, cuts);
        const tally = new Map<number, number>();
        for (const value of values) tally.set(value, (tally.get(value) ?? 0) + 1);
        for (const [value, count] of tally) {
          if (count < values.length / (2 * BINS) || count < 2) continue;
          const bin = cuts.indexOf(value) + 1;
          expect(bin).toBeGreaterThan(0);
          expect(cuts[bin] === nextUp(value)).toBe(true);
          expect(counts[bin]).toBe(count);
        }
        const open = [...counts].filter((_, bin) => cuts[bin] !== nextUp(cuts[bin - 1]!));
        expect(Math.max(...open)).toBeLessThanOrEqual((1.5 * values.length) / BINS + 2);
      }),
      { numRuns: 60 },
    );
  });

  test('the certified KS interval holds for any window (numerics: D_E ≤ D ≤ D_E + max p)', () => {
    const normal = fc.double({ min: -4, max: 4, noNaN: true });
    const rows = fc.array(fc.oneof(normal, fc.constantFrom(0, 3, -9, 1e9)), { minLength: 1, maxLength: 400 });
    fc.assert(
      fc.property(rows, rows, (one, two) => {
        const [f, g] = [sorted(one), sorted(two)];
        const { cuts } = numberFrame(f);
        const [p, q] = [f, g].map((values) => countsOf(values, cuts).map((count) => count / values.length));
        let gap = 0;
        let binned = 0;
        for (let i = 0; i < cuts.length; i++) {
          gap += p![i]! - q![i]!;
          binned = Math.max(binned, Math.abs(gap));
        }
        const { above, below } = cpuKernels.cdf(f, g);
        const exact = Math.max(above, below);
        const open = [...p!].filter((_, bin) => cuts[bin] !== nextUp(cuts[bin - 1]!));
        expect(binned).toBeLessThanOrEqual(exact + 1e-12);
        expect(exact).toBeLessThanOrEqual(binned + Math.max(...open) + 1e-12);
      }),
      { numRuns: 200 },
    );
  });

  test('tails of 1e-3, 1e-4 and 1e-5 get cuts only where they hold more than 2 rows', () => {
    const count = 40_000;
    const values = Float64Array.from({ length: count }, (_, i) => i + 0.5);
    const { cuts } = numberFrame(values);
    for (const rows of [40, 4]) {
      expect(cuts).toContain(values[rows]);
      expect(cuts).toContain(values[count - rows]);
    }
    // 1e-5 of the rows is not even one row.
    expect(cuts[0]).toBe(0.5);
    expect(cuts[1]).toBe(values[4]);
  });

  test('edges for drawing are equally spaced and readable, and cover all but the tails', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => 0.0137 + i / 20_000);
    const { cuts, display } = numberFrame(values);
    const edges = [...display].map((index) => cuts[index]!);
    // The readable edge .01 lies below every value: the sentinel takes its place.
    expect(edges[0]).toBe(0.0137);
    expect(edges[1]).toBe(0.02);
    expect(edges[edges.length - 1]).toBe(nextUp(values[9_999]!));
    expect(edges.slice(1, -1).every((edge, i) => edge === (i + 2) / 100)).toBe(true);
    expect(drawnEdges({ kind: 'number', integer: false, shift: 0, cuts, display })).toEqual(
      edges.map((_, i) => (i + 1) / 100),
    );
  });

  test('whole numbers are drawn one by one where they fit, and in whole steps where not', () => {
    const days = numberFrame(sorted(Array.from({ length: 3_100 }, (_, i) => 1 + (i % 31))));
    expect(days.integer).toBe(true);
    expect(drawnEdges(days)).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
    const large = numberFrame(sorted(Array.from({ length: 5_000 }, (_, i) => 7 + 3 * i)));
    const edges = drawnEdges(large);
    expect(new Set(edges.slice(1).map((edge, i) => edge - edges[i]!))).toEqual(new Set([200]));
  });

  test('drawn edges are equally spaced, and enclose what lies between the .5 % and 99.5 % quantiles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 200 }),
        (list) => {
          const values = sorted(list);
          const frame = numberFrame(values);
          const edges = drawnEdges(frame);
          fc.pre(edges.length >= 4);
          const step = (edges[edges.length - 1]! - edges[0]!) / (edges.length - 1);
          for (let i = 1; i < edges.length; i++) {
            expect(Math.abs(edges[i]! - edges[i - 1]! - step)).toBeLessThan(0.002 * step);
          }
          expect(edges[0]).toBeLessThanOrEqual(values[Math.floor(0.005 * values.length)]!);
          expect(edges[edges.length - 1]).toBeGreaterThan(values[Math.ceil(0.995 * values.length) - 1]!);
          expect(edges.length).toBeGreaterThan(25);
          expect(edges.length).toBeLessThan(100);
        },
      ),
      // The sentinel a hair short of the last readable edge.
      { examples: [[[5.087719298496607e-7, 0.11399799999999999]]] },
    );
  });

  test.each([
    ['a constant', [2.5, 2.5], [2.375, 2.625]],
    ['a constant whole number', [7, 7], [7, 8]],
    ['two whole numbers', [0, 1, 1], [0, 1, 2]],
    ['zero', [0], [0, 1]],
  ])('drawn edges of %s', (_, list, expected) => {
    expect(drawnEdges(numberFrame(sorted(list)))).toEqual(expected);
  });

  test.each([
    ['one value', [7.25]],
    ['equal values', Array.from({ length: 50 }, () => 0.1)],
    ['zeros of both signs', [0, -0, 0]],
    ['a huge magnitude with few ulps between', [1e300, nextUp(1e300)]],
    ['the whole range', [-Number.MAX_VALUE, Number.MAX_VALUE]],
    ['denormals', [5e-324, 1e-323, 1.5e-323]],
    ['infinities only', [-Infinity, Infinity]],
    ['nothing', []],
  ])('holds for %s', (_, list) => {
    const values = sorted(list);
    const frame = numberFrame(values);
    const finite = values.filter(Number.isFinite);
    const counts = countsOf(values, frame.cuts);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(finite.length);
    expect(Number.isFinite(frame.shift)).toBe(true);
    expect(frame.cuts.some((cut) => Object.is(cut, -0))).toBe(false);
    if (finite.length > 0 && Math.abs(finite[0]!) < 1e100) expect(counts[0]).toBe(0);
  });

  test('extremes of the whole reference replace those of its sample', () => {
    const { cuts } = numberFrame(Float64Array.of(1, 2, 3), { min: -10, max: 30 });
    expect(cuts[0]).toBe(-10);
    expect(cuts[cuts.length - 1]).toBe(nextUp(30));
  });

  test('single-precision values have cuts that tell them apart', () => {
    const values = Float32Array.from({ length: 500 }, () => 0.1);
    const { cuts } = numberFrame(values);
    const counts = cpuKernels.histogram(values, cpuKernels.prepareCuts(cuts)).counts;
    expect(Math.max(...counts)).toBe(500);
    expect(cuts).toContain(values[0]);
  });
});
