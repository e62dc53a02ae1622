// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsOf, moved, toPixel, toPlane, zoomed } from './map-frame.js';
import { rectangleAfter } from './map-keys.js';

const whole = { left: -2, right: 6, bottom: 0, top: 4 };
const size = { width: 800, height: 300 };
const share = fc.double({ min: 0, max: 1, noNaN: true });

test('px and places are inverse', () => {
  fc.assert(
    fc.property(share, share, (x, y) => {
      const [back, up] = toPlane(whole, size, toPixel(whole, size, [x * 8 - 2, y * 4]));
      expect(back).toBeCloseTo(x * 8 - 2, 9);
      expect(up).toBeCloseTo(y * 4, 9);
    }),
  );
});

test('zoom keeps its place, never shows more than the whole, and ends at 60 times', () => {
  const at = [1, 1] as const;
  const near = zoomed(whole, whole, { factor: 4, at });
  expect(near.right - near.left).toBeCloseTo(2, 12);
  expect(toPixel(near, size, at)[0]).toBeCloseTo(toPixel(whole, size, at)[0], 9);
  expect(zoomed(near, whole, { factor: 0.01, at })).toEqual(whole);
  const closest = zoomed(near, whole, { factor: 1e9, at });
  expect(closest.right - closest.left).toBeCloseTo(8 / 60, 9);
  expect(moved(near, whole, [100, -100])).toEqual({ left: 4, right: 6, bottom: 0, top: 1 });
});

test('bounds hold every row of both sides, unless a few lie far out', () => {
  const wide = { x: Float32Array.of(0, 1, 2), y: Float32Array.of(0, 0, 0) };
  const other = { x: Float32Array.of(-1, Number.NaN), y: Float32Array.of(0, 0) };
  const bounds = boundsOf([wide, other]);
  expect(bounds.left).toBeLessThan(-1);
  expect(bounds.right).toBeGreaterThan(2);
  expect(bounds.top).toBeGreaterThan(bounds.bottom);
  const x = Float32Array.from({ length: 1000 }, (_, i) => (i === 7 ? 1e9 : i / 1000));
  expect(boundsOf([{ x, y: x }]).right).toBeLessThan(5);
  const none = { x: new Float32Array(0), y: new Float32Array(0) };
  expect(boundsOf([none]).right).toBeGreaterThan(0);
});

test('arrow keys lay, move and size a rectangle that stays in reach', () => {
  let rectangle = rectangleAfter(undefined, { key: 'ArrowLeft', shift: false, view: whole });
  expect(rectangle).toEqual({ left: 1, right: 3, bottom: 1.5, top: 2.5 });
  rectangle = rectangleAfter(rectangle, { key: 'ArrowUp', shift: true, view: whole });
  expect(rectangle?.top).toBeGreaterThan(2.5);
  expect(rectangle?.bottom).toBe(1.5);
  for (let i = 0; i < 99; i++)
    rectangle = rectangleAfter(rectangle, { key: 'ArrowRight', shift: false, view: whole });
  expect(rectangle?.left).toBeLessThan(whole.right);
  for (let i = 0; i < 99; i++)
    rectangle = rectangleAfter(rectangle, { key: 'ArrowDown', shift: true, view: whole });
  expect(rectangle?.top).toBeGreaterThan(rectangle?.bottom as number);
  expect(rectangleAfter(rectangle, { key: 'a', shift: false, view: whole })).toBeUndefined();
});
