// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './core/testing/rows.js';

const baseline = baselineFileOf(rowsOf({ rows: 20_000, seed: 1 }));

test('windows of rows are judged against the baseline: a shift is found, and named', async () => {
  const { host, verdicts } = await openHost({ baseline, windows: [{ rows: 1_000 }] });
  await host.chunk(chunkOf(rowsOf({ rows: 2_500, seed: 2 })));
  await host.chunk(chunkOf(rowsOf({ rows: 2_000, seed: 3, shift: 1 })));
  await host.flush();
  expect(verdicts.map(({ window: { spec, rows } }) => [spec, rows])).toEqual(
    Array.from({ length: 4 }, () => ['1,000 rows', 1_000]),
  );
  expect(verdicts.slice(0, 2).every(({ rating }) => rating === 'stable' || rating === 'unknown')).toBe(true);
  const last = verdicts[3];
  expect(last.rating).toBe('drift');
  expect(last.features[0]).toMatchObject({ name: 'speed', rating: 'drift', metric: 'kolmogorovSmirnov' });
  expect(last.features[0].value).toBeGreaterThan(0.3);
  expect(last.features[0].delta).not.toBeNaN();
  expect(last.sentence).toMatch(/^speed drifted\. speed: /);
  expect(last.reference).toEqual({ label: 'the baseline "made up"', rows: 20_000 });

  const snapshot = await host.snapshot();
  expect(snapshot.rows).toMatchObject({ observed: 4_500, measured: 4_500, refused: 0 });
  expect(snapshot.series[0].windows).toHaveLength(4);
  expect(snapshot.series[0].open).toMatchObject({ rows: 500, of: 1_000 });
  expect(snapshot.state).toBe('running');

  const report = await host.report(null);
  expect(report?.features.find(({ name }) => name === 'speed')?.verdict.rating).toBe('drift');
  // Of what is kept of the window it is judged once more, to the same end.
  for (const { name, value, pValue, rating } of last.features) {
    const again = report?.features.find((each) => each.name === name)?.verdict;
    expect(again?.rating).toBe(rating);
    expect(again?.tests[0]).toMatchObject({ value, pValue });
  }
});

test('news come at most four times a second, snapshots only while somebody watches', async () => {
  const waiting: (() => void)[] = [];
  const timers = { set: (callback: () => void) => waiting.push(callback), clear: () => {} };
  const { host, news } = await openHost({ baseline, windows: [{ rows: 100 }] }, { timers });
  const fire = async (): Promise<void> => {
    for (const callback of waiting.splice(0)) callback();
    await host.snapshot();
  };
  await fire();
  news.length = 0;
  for (let i = 0; i < 20; i++) await host.chunk(chunkOf(rowsOf({ rows: 50, seed: i }), { start: START + i }));
  expect(news).toEqual([]);
  expect(waiting).toHaveLength(1);
  await fire();
  expect(news).toHaveLength(1);
  expect(news[0].verdicts).toHaveLength(10);
  expect(news[0].snapshot).toBeNull();
  await host.watch(true);
  await host.chunk(chunkOf(rowsOf({ rows: 50, seed: 30 })));
  await fire();
  expect(news[1].snapshot?.rows.measured).toBe(1_050);
  // nothing new, nothing told
  await fire();
  await fire();
  expect(news).toHaveLength(2);
});

test('windows that end faster than they can be judged are judged together, and no row is lost', async () => {
  let clock = 0;
  const { host, verdicts, errors } = await openHost(
    { baseline, windows: [{ rows: 100 }, { rows: 200, step: 100 }] },
    // each look at the clock takes ten seconds
    { clock: () => (clock += 10_000) },
  );
  for (let i = 0; i < 6; i++)
    await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: i }), { start: START + i * 1e6 }));
  await host.flush();
  const own = verdicts.filter(({ window }) => window.spec === '100 rows');
  expect(own.length).toBeLessThan(40);
  expect(own.reduce((rows, { window }) => rows + window.rows, 0)).toBe(6_000);
  expect(own.some(({ sentence }) => /windows that ended at once, judged together/.test(sentence))).toBe(true);
  const slid = verdicts.filter(({ window }) => window.spec === '200 rows every 100');
  // rows that two windows share are in their sum once
  for (const { window } of slid) expect(window.end - window.start).toBe(1_000 * (window.rows - 1) + 1);
  expect(errors.map(({ message }) => message).sort()).toEqual([
    'windows of 100 rows end faster than they can be judged: neighbours are judged together',
    'windows of 200 rows every 100 end faster than they can be judged: neighbours are judged together',
  ]);
  expect((await host.snapshot()).rows.measured).toBe(6_000);
});
