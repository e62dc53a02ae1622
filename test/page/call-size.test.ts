// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { CallSize } from '../../web/live/call-size.js';

/** Rows of a call after some calls of rows that take so long each, in µs. */
function settled(size: CallSize, perRow: number, calls = 12): number {
  for (let i = 0; i < calls; i++) size.took((size.rows * perRow) / 1000, size.rows);
  return size.rows;
}

test('a call takes no longer than it may, whatever a row costs, and as many rows as it may where they are cheap', () => {
  const size = new CallSize(512, 5);
  expect(size.rows).toBe(512);
  expect(settled(size, 9)).toBe(512);
  expect(settled(size, 75)).toBeCloseTo(5000 / 75, -1);
  expect(settled(size, 9)).toBe(512);
  expect(settled(size, 1000)).toBe(32);
});

test('one call that was held up changes little, and a handful of rows nothing', () => {
  const size = new CallSize(512, 5);
  size.took(500, 512);
  expect(size.rows).toBeGreaterThan(200);
  settled(size, 9);
  size.took(80, 5);
  expect(size.rows).toBe(512);
});
