// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { contours, type Ring } from './contours.js';
import { type Density, densityOf, levelsOf } from './density.js';

const bounds = { left: -5, right: 5, bottom: -4, top: 4 };

function field(columns: number, rows: number, value: (x: number, y: number) => number): Density {
  const cells = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = bounds.left + ((column + 0.5) / columns) * 10;
      const y = bounds.bottom + ((row + 0.5) / rows) * 8;
      cells[row * columns + column] = value(x, y);
    }
  }
  return { columns, rows, cells, bounds };
}

/** Signed by the way around: positive against the clock. */
function area(ring: Ring): number {
  let twice = 0;
  for (let k = 0; k < ring.length; k += 2) {
    const next = (k + 2) % ring.length;
    twice +=
      (ring[k] as number) * (ring[next + 1] as number) - (ring[next] as number) * (ring[k + 1] as number);
  }
  return twice / 2;
}

test('a hill is one ring at the height asked for', () => {
  const hill = field(100, 80, (x, y) => Math.exp(-(x * x + y * y) / 2));
  const rings = contours(hill, Math.exp(-2));
  expect(rings).toHaveLength(1);
  const ring = rings[0] as Ring;
  for (let k = 0; k < ring.length; k += 2) {
    expect(Math.hypot(ring[k] as number, ring[k + 1] as number)).toBeCloseTo(2, 1);
  }
  expect(Math.abs(area(ring))).toBeCloseTo(4 * Math.PI, 1);
});

test('a crater is two rings that run in opposite ways; two hills are two', () => {
  const crater = field(100, 80, (x, y) => Math.exp(-((Math.hypot(x, y) - 2) ** 2) * 3));
  const [one, other, ...more] = contours(crater, 0.5).map(area);
  expect(more).toEqual([]);
  expect(Math.sign(one as number)).toBe(-Math.sign(other as number));
  const hills = field(100, 80, (x, y) => Math.exp(-((Math.abs(x) - 2.5) ** 2 + y * y) * 2));
  expect(contours(hills, 0.5)).toHaveLength(2);
});

test('what touches the border closes there, at both kinds of saddle every line closes', () => {
  const slope = field(10, 8, (x) => x + 6);
  expect(contours(slope, 6)).toHaveLength(1);
  const board = field(7, 7, (x, y) => (Math.round(x * 7) + Math.round(y * 7)) % 3);
  for (const level of [0.3, 0.7, 1.1, 1.6]) {
    const rings = contours(board, level);
    // Every dense middle of a cell lies inside by the even-odd rule, every other outside.
    board.cells.forEach((value, cell) => {
      const x = bounds.left + (((cell % 7) + 0.5) / 7) * 10;
      const y = bounds.bottom + ((Math.floor(cell / 7) + 0.5) / 7) * 8;
      expect(inside(rings, x + 1e-7, y + 1.3e-7)).toBe(value >= level && value > 0);
    });
  }
});

function inside(rings: readonly Ring[], x: number, y: number): boolean {
  let odd = false;
  for (const ring of rings) {
    for (let k = 0; k < ring.length; k += 2) {
      const next = (k + 2) % ring.length;
      const [ax, ay] = [ring[k] as number, ring[k + 1] as number];
      const [bx, by] = [ring[next] as number, ring[next + 1] as number];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
    }
  }
  return odd;
}

test('nothing, and a level above all, have no lines', () => {
  expect(
    contours(
      field(10, 8, () => 0),
      0,
    ),
  ).toEqual([]);
  expect(
    contours(
      field(10, 8, () => 1),
      2,
    ),
  ).toEqual([]);
});

test('density keeps the mass, and levels enclose the shares asked for', () => {
  const n = 4000;
  const x = new Float32Array(n);
  const y = new Float32Array(n);
  // A circle of radius 1.5 by a spiral: evenly filled.
  for (let i = 0; i < n; i++) {
    const radius = 1.5 * Math.sqrt((i + 0.5) / n);
    x[i] = radius * Math.cos(i * 2.399963);
    y[i] = radius * Math.sin(i * 2.399963);
  }
  const density = densityOf({ x, y }, bounds);
  expect(density.cells.reduce((sum, value) => sum + value, 0)).toBeCloseTo(n, 0);
  const [wide = 0, narrow = 0] = levelsOf(density, [0.95, 0.5]);
  expect(narrow).toBeGreaterThan(wide);
  for (const [level, share] of [
    [wide, 0.95],
    [narrow, 0.5],
  ] as const) {
    const held = density.cells.reduce((sum, value) => sum + (value >= level ? value : 0), 0);
    expect(held / n).toBeGreaterThanOrEqual(share - 1e-4);
    expect(held / n).toBeLessThan(share + 0.02);
  }
  const empty = densityOf({ x: new Float32Array(0), y: new Float32Array(0) }, bounds);
  expect(levelsOf(empty, [0.5])).toEqual([0]);
});
