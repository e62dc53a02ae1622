// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { TimePart } from '../../profile/parts.js';
import { gapP, longestGap } from './time-gap.js';

const HOUR = 3_600_000;
const frame = { kind: 'time', origin: 0, widthMs: HOUR } as const;

function part(buckets: ReadonlyMap<number, number>): TimePart {
  const rows = [...buckets.values()].reduce((x, y) => x + y, 0);
  const keys = [...buckets.keys()];
  return {
    kind: 'time',
    rows,
    missing: 0,
    unparsable: 0,
    min: Math.min(...keys) * HOUR,
    max: Math.max(...keys) * HOUR,
    hourOfWeek: new Float64Array(168),
    buckets: new Map(buckets),
    bucketsDropped: 0,
    ordered: 0,
    pairs: 0,
  };
}

/** `rows(hour)` rows in each of `hours` hours from `from` on; none where 0. */
function hourly(from: number, hours: number, rows: (hour: number) => number): TimePart {
  const counts = Array.from({ length: hours }, (_, i): [number, number] => [from + i, rows(from + i)]);
  return part(new Map(counts.filter(([, count]) => count > 0)));
}

const p = (reference: TimePart, current: TimePart) =>
  gapP(reference, current, { reference: longestGap(frame, reference), current: longestGap(frame, current) });

describe('the longest gap', () => {
  test('is counted in empty buckets, with its place', () => {
    const gap = longestGap(
      frame,
      hourly(0, 50, (hour) => (hour >= 20 && hour < 26 ? 0 : 3)),
    );
    expect(gap).toEqual({ buckets: 6, start: 20 * HOUR, end: 26 * HOUR });
    expect(
      longestGap(
        frame,
        hourly(0, 5, () => 1),
      ).buckets,
    ).toBe(0);
  });
});

describe('its probability', () => {
  const steady = hourly(0, 500, () => 20);
  test('is tiny where rows always came', () => {
    expect(
      p(
        steady,
        hourly(500, 200, (hour) => (hour >= 600 && hour < 604 ? 0 : 20)),
      ),
    ).toBeLessThan(1e-10);
  });
  test('is 1 where the reference had a gap as long: nights', () => {
    const nights = (from: number) => hourly(from, 480, (hour) => (hour % 24 < 6 ? 0 : 20));
    expect(p(nights(0), nights(480))).toBe(1);
  });
  test('knows thin hours: one row at Christmas is soon none', () => {
    const thin = hourly(0, 500, (hour) => (hour === 100 ? 1 : 20));
    expect(
      p(
        thin,
        hourly(500, 200, (hour) => (hour === 600 ? 0 : 20)),
      ),
    ).toBeGreaterThan(0.4);
  });
  test('knows that fewer rows leave more gaps', () => {
    const sparse = hourly(500, 500, (hour) => (hour % 3 === 0 ? 1 : 0));
    expect(p(steady, sparse)).toBeGreaterThan(0.5);
  });
  test('is not told of a reference that is mostly gaps', () => {
    const holes = hourly(0, 500, (hour) => (hour % 5 === 0 ? 40 : 0));
    expect(
      p(
        holes,
        hourly(500, 200, (hour) => (hour % 100 === 0 ? 40 : 0)),
      ),
    ).toBe(1);
  });
});
