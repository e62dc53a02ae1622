// SPDX-License-Identifier: Apache-2.0
/** What apps do wrong: one clear report, counts that are right, and a monitor that goes on. */
import { describe, expect, test } from 'vitest';
import type { Column } from '../columns/column.js';
import { baselineFileOf, CONFIG, chunkOf, openHost, rowsOf } from './core/testing/rows.js';
import { LocalHost } from './local-host.js';

const baseline = baselineFileOf(rowsOf({ rows: 3_000, seed: 1 }));

function renamed(rows: number, from: string, to: string) {
  const { columns } = rowsOf({ rows, seed: 2 });
  return {
    rows,
    columns: new Map([...columns].map(([name, column]) => [name === from ? to : name, column])),
  };
}

function replaced(rows: number, name: string, column: Column) {
  return { rows, columns: new Map([...rowsOf({ rows, seed: 2 }).columns, [name, column]]) };
}

describe('rows', () => {
  test('of columns of unequal length are refused, with the column named, once', async () => {
    const { host, errors } = await openHost({ baseline, windows: [{ rows: 200 }] });
    const short = replaced(100, 'load', { type: 'number', values: new Float64Array(99), status: null });
    for (let i = 0; i < 3; i++) await host.chunk(chunkOf(short, { skipped: 5, refused: 2 }));
    await host.chunk(chunkOf(rowsOf({ rows: 200, seed: 3 })));
    await host.flush();
    expect(errors).toEqual([
      { name: 'SchemaError', message: 'rows were refused: 99 values in column "load" for 100 rows' },
    ]);
    const { rows, series } = await host.snapshot();
    expect(rows).toMatchObject({ observed: 521, measured: 200, skipped: 15, refused: 306, waiting: 0 });
    expect(series[0].windows).toMatchObject([{ rows: 200 }]);
  });

  test('with a feature renamed: named with what came instead, once; the column counts as missing', async () => {
    const { host, errors, verdicts } = await openHost({ baseline, windows: [{ rows: 500 }] });
    for (let i = 0; i < 3; i++) await host.chunk(chunkOf(renamed(500, 'speed', 'Speed')));
    await host.flush();
    expect(errors).toEqual([
      {
        name: 'SchemaError',
        message:
          'the rows lack "speed": the baseline expects numbers; "Speed" came instead, which the baseline does not know',
      },
    ]);
    expect(verdicts).toHaveLength(3);
    for (const { rating, features, checks } of verdicts) {
      expect(rating).toBe('drift');
      expect(features[0]).toMatchObject({ name: 'speed', rating: 'drift' });
      expect(checks.filter(({ check }) => check === 'columnMissing')).toHaveLength(1);
    }
  });

  test('without a feature: named once, with what to do where it is none', async () => {
    const { host, errors } = await openHost({ baseline, windows: [{ rows: 500 }] });
    const all = rowsOf({ rows: 500, seed: 1 });
    const columns = new Map([...all.columns].filter(([name]) => name !== 'speed'));
    for (let i = 0; i < 2; i++) await host.chunk(chunkOf({ rows: 500, columns }));
    await host.flush();
    expect(errors.map(({ message }) => message)).toEqual([
      'the rows lack "speed": the baseline expects numbers; where it is a label that comes later, or no input, give it that role (settings.columns)',
    ]);
  });

  test('of another type: said once, read as far as it can be', async () => {
    const { host, errors, verdicts } = await openHost({ baseline, windows: [{ rows: 400 }] });
    const codes = Int32Array.from({ length: 400 }, (_, row) => row % 2);
    const text = replaced(400, 'load', { type: 'string', codes, dictionary: ['12.5', 'n/a'] });
    for (let i = 0; i < 2; i++) await host.chunk(chunkOf(text));
    await host.flush();
    expect(errors).toEqual([
      {
        name: 'SchemaError',
        message: expect.stringMatching(/^"load" comes as text: the baseline expects numbers/),
      },
    ]);
    expect(verdicts[0].features[0]).toMatchObject({ name: 'load', rating: 'drift' });
  });

  test('with an embedding that the baseline lacks: named once; all else is measured', async () => {
    const { host, errors, verdicts } = await openHost({ baseline, windows: [{ rows: 400 }] });
    const values = new Float32Array(400 * 3);
    const vectors = new Map([['dense_2', { type: 'vector', dimension: 3, values, status: null } as const]]);
    const more = replaced(400, 'note', { type: 'number', values: new Float64Array(400), status: null });
    for (let i = 0; i < 3; i++) await host.chunk(chunkOf({ ...more, vectors }));
    await host.flush();
    expect(errors).toEqual([
      { name: 'SchemaError', message: 'the baseline has no embedding "dense_2": it is not measured' },
    ]);
    expect(verdicts.map(({ features }) => features.map(({ name }) => name).sort())).toEqual(
      Array(3).fill(['city', 'load', 'score', 'speed']),
    );
  });

  test('without times take the clock’s', async () => {
    const { host, verdicts, clock } = await openHost({ baseline, windows: [{ rows: 100 }] });
    await host.chunk(
      chunkOf(rowsOf({ rows: 100, seed: 2 }), { times: new Float64Array(100).fill(Number.NaN) }),
    );
    await host.flush();
    expect(verdicts[0].window).toMatchObject({ start: clock.now, end: clock.now + 1 });
  });

  test('of 2,000 hand-overs in one tick are all counted', async () => {
    const { host } = await openHost({ baseline, windows: [{ rows: 5_000 }] });
    const one = rowsOf({ rows: 1, seed: 2 });
    await Promise.all(
      Array.from({ length: 2_000 }, (_, i) => host.chunk(chunkOf(one, { start: i * 1_000 }))),
    );
    const { rows, series } = await host.snapshot();
    expect(rows.measured).toBe(2_000);
    expect(series[0].open?.rows).toBe(2_000);
  });

  test('without a label column are no reason for alarm: labels come later', async () => {
    const { columns } = rowsOf({ rows: 3_000, seed: 1 });
    const labelled = { rows: 3_000, columns: new Map([...columns, ['label', columns.get('city')!]]) };
    const { host, verdicts, errors } = await openHost({
      baseline: baselineFileOf(labelled),
      settings: { columns: { label: { role: 'label' } } },
      windows: [{ rows: 1_000 }],
    });
    await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 2 })));
    await host.flush();
    expect(errors).toEqual([]);
    expect(verdicts[0].checks.filter(({ check }) => check === 'columnMissing')).toEqual([]);
    expect(verdicts[0].features.find(({ name }) => name === 'label')?.rating).toBe('notRated');
  });
});

