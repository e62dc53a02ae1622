// SPDX-License-Identifier: Apache-2.0
/** What comes with the windows: alerts, labels, metrics, the system, versions, other tabs. */
import { describe, expect, test, vi } from 'vitest';
import { addLatency, emptyLatency } from '../profile/latency.js';
import { Disk } from './core/testing/disk.js';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './core/testing/rows.js';
import type { SystemSample } from './host.js';
import { World } from './tabs/testing/world.js';

const baseline = baselineFileOf(rowsOf({ rows: 20_000, seed: 1 }));
/** What tabs tell each other takes its time on a busy machine. */
const PATIENCE = { timeout: 20_000, interval: 20 };

test('null windows do not drift, a small shift in one of four features does', async () => {
  const { host, verdicts } = await openHost({ baseline, windows: [{ rows: 500 }] });
  for (let i = 0; i < 20; i++)
    await host.chunk(chunkOf(rowsOf({ rows: 500, seed: 100 + i }), { start: START + i * 5e5 }));
  await host.flush();
  expect(verdicts).toHaveLength(20);
  expect(verdicts.filter(({ rating }) => rating === 'drift')).toEqual([]);
  await host.chunk(chunkOf(rowsOf({ rows: 500, seed: 7, shift: 0.5 }), { start: START + 20 * 5e5 }));
  await host.flush();
  expect(
    verdicts
      .at(-1)
      ?.features.filter(({ rating }) => rating === 'drift')
      .map(({ name }) => name),
  ).toEqual(['speed']);
});

test('a shift that lasts raises one alert, which a recovery closes', async () => {
  const { host, news } = await openHost({ baseline, windows: [{ rows: 500 }] });
  let at = START;
  const send = async (windows: number, shift: number): Promise<void> => {
    for (let i = 0; i < windows; i++) {
      await host.chunk(chunkOf(rowsOf({ rows: 500, seed: at / 1_000, shift }), { start: at }));
      at += 500_000;
    }
    await host.flush();
  };
  // with three inputs it takes forty windows to tell a shift from one visitor
  await send(40, 0);
  expect(news.flatMap(({ alerts }) => alerts)).toEqual([]);
  await send(8, 1);
  const raised = news.flatMap(({ alerts }) => alerts);
  expect(raised.map(({ state, subject }) => [state, subject.name])).toEqual([['raised', 'speed']]);
  expect(await host.snapshot()).toMatchObject({
    rating: 'drift',
    sentence: expect.stringMatching(/^speed: The median rose/),
  });
  await send(12, 0);
  expect(news.flatMap(({ alerts }) => alerts).map(({ state }) => state)).toEqual(['raised', 'recovered']);
  expect((await host.snapshot()).rating).not.toBe('drift');
});

test('labels find their windows, however late they come', async () => {
  const { host } = await openHost({ baseline, windows: [{ rows: 500 }, { every: '1h' }] });
  const rows = rowsOf({ rows: 1_000, seed: 2 });
  const scores = rows.columns.get('score')!;
  if (scores.type === 'string') throw new Error('scores are numbers');
  const ids = Array.from({ length: 1_000 }, (_, row) => `p${row}`);
  await host.chunk(chunkOf(rows, { ids }));
  await host.flush();
  expect((await host.snapshot()).labels).toEqual({ joined: 0, waiting: 1_000, expired: 0, unknown: 0 });
  // all right in the first window, all wrong in the second
  const values = ids.map((_, row) => Number(scores.values[row] >= 0.5) ^ Number(row >= 500));
  await host.labels({ ids: [...ids, 'nobody'], values: [...values, 1] });
  const { series, labels, outcomes } = await host.snapshot();
  expect(labels).toEqual({ joined: 1_000, waiting: 0, expired: 0, unknown: 1 });
  expect(series[0].windows.map((window) => window.outcomes?.value)).toEqual([1, 0]);
  expect(outcomes).toMatchObject({ rows: 1_000, metric: 'accuracy', value: 0.5 });
});

test('a fall of accuracy that lasts is told once its labels are there', async () => {
  const { host, news } = await openHost({ baseline, windows: [{ rows: 200 }] });
  for (let window = 0; window < 12; window++) {
    const rows = rowsOf({ rows: 200, seed: 50 + window });
    const scores = rows.columns.get('score')!;
    if (scores.type === 'string') throw new Error('scores are numbers');
    const ids = Array.from({ length: 200 }, (_, row) => window * 200 + row);
    await host.chunk(chunkOf(rows, { ids, start: START + window * 200_000 }));
    // right as long as the first five windows last, then wrong in four of ten rows
    const isWrong = (row: number): number => Number(window >= 6 && row % 5 < 2);
    const values = ids.map((_, row) => Number(scores.values[row] >= 0.5) ^ isWrong(row));
    await host.labels({ ids, values });
  }
  await host.flush();
  const alerts = news.flatMap((told) => told.alerts).filter(({ subject }) => subject.kind === 'performance');
  expect(alerts.map(({ state }) => state)).toEqual(['raised']);
  expect(alerts[0]).toMatchObject({
    subject: { name: 'accuracy' },
    sentence: expect.stringContaining('Accuracy is 60.0 % over 200 labelled rows; it was 100.0 %.'),
  });
});

test('windows of one row: those that stand out are told, not more than a person can look at', async () => {
  const { host, news } = await openHost({ baseline, windows: [{ rows: 1 }] });
  const rows = rowsOf({ rows: 500, seed: 2 });
  const speed = rows.columns.get('speed') as { values: Float64Array };
  speed.values[123] = 90;
  await host.chunk(chunkOf(rows, { ids: Array.from({ length: 500 }, (_, row) => row) }));
  await host.flush();
  const told = news.flatMap(({ outliers }) => outliers);
  expect(told).toContainEqual(
    expect.objectContaining({ id: 123, time: START + 123_000, feature: 'speed', value: '90' }),
  );
  expect(told.length).toBeLessThan(10);
  speed.values.fill(90);
  await host.chunk(chunkOf(rows));
  await host.flush();
  expect(news.flatMap(({ outliers }) => outliers)).toHaveLength(20);
  expect((await host.snapshot()).outliers).toHaveLength(20);
});

