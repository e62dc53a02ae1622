// SPDX-License-Identifier: Apache-2.0
/** A day of busy and quiet hours, of which a part is measured: what the window may say. */
import { expect, test } from 'vitest';
import { joinBatches } from './core/learner.js';
import { baselineFileOf, chunkOf, openHost, rowsOf } from './core/testing/rows.js';

const HOUR = 3_600_000;
const DAY = Date.UTC(2026, 2, 2);

/** By day 1,000 rows an hour that are fast, at night 100 that are not. */
const rowsIn = (hour: number) => (hour >= 8 && hour < 20 ? 1_000 : 100);
const hourOf = (day: number, hour: number, rows = rowsIn(hour)) =>
  rowsOf({ rows, seed: 1 + 24 * day + hour, shift: rowsIn(hour) === 1_000 ? 2 : 0 });

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const baseline = baselineFileOf(joinBatches([0, 1].flatMap((day) => HOURS.map((hour) => hourOf(day, hour)))));

/** A day of which in each hour so many rows are measured. */
async function dayOf(measuredIn: (hour: number) => number) {
  const { host, verdicts, errors } = await openHost({ baseline, windows: [{ every: '1d' }] });
  for (const hour of HOURS) {
    const rows = measuredIn(hour);
    await host.chunk(
      chunkOf(hourOf(2, hour, rows), {
        start: DAY + hour * HOUR,
        everyMs: HOUR / rows,
        skipped: rowsIn(hour) - rows,
      }),
    );
  }
  await host.chunk(chunkOf(rowsOf({ rows: 1, seed: 9 }), { start: DAY + 30 * HOUR }));
  await host.flush();
  expect(errors).toEqual([]);
  expect(verdicts).toHaveLength(1);
  return verdicts[0]!;
}

test('measured whole, it is as it was', async () => {
  expect((await dayOf(rowsIn)).rating).toBe('stable');
});

test('with the same share of every hour left out, too', async () => {
  const { rating, sentence, window } = await dayOf((hour) => rowsIn(hour) / 2);
  expect(window).toMatchObject({ rows: 6_600, skipped: 6_600 });
  expect([rating, sentence.includes('left out')]).toEqual(['stable', false]);
});

test('with busy hours cut to the size of quiet ones it is not rated, and says why', async () => {
  const { rating, sentence, window, features } = await dayOf(() => 100);
  expect(window).toMatchObject({ rows: 2_400, skipped: 10_800 });
  expect(rating).toBe('notRated');
  expect(features).toEqual([]);
  // Half was of busy hours, of which 10 in 11 had come.
  expect(sentence).toBe(
    'Not compared: 82 % of the rows were left out, at some times more than at others, which by itself can shift a feature by up to 0.41.',
  );
});

test('with a part of the busy hours left out it is rated, and says by how much that may shift it', async () => {
  const { rating, sentence } = await dayOf((hour) => (rowsIn(hour) === 1_000 ? 600 : 100));
  expect(rating).not.toBe('drift');
  expect(rating).not.toBe('notRated');
  expect(sentence).toMatch(/\(Of this window 36 % of the rows were left out, .* by up to 0\.05\.\)$/);
});
