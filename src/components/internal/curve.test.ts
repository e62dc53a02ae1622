// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { curveAt, domainOf, finiteCdf, within } from './curve.js';

const curve = { x: [0, 10, 20], y: [0, 0.5, 1] };

test('between points a straight line, beyond them flat', () => {
  expect([-5, 0, 5, 10, 15, 99].map((at) => curveAt(curve, at))).toEqual([0, 0, 0.25, 0.5, 0.75, 1]);
});

test('at a step it is above it, and the axis shows the step', () => {
  const cdf = { x: [5, 5, 8, 8], reference: [0, 1, 1, 1], current: [0, 0, 0, 1] };
  expect([4, 5, 6, 8, 9].map((at) => curveAt({ x: cdf.x, y: cdf.reference }, at))).toEqual([0, 1, 1, 1, 1]);
  expect([4, 5, 6, 8, 9].map((at) => curveAt({ x: cdf.x, y: cdf.current }, at))).toEqual([0, 0, 0, 1, 1]);
  expect(domainOf(cdf, [5, 6])).toEqual([4.7, 8.3]);
  expect(within({ x: cdf.x, y: cdf.current }, [4.7, 8.3])).toEqual([
    [4.7, 0],
    [5, 0],
    [5, 0],
    [8, 0],
    [8, 1],
    [8.3, 1],
  ]);
});

test('a narrower view enters and leaves the curve where it is', () => {
  expect(within(curve, [5, 15])).toEqual([
    [5, 0.25],
    [10, 0.5],
    [15, 0.75],
  ]);
});

test('the histogram beside it sets the axis, unless it has no width', () => {
  const cdf = { x: [0, 1], reference: [0, 1], current: [0, 1] };
  expect(domainOf(cdf, [0.2, 0.4, 0.6])).toEqual([0.2, 0.6]);
  expect(domainOf(cdf, [0, 5e-324])).toEqual([0, 1]);
  expect(domainOf(cdf, undefined)).toEqual([0, 1]);
});

test('points at no finite place are left out', () => {
  const cdf = { x: [Number.NEGATIVE_INFINITY, 0, 1], reference: [0, 0.5, 1], current: [0, 0.25, 1] };
  expect(finiteCdf(cdf)).toEqual({ x: [0, 1], reference: [0.5, 1], current: [0.25, 1] });
  expect(finiteCdf({ ...cdf, x: [Number.NaN, 0, Number.POSITIVE_INFINITY] })).toBeNull();
});
