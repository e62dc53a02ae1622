// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { RowSample } from './row-sample.js';

test('holds as many rows as it may, or half of that, from everywhere alike, columns of one row together', () => {
  const sample = new RowSample(2_000, 1);
  for (let at = 0; at < 90_000; at += 900) {
    const values = Float64Array.from({ length: 900 }, (_, i) => at + i);
    const negative = values.map((value) => -value);
    sample.add(
      900,
      new Map([
        ['row', { type: 'number', values, status: null }],
        ['negative', { type: 'number', values: negative, status: null }],
      ]),
    );
  }
  expect(sample.seen).toBe(90_000);
  const rows = sample.column('row');
  expect(rows.length).toBe(sample.size);
  expect(rows.length).toBeLessThanOrEqual(2_000);
  expect(rows.length).toBeGreaterThan(800);
  expect([...sample.column('negative')]).toEqual([...rows].map((row) => -row));
  expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
  const late = rows.filter((row) => row >= 45_000).length / rows.length;
  expect(Math.abs(late - 0.5)).toBeLessThan(0.06);
});