test('metrics, calls and marks stand beside the windows', async () => {
  const { host } = await openHost({ baseline, windows: [{ rows: 200 }], device: '8 cores' });
  await host.chunk(chunkOf(rowsOf({ rows: 100, seed: 2 })));
  await host.metrics({ names: ['orders', 'orders'], values: [2, 4], times: [START + 1, START + 2] });
  await host.chunk(chunkOf(rowsOf({ rows: 100, seed: 3 }), { start: START + 100_000 }));
  const latency = emptyLatency();
  for (const ms of [4, 4, 5, 30]) addLatency(latency, ms);
  const sample: SystemSample = {
    start: START,
    end: START + 10_000,
    latency,
    calls: 4,
    rows: 200,
    errors: 0,
    nonFinite: 1,
    longTasks: 0,
    ownLongTasks: 0,
    droppedFrames: 0,
    ownDroppedFrames: 0,
    ownMs: 2,
    backend: 'webgl',
    heap: null,
    tensors: 12,
    tensorBytes: 4_096,
  };
  await host.system(sample);
  await host.annotate({ at: START, text: 'release 2' });
  await host.flush();
  const snapshot = await host.snapshot();
  expect(snapshot.series[0].windows[0].metrics).toEqual({ orders: 3 });
  expect(snapshot.metrics).toMatchObject([{ name: 'orders', count: 2, mean: 3 }]);
  expect(snapshot.system).toMatchObject({
    total: { calls: 4, nonFinite: 1 },
    backend: 'webgl',
    device: '8 cores',
  });
  expect(snapshot.annotations).toEqual([{ at: START, text: 'release 2' }]);
});

test('a new version of the model ends the open windows: none holds two', async () => {
  const { host, verdicts } = await openHost({ baseline, windows: [{ rows: 400 }] });
  await host.chunk(chunkOf(rowsOf({ rows: 500, seed: 2 }), { version: '1' }));
  await host.chunk(chunkOf(rowsOf({ rows: 400, seed: 3 }), { version: '2', start: START + 500_000 }));
  await host.flush();
  expect(verdicts.map(({ window: { rows, version } }) => [rows, version])).toEqual([
    [400, '1'],
    [100, '1'],
    [400, '2'],
  ]);
});

describe('two tabs', () => {
  test('one history: the other hands over, hears, and takes over when the first is killed', async () => {
    const world = new World();
    const disk = new Disk();
    const openStore = async () => disk.open();
    const config = { baseline, windows: [{ rows: 500 }], store: 'indexedDB' } as const;
    const tabs = [world.tab(), world.tab()];
    const first = await openHost(config, { openStore, surroundings: tabs[0].surroundings() });
    const second = await openHost(config, { openStore, surroundings: tabs[1].surroundings() });
    expect((await first.host.snapshot()).store).toMatchObject({ leader: true });
    expect((await second.host.snapshot()).store).toMatchObject({ leader: false });

    await first.host.chunk(chunkOf(rowsOf({ rows: 300, seed: 2 })));
    await second.host.chunk(chunkOf(rowsOf({ rows: 300, seed: 3 }), { start: START + 300_000 }));
    await second.host.flush();
    await vi.waitFor(async () => {
      await first.host.flush();
      expect(second.verdicts).not.toEqual([]);
    }, PATIENCE);
    expect(first.verdicts.map(({ window }) => window.rows)).toEqual([500]);
    expect(second.verdicts.map(({ window }) => window.rows)).toEqual([500]);

    tabs[0].kill();
    await second.host.chunk(chunkOf(rowsOf({ rows: 450, seed: 4 }), { start: START + 600_000 }));
    await vi.waitFor(async () => {
      expect((await second.host.snapshot()).store.leader).toBe(true);
    }, PATIENCE);
    await second.host.flush();
    const snapshot = await second.host.snapshot();
    expect(snapshot.rows.measured).toBe(1_050);
    expect(snapshot.series[0].windows.map(({ rows }) => rows)).toEqual([500, 500]);
    await second.host.close();
  });

  test('with two baselines: the one that does not lead is told, once', async () => {
    const world = new World();
    const disk = new Disk();
    const openStore = async () => disk.open();
    const other = baselineFileOf(rowsOf({ rows: 2_000, seed: 77 }), 'the next model');
    const config = { windows: [{ rows: 500 }], store: 'indexedDB' } as const;
    const tabs = [world.tab(), world.tab()];
    const surroundings = tabs.map((tab) => tab.surroundings());
    const first = await openHost({ ...config, baseline }, { openStore, surroundings: surroundings[0] });
    const second = await openHost(
      { ...config, baseline: other },
      { openStore, surroundings: surroundings[1] },
    );
    let chunks = 0;
    await vi.waitFor(async () => {
      const start = START + 10_000 * chunks++;
      await first.host.chunk(chunkOf(rowsOf({ rows: 10, seed: chunks }), { start }));
      await first.host.flush();
      await second.host.flush();
      expect(second.errors).not.toEqual([]);
    }, PATIENCE);
    expect(second.errors).toMatchObject([
      { name: 'BaselineMismatchError', message: expect.stringContaining('another tab keeps this history') },
    ]);
    expect(first.errors).toEqual([]);
    await second.host.close();
    await first.host.close();
  });
});
