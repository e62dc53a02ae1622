// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toPixel, toPlane } from './map-frame.js';
import { Pinch, pinched } from './map-pinch.js';

const whole = { left: -4, right: 6, bottom: 0, top: 5 };
const size = { width: 800, height: 400 };
const finger = (pointerId: number, pointerType = 'touch') => ({ pointerId, pointerType }) as PointerEvent;

test('what lay under both fingers lies under them afterwards, where the whole leaves room', () => {
  const places = fc.tuple(fc.integer({ min: 300, max: 500 }), fc.integer({ min: 150, max: 250 }));
  fc.assert(
    fc.property(places, places, fc.integer({ min: 2, max: 5 }), (a, b, spread) => {
      fc.pre(Math.abs(a[0] - b[0]) > 20);
      const pinch = new Pinch();
      pinch.down(finger(1), a);
      expect(pinch.on).toBe(false);
      pinch.down(finger(2), b);
      expect(pinch.on).toBe(true);
      // Away from the middle of both, on the line between them: the map grows alike along both axes.
      const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const;
      const apart = ([x, y]: readonly [number, number]) =>
        [middle[0] + spread * (x - middle[0]), middle[1] + spread * (y - middle[1])] as const;
      const under = [toPlane(whole, size, a), toPlane(whole, size, b)] as const;
      let bounds = whole;
      for (const [id, to] of [
        [1, apart(a)],
        [2, apart(b)],
      ] as const) {
        const step = pinch.move(finger(id), to);
        expect(step).toBeDefined();
        if (step !== undefined) bounds = pinched(bounds, whole, size, step);
      }
      const now = under.map((place) => toPixel(bounds, size, place));
      const wanted = [apart(a), apart(b)];
      // The first finger alone may have met the edge of the whole.
      fc.pre(bounds.left > whole.left && bounds.right < whole.right);
      fc.pre(bounds.bottom > whole.bottom && bounds.top < whole.top);
      const width = (pixels: readonly (readonly number[])[]) => Math.abs(pixels[0]![0]! - pixels[1]![0]!);
      expect(width(now) / width(wanted)).toBeCloseTo(1, 6);
    }),
  );
});

test('never wider than the whole, and two fingers that move together move the map', () => {
  const pinch = new Pinch();
  pinch.down(finger(1), [100, 100]);
  pinch.down(finger(2), [300, 100]);
  const closer = pinch.move(finger(2), [200, 100]);
  expect(closer?.factor).toBe(0.5);
  expect(closer && pinched(whole, whole, size, closer)).toEqual(whole);
  const half = { left: 0, right: 5, bottom: 1, top: 3.5 };
  const step = { factor: 1, from: [400, 200], to: [440, 180] } as const;
  const after = pinched(half, whole, size, step);
  expect(after.left).toBeCloseTo(-0.25, 10);
  expect(after.top).toBeCloseTo(3.375, 10);
});

test('one finger, a mouse and a third finger do not pinch', () => {
  const pinch = new Pinch();
  pinch.down(finger(1), [0, 0]);
  expect(pinch.move(finger(1), [5, 5])).toBeUndefined();
  pinch.down(finger(2, 'mouse'), [9, 9]);
  expect(pinch.on).toBe(false);
  pinch.down(finger(3), [50, 0]);
  pinch.down(finger(4), [90, 0]);
  expect(pinch.move(finger(4), [10, 0])).toBeUndefined();
  expect(pinch.up(finger(4))).toBe(false);
  expect(pinch.up(finger(3))).toBe(true);
  expect(pinch.up(finger(1))).toBe(false);
});

test('fingers that meet do not blow the map up', () => {
  const pinch = new Pinch();
  pinch.down(finger(1), [100, 100]);
  pinch.down(finger(2), [100, 100]);
  expect(pinch.move(finger(2), [180, 100])?.factor).toBe(10);
});
