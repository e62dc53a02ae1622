// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { INDEPENDENT, studentised, unstudentised } from './hypothesis.js';
import { shareHypothesis } from './share-hypothesis.js';
import { fisherMore, fisherTwoSided } from './share-test.js';

describe("Fisher's test", () => {
  test('k rows beyond the maximum: Π (n − i)/(n + m − i)', () => {
    expect(fisherMore({ a: 0, m: 5_000, b: 3, n: 5_000 })).toBeCloseTo(
      (5_000 / 10_000) * (4_999 / 9_999) * (4_998 / 9_998),
      10,
    );
  });
  test('agrees with scipy.stats.fisher_exact([[8, 2], [1, 5]]), one side: p = 0.0244755', () => {
    expect(fisherMore({ a: 1, m: 6, b: 8, n: 10 })).toBeCloseTo(0.024475524475524476, 12);
  });
  test('has nothing to say without rows', () => {
    expect(fisherTwoSided({ a: 0, m: 0, b: 3, n: 10 })).toBe(1);
  });
});

const options = { feature: 'x', metric: 'missing', tolerance: 0.01, level: 0.01 } as const;

describe('a share as a hypothesis', () => {
  test('that grew beyond the tolerance has its interval above it', () => {
    const found = shareHypothesis({ a: 100, m: 10_000, b: 500, n: 10_000 }, options);
    expect(found.value).toBeCloseTo(0.04, 12);
    expect(found.low).toBeGreaterThan(0.03);
    expect(found.high).toBeLessThan(0.05);
    expect(found.pValue).toBeLessThan(1e-50);
  });
  test('that fell is a change too, unless only growth counts', () => {
    const counts = { a: 500, m: 10_000, b: 100, n: 10_000 };
    expect(shareHypothesis(counts, options).low).toBeGreaterThan(0.03);
    expect(shareHypothesis(counts, { ...options, side: 'more' }).pValue).toBeCloseTo(1, 6);
  });
  test('with no row on either side is vacuous, and still bounds what may hide', () => {
    const found = shareHypothesis({ a: 0, m: 300, b: 0, n: 300 }, options);
    expect(found).toMatchObject({ vacuous: true, pValue: 1, value: 0, low: 0 });
    expect(found.high).toBeGreaterThan(0.01);
    expect(shareHypothesis({ a: 0, m: 3_000, b: 0, n: 3_000 }, options).high).toBeLessThan(0.01);
  });
  test('is worth less where rows hang together', () => {
    const counts = { a: 100, m: 10_000, b: 200, n: 10_000 };
    const noise = { deff: 20, df: 29 };
    const plain = shareHypothesis(counts, options);
    const clustered = shareHypothesis(counts, { ...options, noise });
    expect(clustered.pValue).toBeGreaterThan(1e3 * plain.pValue);
    expect(clustered.high - clustered.low).toBeGreaterThan(3 * (plain.high - plain.low));
  });
});

test("Student's correction only ever makes p larger, and has an inverse", () => {
  for (const df of [19, 60, 1e6]) {
    for (const p of [0.5, 0.01, 1e-4, 1e-8]) {
      const wider = studentised(p, { deff: 2, df });
      expect(wider).toBeGreaterThanOrEqual(p * (1 - 1e-9));
      expect(Math.log(unstudentised(wider, { deff: 2, df }))).toBeCloseTo(Math.log(p), 6);
    }
  }
  expect(studentised(1e-4, INDEPENDENT)).toBe(1e-4);
});
