// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberFrame } from '../baseline/cuts.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import fixture from './fixtures/summary.json' with { type: 'json' };
import { addNumber, emptyNumber, numberMeter } from './number.js';
import type { CategoryPart } from './parts.js';
import { quantilesOfSorted, summarize } from './summary.js';

const { levels } = fixture;

function measured(values: readonly number[], reference = values) {
  const frame = numberFrame(Float64Array.from(reference.filter((value) => !Number.isNaN(value))).sort());
  const part = emptyNumber(frame);
  const column = { type: 'number', values: Float64Array.from(values), status: null } as const;
  addNumber(part, column, values.length, numberMeter(frame, cpuKernels));
  return { frame, part };
}

describe('summaries agree with numpy and scipy', () => {
  test.each(fixture.cases)('$name', ({ values, mean, sd, skewness, kurtosis, quantiles }) => {
    const { frame, part } = measured(values);
    const summary = summarize(part, frame, levels);
    const scale = Math.abs(mean) + (sd ?? 0);
    expect(Math.abs(summary.mean! - mean)).toBeLessThan(1e-12 * scale);
    if (sd === null) expect(summary.sd).toBeUndefined();
    else expect(summary.sd).toBeCloseTo(sd, 8);
    if (skewness !== null) expect(summary.skewness).toBeCloseTo(skewness, 6);
    if (kurtosis !== null) expect(summary.kurtosis).toBeCloseTo(kurtosis, 5);
    expect([summary.min, summary.max]).toEqual([Math.min(...values), Math.max(...values)]);

    const sorted = Float64Array.from(values).sort();
    quantilesOfSorted(sorted, levels).forEach((value, i) => {
      expect(Math.abs(value - quantiles[i]!)).toBeLessThanOrEqual(1e-12 * scale);
    });
  });

  test.each(fixture.cases)('quantiles of $name from bins lie in the bin of the exact one', ({ values }) => {
    const { frame, part } = measured(values);
    const sorted = Float64Array.from(values).sort();
    const fromBins = summarize(part, frame, levels).quantiles!;
    levels.forEach((level, i) => {
      const rank = level * (sorted.length - 1);
      const [low, high] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
      const left = frame.cuts.filter((cut) => cut <= low).at(-1) ?? -Infinity;
      const right = frame.cuts.find((cut) => cut > high) ?? Infinity;
      expect(fromBins[i]).toBeGreaterThanOrEqual(left);
      expect(fromBins[i]).toBeLessThanOrEqual(right);
    });
  });
});

describe('summarize', () => {
  test('quantiles increase with their level and stay between the extremes, whatever the window', () => {
    const values = fc.array(
      fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constantFrom(0, 1)),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(values, values, (reference, window) => {
        const { frame, part } = measured(window, reference);
        const { quantiles, min, max, mean } = summarize(part, frame, levels);
        expect([...quantiles!].sort((a, b) => a - b)).toEqual(quantiles);
        expect(quantiles![0]).toBeGreaterThanOrEqual(min!);
        expect(quantiles!.at(-1)).toBeLessThanOrEqual(max!);
        expect(mean).toBeGreaterThanOrEqual(min!);
        expect(mean).toBeLessThanOrEqual(max!);
      }),
    );
  });

  test('a quantile within rows of one value is that value, not the float above it', () => {
    const zeros = Array.from({ length: 90 }, () => 0);
    const tenths = Array.from({ length: 90 }, () => 0.1);
    const others = Array.from({ length: 40 }, (_, i) => 0.25 + i / 7);
    const { frame, part } = measured([...zeros, ...tenths, ...others]);
    expect(summarize(part, frame, [0.2, 0.4, 0.5, 0.8]).quantiles).toEqual([0, 0, 0.1, 0.1]);
  });

  test('NaN and infinities are counted apart and enter no statistic', () => {
    const { frame, part } = measured([1, 3, Number.NaN, Infinity, -Infinity, Infinity]);
    expect(summarize(part, frame, [0.5])).toMatchObject({
      rows: 6,
      nan: 1,
      infinite: 3,
      mean: 2,
      min: 1,
      max: 3,
    });
  });

  test('without a finite value there is nothing to say but counts', () => {
    const { frame, part } = measured([Number.NaN, Infinity]);
    expect(summarize(part, frame, [0.5])).toEqual({
      rows: 2,
      missing: 0,
      unparsable: 0,
      distinct: 0,
      nan: 1,
      infinite: 1,
    });
  });

  test('sums that left the range of f64 are left out, not shown as NaN', () => {
    const { frame, part } = measured([1e300, -1e300, 1e299]);
    const summary = summarize(part, frame);
    expect(summary.mean).toBeGreaterThan(-1e300);
    expect(summary.sd).toBeUndefined();
  });

  test('a constant far from zero has sd 0', () => {
    const { frame, part } = measured([0.1, 0.1, 0.1]);
    expect(summarize(part, frame).sd).toBe(0);
  });

  test('categories known by name are counted exactly', () => {
    const frame = {
      kind: 'category',
      categories: ['a', 'b', 'c'],
      numeric: false,
      otherHashes: new Uint32Array(0),
      overflow: false,
    } as const;
    const part: CategoryPart = {
      kind: 'category',
      rows: 9,
      missing: 1,
      unparsable: 0,
      counts: Float64Array.of(5, 0, 1),
      other: 0,
      unseen: 2,
      unseenNames: new Map([['x', 2]]),
      distinct: new Uint8Array(0),
    };
    expect(summarize(part, frame).distinct).toBe(3);
    expect(summarize({ ...part, other: 1 }, frame).distinct).toBeUndefined();
  });

  test('quantiles of nothing are NaN', () => {
    expect(quantilesOfSorted(new Float64Array(0), [0.5])).toEqual([Number.NaN]);
  });

  test('infinities at the ends do not turn neighbours into NaN', () => {
    expect(quantilesOfSorted(Float64Array.of(-Infinity, 1, Infinity), [0, 0.5, 1])).toEqual([
      -Infinity,
      1,
      Infinity,
    ]);
    expect(quantilesOfSorted(Float64Array.of(-Infinity, -Infinity), [0.3])).toEqual([-Infinity]);
  });
});
