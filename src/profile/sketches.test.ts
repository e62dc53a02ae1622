// SPDX-License-Identifier: Apache-2.0
/** The bounded parts at and beyond their bounds, where a merge in another order could go wrong. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashText, mix32, SECOND_HALF } from '../baseline/hash.js';
import { hashColumn } from './column-hash.js';
import {
  addDuplicates,
  emptyDuplicates,
  MAX_HASHES,
  mergeDuplicates,
  uncountedDuplicates,
} from './duplicates.js';
import { addDistinct, distinctCount, emptyDistinct, mergeDistinct } from './hyperloglog.js';
import { MAX_TOKENS, mergeTokens, pruneTokens, type TokenCounts } from './misra-gries.js';
import { duplicateShare } from './testing/duplicate-share.js';
import { addTime, emptyTime, MAX_BUCKETS, mergeTime } from './time.js';
import { MAX_UNSEEN_NAMES, mergeNames, pruneNames } from './unseen-names.js';

/** Distinct 64-bit hashes of from … to − 1. */
function hashes(from: number, to: number) {
  const values = Float64Array.from({ length: to - from }, (_, i) => from + i);
  const into = { upper: new Int32Array(values.length), lower: new Int32Array(values.length) };
  hashColumn({ type: 'number', values, status: null }, into);
  return into;
}

describe('hyperloglog', { timeout: 60_000 }, () => {
  const registersOf = (from: number, to: number) => {
    const registers = emptyDistinct();
    const { upper, lower } = hashes(from, to);
    for (let i = 0; i < upper.length; i++) addDistinct(registers, upper[i]!, lower[i]!);
    return registers;
  };

  test.each([0, 1, 10, 100, 1_000, 4_000, 10_000, 12_000, 50_000, 300_000])('%d distinct numbers', (n) => {
    const count = distinctCount(registersOf(0, n))!;
    // Four standard errors of 1.04/√4096; below 10 values nearly exact.
    expect(Math.abs(count - n)).toBeLessThanOrEqual(Math.max(n <= 10 ? 0 : 2, 0.065 * n));
  });

  test('the error over many sets is what the docs say', () => {
    const n = 20_000;
    const errors = Array.from(
      { length: 24 },
      (_, set) => distinctCount(registersOf(set * n, (set + 1) * n))! / n - 1,
    );
    const rms = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
    expect(rms).toBeLessThan(0.024);
    expect(rms).toBeGreaterThan(0.008);
  });

  test('strings', () => {
    const registers = emptyDistinct();
    for (let i = 0; i < 30_000; i++)
      addDistinct(registers, hashText(`key-${i}`), hashText(`key-${i}`, SECOND_HALF));
    expect(Math.abs(distinctCount(registers)! / 30_000 - 1)).toBeLessThan(0.065);
  });

  test('the union does not count what both hold twice, and an uncounted side leaves it uncounted', () => {
    const union = mergeDistinct(registersOf(0, 20_000), registersOf(10_000, 30_000));
    expect(union).toEqual(registersOf(0, 30_000));
    expect(distinctCount(mergeDistinct(union, new Uint8Array(0)))).toBeUndefined();
  });
});

describe('duplicates', { timeout: 60_000 }, () => {
  const sampleOf = (...ranges: [number, number][]) => {
    const sample = emptyDuplicates();
    for (const [from, to] of ranges) addDuplicates(sample, hashes(from, to));
    return sample;
  };

  test('are exact while few, and estimated beyond', () => {
    expect(duplicateShare(sampleOf([0, 900], [0, 100]))).toEqual({
      share: 0.1,
      sampled: 1_000,
      repeats: 100,
      exact: true,
    });
    const estimate = duplicateShare(sampleOf([0, 90_000], [0, 10_000]))!;
    expect(estimate.exact).toBe(false);
    expect(estimate.share).toBeGreaterThan(0.08);
    expect(estimate.share).toBeLessThan(0.12);
    expect(duplicateShare(emptyDuplicates())).toBeUndefined();
  });

  test('merge in any order to the sample of all values', () => {
    const parts = [
      sampleOf([0, 6_000]),
      sampleOf([3_000, 9_000]),
      sampleOf([0, 50]),
      sampleOf([8_000, 30_000]),
    ] as const;
    const whole = sampleOf([0, 6_000], [3_000, 9_000], [0, 50], [8_000, 30_000]);
    const [a, b, c, d] = parts;
    expect(mergeDuplicates(mergeDuplicates(a, b), mergeDuplicates(c, d))).toEqual(whole);
    expect(mergeDuplicates(d, mergeDuplicates(mergeDuplicates(c, a), b))).toEqual(whole);
    expect(whole.hashes.size).toBeLessThanOrEqual(MAX_HASHES);
    expect(whole.hashes.size).toBeGreaterThan(MAX_HASHES / 3);
  });

  test('stay uncounted when one side did not count', () => {
    expect(mergeDuplicates(sampleOf([0, 10]), uncountedDuplicates())).toEqual(uncountedDuplicates());
  });
});

