// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextDown, nextUp } from './next-up.js';

test('nothing lies between x and nextUp(x)', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      const up = nextUp(x);
      expect(up).toBeGreaterThan(x);
      const middle = x / 2 + up / 2;
      expect(middle === x || middle === up || Math.abs(x) < 1e-300).toBe(true);
      expect(nextDown(up) === x).toBe(true);
    }),
  );
});

test('the ends of the range', () => {
  expect(nextUp(0)).toBe(Number.MIN_VALUE);
  expect(nextUp(-0)).toBe(Number.MIN_VALUE);
  expect(nextUp(-Number.MIN_VALUE)).toBe(0);
  expect(nextUp(1)).toBe(1 + Number.EPSILON);
  expect(nextUp(Number.MAX_VALUE)).toBe(Infinity);
  expect(nextUp(Infinity)).toBe(Infinity);
  expect(nextUp(-Infinity)).toBe(-Number.MAX_VALUE);
  expect(nextDown(Infinity)).toBe(Number.MAX_VALUE);
  expect(nextUp(Number.NaN)).toBeNaN();
});