describe('a baseline', () => {
  test.each([
    ['damaged', () => baseline.slice(0, 400), 'CodecError'],
    ['of other content', () => new TextEncoder().encode('{"not":"it"}').buffer as ArrayBuffer, 'CodecError'],
  ])('%s: open rejects, rows are only counted', async (_, make, name) => {
    const host = new LocalHost();
    await expect(host.open({ ...CONFIG, baseline: make() }, () => {})).rejects.toMatchObject({ name });
    await host.chunk(chunkOf(rowsOf({ rows: 10, seed: 1 })));
    expect(await host.snapshot()).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('baseline'),
      rows: { observed: 10, measured: 0, skipped: 10 },
    });
    await host.flush();
    await host.close();
  });

  test('none, where it is the reference', async () => {
    const host = new LocalHost();
    await expect(host.open(CONFIG, () => {})).rejects.toMatchObject({
      name: 'SettingsError',
      message: 'the reference is the baseline, and no baseline was given',
    });
  });
});

test.each([
  [[{ rows: 0 }], /rows: 0/],
  [[{ rows: 10, step: 20 }], /step: 20/],
  [[{ every: '1 fortnight' as '1d' }], /no duration/],
  [[{ rows: 100_000, step: 1 }], /over 240 blocks/],
  [Array.from({ length: 9 }, (_, i) => ({ rows: 10 + i })), /at most 8/],
])('windows %j are refused', async (windows, message) => {
  const host = new LocalHost();
  await expect(host.open({ ...CONFIG, baseline, windows }, () => {})).rejects.toMatchObject({
    name: 'SettingsError',
    message: expect.stringMatching(message),
  });
});

test('a listener that throws harms nobody', async () => {
  const host = new LocalHost();
  let calls = 0;
  await host.open({ ...CONFIG, baseline, windows: [{ rows: 100 }] }, () => {
    calls++;
    throw new Error('the app');
  });
  await host.chunk(chunkOf(rowsOf({ rows: 250, seed: 2 })));
  await host.flush();
  await host.chunk(chunkOf(rowsOf({ rows: 250, seed: 3 })));
  await host.flush();
  expect(calls).toBe(2);
  expect((await host.snapshot()).series[0].windows).toHaveLength(5);
});

test('after the end nothing is measured, and nothing throws', async () => {
  const { host } = await openHost({ baseline });
  await host.chunk(chunkOf(rowsOf({ rows: 10, seed: 2 })));
  await host.close();
  await host.close();
  await host.chunk(chunkOf(rowsOf({ rows: 10, seed: 2 })));
  await host.labels({ ids: [1], values: [1] });
  await host.flush();
  expect(await host.report(null)).toBeNull();
  expect(await host.snapshot()).toMatchObject({ state: 'disposed', rows: { measured: 10 } });
});

test('more than 64 metrics: said once', async () => {
  const { host, errors } = await openHost({ baseline });
  for (let i = 0; i < 3; i++) {
    const names = Array.from({ length: 100 }, (_, k) => `metric ${k}`);
    await host.metrics({ names, values: names.map(() => 1), times: names.map(() => 0) });
  }
  await host.flush();
  expect(errors.map(({ name }) => name)).toEqual(['SettingsError']);
});
