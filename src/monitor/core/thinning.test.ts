// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Thinning } from './thinning.js';

const HOUR = 3_600_000;
const timesIn = (hour: number, rows: number) =>
  Float64Array.from({ length: rows }, (_, i) => (hour + i / rows) * HOUR);

test('rows that are left out evenly leave the mixture as it is', () => {
  const thinning = new Thinning();
  for (let hour = 0; hour < 24; hour++)
    thinning.note(timesIn(hour, 500 * (1 + (hour % 3))), 4_500 * (1 + (hour % 3)));
  expect(thinning.unevenness(0, 24 * HOUR)).toBeCloseTo(0, 10);
});

test('of a busy hour measured in part and a quiet one measured whole, the difference of their shares', () => {
  const thinning = new Thinning();
  thinning.note(timesIn(0, 1_200), 0);
  thinning.note(timesIn(1, 1_200), 10_800);
  // Half and half were measured; 1 in 11 and 10 in 11 came.
  expect(thinning.unevenness(0, 2 * HOUR)).toBeCloseTo(10 / 11 - 1 / 2, 3);
  expect(thinning.unevenness(0, HOUR)).toBeLessThan(0.02);
  expect(thinning.unevenness(5 * HOUR, 6 * HOUR)).toBe(0);
});

test('what was left out before any row came counts with the next', () => {
  const thinning = new Thinning();
  thinning.note(timesIn(0, 1_200), 0);
  thinning.note([], 10_800);
  thinning.note(timesIn(1, 1_200), 0);
  expect(thinning.unevenness(0, 2 * HOUR)).toBeCloseTo(10 / 11 - 1 / 2, 3);
});

test('chance alone is not taken for unevenness', () => {
  const thinning = new Thinning();
  let state = 7;
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  for (let minute = 0; minute < 1_440; minute++) {
    let measured = 0;
    for (let i = 0; i < 50; i++) if (random() < 0.1) measured++;
    thinning.note(new Float64Array(measured).fill(minute * 60_000), 50 - measured);
  }
  expect(thinning.unevenness(0, 24 * HOUR)).toBeLessThan(0.04);
});

test('no feature’s distribution is off by more', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: 400, max: 2_000 }),
          fc.integer({ min: 0, max: 9_000 }),
          fc.double({ min: 0, max: 1, noNaN: true }),
        ),
        {
          minLength: 1,
          maxLength: 8,
        },
      ),
      (hours) => {
        const thinning = new Thinning();
        let [measured, all, yesMeasured, yesAll] = [0, 0, 0, 0];
        hours.forEach(([rows, skipped, share], hour) => {
          thinning.note(new Float64Array(rows).fill(hour * HOUR), skipped);
          measured += rows;
          all += rows + skipped;
          yesMeasured += share * rows;
          yesAll += share * (rows + skipped);
        });
        const off = Math.abs(yesMeasured / measured - yesAll / all);
        expect(off).toBeLessThanOrEqual(thinning.unevenness(0, 24 * HOUR) + 1e-9);
      },
    ),
  );
});

test('minutes are kept for eight days, those before 1970 too', () => {
  const thinning = new Thinning();
  const day = 24 * HOUR;
  thinning.note(timesIn(-48, 1_200), 0);
  thinning.note(timesIn(-47, 1_200), 10_800);
  expect(thinning.unevenness(-2 * day, 0)).toBeCloseTo(10 / 11 - 1 / 2, 3);
  thinning.note(timesIn(7 * 24 - 48, 1_200), 0);
  expect(thinning.unevenness(-2 * day, 0)).toBeCloseTo(10 / 11 - 1 / 2, 3);
  thinning.note(timesIn(8 * 24 - 48, 1_200), 0);
  expect(thinning.unevenness(-2 * day, -2 * day + HOUR)).toBe(0);
  expect(thinning.unevenness(6 * day, 7 * day)).toBe(0);
});
