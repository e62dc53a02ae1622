// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexagons, shareDifference } from './hexagons.js';

const bounds = { left: -1, right: 1, bottom: 0, top: 1 };
const size = { width: 400, height: 200 };

const place = fc.tuple(
  fc.double({ min: -1, max: 0.999, noNaN: true }),
  fc.double({ min: 0.001, max: 1, noNaN: true }),
);

test('every row in the bounds is counted once, in the hexagon whose middle is nearest', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 60 }), (places) => {
      const side = {
        x: Float32Array.from(places, ([x]) => x),
        y: Float32Array.from(places, ([, y]) => y),
      };
      const none = { x: new Float32Array(0), y: new Float32Array(0) };
      const cells = hexagons({ reference: side, current: none }, { bounds, size, across: 12 });
      expect(cells.reference.reduce((sum, count) => sum + count, 0)).toBe(places.length);
      // A row alone: its middle is no farther than the corner of a hexagon.
      const one = hexagons(
        { reference: none, current: { x: side.x.subarray(0, 1), y: side.y.subarray(0, 1) } },
        { bounds, size, across: 12 },
      );
      expect([...one.current]).toEqual([1]);
      const dx = ((one.x[0] as number) - (side.x[0] as number)) * 200;
      const dy = ((one.y[0] as number) - (side.y[0] as number)) * 200;
      const corner = 400 / 12 / Math.sqrt(3);
      expect(Math.hypot(dx, dy)).toBeLessThanOrEqual(corner + 1e-3);
    }),
  );
});

test('rows beyond the bounds and NaN are in no hexagon, and count for the shares', () => {
  const side = { x: Float32Array.of(0, 5, Number.NaN), y: Float32Array.of(0.5, 0.5, 0.5) };
  const cells = hexagons({ reference: side, current: side }, { bounds, size, across: 10 });
  expect([...cells.reference]).toEqual([1]);
  expect(cells.rows).toEqual([3, 3]);
});

test('a difference within chance is none', () => {
  const cells = {
    x: new Float64Array(3),
    y: new Float64Array(3),
    radius: { x: 1, y: 1 },
    reference: Uint32Array.of(100, 100, 0),
    current: Uint32Array.of(110, 200, 3),
    rows: [10_000, 10_000] as const,
  };
  expect(shareDifference(cells, 0)).toBe(0);
  expect(shareDifference(cells, 1)).toBeCloseTo(0.01, 12);
  expect(shareDifference(cells, 2)).toBe(0);
  // One row of a small reference where a large current side has none.
  const lonely = {
    ...cells,
    reference: Uint32Array.of(1),
    current: Uint32Array.of(0),
    rows: [5000, 100_000] as const,
  };
  expect(shareDifference(lonely, 0)).toBe(0);
  expect(shareDifference({ ...lonely, reference: Uint32Array.of(30) }, 0)).toBeCloseTo(-0.006, 12);
});
