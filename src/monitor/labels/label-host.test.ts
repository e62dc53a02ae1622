// SPDX-License-Identifier: Apache-2.0
/** Labels through a whole host: what an app finds in its snapshot. */
import { expect, test } from 'vitest';
import { baselineFileOf, chunkOf, openHost, rowsOf } from '../core/testing/rows.js';

test('performance by class, of scores and by slice', async () => {
  const { host } = await openHost({
    baseline: baselineFileOf(rowsOf({ rows: 5_000, seed: 1 })),
    windows: [{ rows: 500 }],
  });
  expect((await host.snapshot()).performance).toBeUndefined();
  const rows = rowsOf({ rows: 400, seed: 2 });
  const scores = rows.columns.get('score')!;
  if (scores.type === 'string') throw new Error('scores are numbers');
  const ids = Array.from({ length: 400 }, (_, row) => row);
  const country = ids.map((row) => (row < 100 ? 'CH' : 'NO'));
  await host.chunk({ ...chunkOf(rows, { ids }), slices: { country } });
  // wrong in Norway alone
  const values = ids.map((row) => Number(scores.values[row]! >= 0.5) ^ Number(row >= 100));
  await host.labels({ ids, values });
  await host.flush();
  const { performance, outcomes } = await host.snapshot();
  expect(outcomes).toMatchObject({ rows: 400, value: 0.25 });
  expect(performance!.slices.map(({ value, summary }) => [value, summary.rows, summary.value])).toEqual([
    ['NO', 300, 0],
    ['CH', 100, 1],
  ]);
  expect(performance!.classes.map(({ name }) => name)).toEqual(['0', '1']);
  expect(performance!.classes[1]!.labels).toBe(values.filter((value) => value === 1).length);
  expect(performance!.scores!.rows).toBe(400);
});

test('predictions that have waited too long count as expired, though nothing has come since', async () => {
  const { host, clock } = await openHost({
    baseline: baselineFileOf(rowsOf({ rows: 1_000, seed: 1 })),
    labels: { expireMs: 86_400_000, most: 1_000 },
  });
  const ids = Array.from({ length: 300 }, (_, row) => row);
  await host.chunk(chunkOf(rowsOf({ rows: 300, seed: 2 }), { ids }));
  await host.labels({ ids: [7], values: [1] });
  clock.now += 86_400_000;
  expect((await host.snapshot()).labels).toMatchObject({ joined: 1, waiting: 299, expired: 0 });
  clock.now += 1;
  expect((await host.snapshot()).labels).toMatchObject({ joined: 1, waiting: 0, expired: 299 });
  await host.labels({ ids: [8], values: [1] });
  expect((await host.snapshot()).labels).toMatchObject({ joined: 1, unknown: 1 });
});
