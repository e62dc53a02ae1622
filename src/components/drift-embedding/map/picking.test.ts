// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insideLasso, insideRectangle, nearestPlace } from './picking.js';

const grid = {
  x: Float32Array.from({ length: 100 }, (_, i) => i % 10),
  y: Float32Array.from({ length: 100 }, (_, i) => Math.floor(i / 10)),
};

test('a lasso around a rectangle holds what the rectangle holds', () => {
  const span = fc.tuple(fc.integer({ min: -1, max: 9 }), fc.integer({ min: 0, max: 10 }));
  fc.assert(
    fc.property(span, span, ([left, width], [bottom, height]) => {
      const box = {
        left: left + 0.5,
        right: left + width + 0.6,
        bottom: bottom + 0.5,
        top: bottom + height + 0.6,
      };
      const line = [box.left, box.bottom, box.right, box.bottom, box.right, box.top, box.left, box.top];
      expect(insideLasso(grid, line)).toEqual(insideRectangle(grid, box));
    }),
  );
});

test('a lasso follows its bays, and leaves out what it crosses twice', () => {
  // A U around columns 2 to 6, open above the middle.
  const u = [1.5, 0.5, 6.5, 0.5, 6.5, 8.5, 4.9, 8.5, 4.9, 2.5, 3.1, 2.5, 3.1, 8.5, 1.5, 8.5];
  const held = [...insideLasso(grid, u)].map((i) => `${i % 10},${Math.floor(i / 10)}`);
  expect(held).toContain('2,5');
  expect(held).toContain('4,1');
  expect(held).not.toContain('4,5');
  expect(insideLasso(grid, [0, 0, 5, 5])).toHaveLength(0);
  const circle = Array.from({ length: 4000 }, (_, k) =>
    k % 2 === 0
      ? 4.5 + 3 * Math.cos((k / 4000) * 2 * Math.PI)
      : 4.5 + 3 * Math.sin(((k - 1) / 4000) * 2 * Math.PI),
  );
  const near = [...grid.x.keys()].filter(
    (i) => Math.hypot((grid.x[i] as number) - 4.5, (grid.y[i] as number) - 4.5) < 3,
  );
  expect([...insideLasso(grid, circle)]).toEqual(near);
});

test('bands change nothing: a jagged lasso by the plain rule', () => {
  // On eighths: where a corner lies on a row's height, and where it does not, but never within rounding of it.
  const eighths = fc.integer({ min: -8, max: 80 }).map((k) => k / 8 + 1 / 1024);
  const corner = fc.tuple(eighths, fc.oneof(eighths, fc.integer({ min: -1, max: 10 })));
  fc.assert(
    fc.property(fc.array(corner, { minLength: 3, maxLength: 30 }), (corners) => {
      const inside = (px: number, py: number): boolean => {
        let odd = false;
        corners.forEach(([ax, ay], k) => {
          const [bx, by] = corners.at(k - 1) as [number, number];
          if (ay > py !== by > py && px < ax + ((py - ay) / (by - ay)) * (bx - ax)) odd = !odd;
        });
        return odd;
      };
      const held = [...grid.x.keys()].filter((i) => inside(grid.x[i] as number, grid.y[i] as number));
      expect([...insideLasso(grid, corners.flat())]).toEqual(held);
    }),
  );
});

test('the nearest place, the last of those on each other, or none in reach', () => {
  expect(nearestPlace(grid, [3.2, 4.1], { x: 0.5, y: 0.5 })).toBe(43);
  expect(nearestPlace(grid, [3.5, 40], { x: 0.5, y: 0.5 })).toBe(-1);
  const twins = { x: Float32Array.of(1, 1, Number.NaN), y: Float32Array.of(1, 1, 1) };
  expect(nearestPlace(twins, [1, 1], { x: 1, y: 1 })).toBe(1);
});
