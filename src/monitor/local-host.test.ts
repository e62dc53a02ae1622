// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { baselineFileOf, chunkOf, openHost, rowsOf } from './core/testing/rows.js';

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
});
