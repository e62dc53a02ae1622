// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addLatency,
  emptyLatency,
  LATENCY_BINS,
  LATENCY_EDGES,
  latencyQuantile,
  mergeLatency,
} from './latency.js';

const times = fc.array(fc.double({ min: 0.01, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 200 });

function counted(list: readonly number[]): Float64Array {
  const counts = emptyLatency();
  for (const ms of list) addLatency(counts, ms);
  return counts;
}

test('edges are fixed: stored histograms depend on them', () => {
  expect(LATENCY_BINS).toBe(190);
  expect(LATENCY_EDGES[0]).toBe(0.01);
  expect(LATENCY_EDGES.at(-1)).toBeGreaterThan(600_000);
  expect(LATENCY_EDGES[100]).toBeCloseTo(137.806, 2);
});

test('a quantile is within 5 % of the exact one', () => {
  fc.assert(
    fc.property(times, fc.constantFrom(0.01, 0.5, 0.95, 0.99, 1), (list, share) => {
      const exact = list.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(share * list.length)) - 1]!;
      const found = latencyQuantile(counted(list), share);
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.05);
    }),
  );
});

test('histograms add', () => {
  fc.assert(
    fc.property(times, times, (a, b) => {
      const merged = counted(a);
      mergeLatency(merged, counted(b));
      expect(merged).toEqual(counted([...a, ...b]));
    }),
  );
});

test('every edge belongs to the bin above it', () => {
  LATENCY_EDGES.forEach((edge, i) => {
    expect(counted([edge])[i + 1]).toBe(1);
    expect(counted([edge * (1 - 1e-12)])[i]).toBe(1);
  });
});

test('out of range', () => {
  expect(latencyQuantile(emptyLatency(), 0.5)).toBeNaN();
  expect(counted([Number.NaN, -1]).every((count) => count === 0)).toBe(true);
  expect(latencyQuantile(counted([0, 0.001]), 0.5)).toBe(0);
  expect(latencyQuantile(counted([Infinity, 1e9]), 0.5)).toBe(LATENCY_EDGES.at(-1));
});
