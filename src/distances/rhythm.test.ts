// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { TimePart } from '../profile/parts.js';
import { rhythmDistances } from './rhythm.js';

/** Rows by hour of the day, the same every day. */
function timePart(hours: (hour: number) => number): TimePart {
  const hourOfWeek = Float64Array.from({ length: 168 }, (_, i) => hours(i % 24));
  return {
    kind: 'time',
    rows: hourOfWeek.reduce((x, y) => x + y, 0),
    missing: 0,
    unparsable: 0,
    min: 0,
    max: 1,
    hourOfWeek,
    buckets: new Map(),
    bucketsDropped: 0,
    ordered: 0,
    pairs: 0,
  };
}

test('an hour later is the same distance wherever the day is cut', () => {
  const day = (hour: number) => (hour < 8 ? 1000 : 200);
  const turned = (by: number) =>
    rhythmDistances({
      reference: timePart((hour) => day((hour + by) % 24)),
      current: timePart((hour) => day((hour + by + 1) % 24)),
      level: 0.01,
    });
  const values = [0, 5, 11, 20].map((by) => turned(by).kuiper!.value);
  for (const value of values) expect(value).toBeCloseTo(values[0], 12);
  expect(values[0]).toBeCloseTo(800 / (8 * 1000 + 16 * 200), 12);
  expect(turned(0).totalVariation!.value).toBeCloseTo(values[0], 12);
  expect(turned(0).kuiper!.pValue!).toBeLessThan(1e-10);
  expect(turned(0).totalVariation!.low!).toBeGreaterThan(0);
});

test('the same rhythm is no distance, and no times none', () => {
  const part = timePart((hour) => hour + 1);
  const same = rhythmDistances({ reference: part, current: part, level: 0.01 });
  expect(same.kuiper!.value).toBe(0);
  expect(same.totalVariation!.pValue).toBe(1);
  expect(rhythmDistances({ reference: part, current: timePart(() => 0), level: 0.01 })).toEqual({});
});