describe('tokens', { timeout: 60_000 }, () => {
  test('no count is too high, none is lower than the error allows, and frequent tokens are there', () => {
    const stream = fc.array(fc.array(fc.nat(400), { maxLength: 600 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(stream, (batches) => {
        const truth = new Map<string, number>();
        let sketch: TokenCounts = { tokens: new Map(), count: 0, error: 0 };
        for (const batch of batches) {
          const tokens = new Map<string, number>();
          for (const number of batch) {
            // A skewed alphabet: small numbers are common.
            const token = `t${Math.floor((number * number) / 400)}`;
            tokens.set(token, (tokens.get(token) ?? 0) + 1);
            truth.set(token, (truth.get(token) ?? 0) + 1);
          }
          const pruned = pruneTokens(tokens);
          sketch = mergeTokens(sketch, { tokens: pruned.tokens, count: batch.length, error: pruned.error });
        }
        expect(sketch.tokens.size).toBeLessThanOrEqual(MAX_TOKENS);
        expect(sketch.error * (MAX_TOKENS + 1)).toBeLessThanOrEqual(sketch.count);
        for (const [token, count] of truth) {
          const kept = sketch.tokens.get(token) ?? 0;
          expect(kept).toBeLessThanOrEqual(count);
          expect(kept).toBeGreaterThanOrEqual(count - sketch.error);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('unseen names', { timeout: 60_000 }, () => {
  const names = (from: number, to: number) =>
    pruneNames(new Map(Array.from({ length: to - from }, (_, i) => [`n${from + i}`, 2])));

  test('beyond the bound merge associatively, with exact counts', () => {
    const [a, b, c] = [names(0, 900), names(400, 2_500), names(2_000, 2_200)] as const;
    const one = mergeNames(mergeNames(a, b), c);
    const two = mergeNames(a, mergeNames(c, b));
    expect(one.size).toBe(MAX_UNSEEN_NAMES);
    expect(new Map([...one].sort())).toEqual(new Map([...two].sort()));
    for (const [name, count] of one) {
      const number = Number(name.slice(1));
      const times = [
        [0, 900],
        [400, 2_500],
        [2_000, 2_200],
      ].filter(([from, to]) => number >= from! && number < to!).length;
      expect(count).toBe(2 * times);
    }
  });
});

describe('time buckets', { timeout: 60_000 }, () => {
  const frame = { kind: 'time', origin: 0, widthMs: 1 } as const;
  const part = (from: number, to: number) => {
    const time = emptyTime();
    const values = Float64Array.from({ length: to - from }, (_, i) => from + i);
    addTime(time, { type: 'time', values, status: null }, values.length, frame);
    return time;
  };

  test('beyond the bound merge associatively, and every row is kept or dropped', () => {
    const [a, b, c] = [part(-60_000, 10_000), part(-30_000, 40_000), part(20_000, 80_000)] as const;
    const one = mergeTime(mergeTime(a, b), c);
    const two = mergeTime(a, mergeTime(b, c));
    expect(one.buckets.size).toBe(MAX_BUCKETS);
    expect(one.bucketsDropped).toBe(two.bucketsDropped);
    expect([...one.buckets].sort()).toEqual([...two.buckets].sort());
    const kept = [...one.buckets.values()].reduce((sum, count) => sum + count, 0);
    expect(kept + one.bucketsDropped).toBe(one.rows);
  });

  test('hours of the week start on Monday, 00:00 UTC', () => {
    const time = emptyTime();
    const values = Float64Array.of(Date.parse('2024-01-01T00:30:00Z'), Date.parse('1969-12-28T23:59:59Z'));
    addTime(time, { type: 'time', values, status: null }, 2, frame);
    expect([time.hourOfWeek[0], time.hourOfWeek[167]]).toEqual([1, 1]);
  });
});

describe('hashes are part of the file format', () => {
  test('and do not change', () => {
    expect([mix32(0), mix32(1), mix32(0xffffffff)]).toMatchInlineSnapshot(`
      [
        0,
        1364076727,
        2180083513,
      ]
    `);
    expect([
      hashText(''),
      hashText('a'),
      hashText('driftglass'),
      hashText('driftglass', SECOND_HALF),
    ]).toMatchInlineSnapshot(`
      [
        2483687101,
        3002754553,
        1228541631,
        3673405103,
      ]
    `);
    const { upper, lower } = hashes(0, 3);
    expect([...upper, ...lower]).toMatchInlineSnapshot(`
      [
        -1712622201,
        1437711197,
        -1337369563,
        -2018747955,
        -1517487473,
        -1193503581,
      ]
    `);
  });

  test('equal numbers hash alike whatever their width and the sign of zero', () => {
    const of = (values: Float32Array | Float64Array) => {
      const into = { upper: new Int32Array(values.length), lower: new Int32Array(values.length) };
      hashColumn({ type: 'number', values, status: null }, into);
      return into;
    };
    const list = [0, 1.5, -3, Infinity, Number.NaN];
    expect(of(Float32Array.from(list))).toEqual(of(Float64Array.from(list)));
    expect(of(Float64Array.of(-0))).toEqual(of(Float64Array.of(0)));
  });
});
