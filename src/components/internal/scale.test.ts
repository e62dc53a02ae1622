// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linear, niceTicks } from './scale.js';

test('a scale maps both ends, and a domain of no width to the middle', () => {
  const x = linear([10, 20], [0, 100]);
  expect([x(10), x(15), x(20)]).toEqual([0, 50, 100]);
  for (const domain of [
    [5, 5],
    [5, 4],
    [Number.NaN, 1],
    [0, 5e-324],
    [0, Number.POSITIVE_INFINITY],
  ] as const) {
    expect(linear(domain, [0, 100])(5)).toBe(50);
  }
});

test('ticks are round', () => {
  expect(niceTicks(0.08, 0.91, 3)).toEqual([0.2, 0.4, 0.6, 0.8]);
  expect(niceTicks(-40, 80, 6)).toEqual([-40, -20, 0, 20, 40, 60, 80]);
  expect(niceTicks(3, 3, 5)).toEqual([3]);
});

test('ticks lie inside the range, rise, and are about as many as asked', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
      fc.integer({ min: 2, max: 12 }),
      (from, span, count) => {
        const ticks = niceTicks(from, from + span, count);
        expect(ticks.length).toBeLessThanOrEqual(count * 2 + 1);
        const slack = 1e-6 * Math.max(1, Math.abs(from), span);
        ticks.forEach((tick, i) => {
          expect(tick).toBeGreaterThanOrEqual(from - slack);
          expect(tick).toBeLessThanOrEqual(from + span + slack);
          if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1] ?? tick);
        });
      },
    ),
  );
});
