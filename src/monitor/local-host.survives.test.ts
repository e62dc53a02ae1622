// SPDX-License-Identifier: Apache-2.0
/** What is left of a monitor when its page is loaded anew, crashed, or brought up to date: all that was flushed. */
import { expect, test } from 'vitest';
import { addLatency, emptyLatency } from '../profile/latency.js';
import { Disk } from './core/testing/disk.js';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './core/testing/rows.js';
import type { HostConfig, SystemSample } from './host.js';

const baseline = baselineFileOf(rowsOf({ rows: 20_000, seed: 1 }));
const openOn = (disk: Disk, config: Partial<HostConfig> = {}) =>
  openHost(
    { baseline, windows: [{ rows: 500 }, { rows: 1 }], ...config },
    { openStore: async () => disk.open() },
  );
type Opened = Awaited<ReturnType<typeof openOn>>;

const WINDOW = 500;
const idsOf = (window: number) => Array.from({ length: WINDOW }, (_, row) => `${window}/${row}`);
const windowOf = (window: number, shift = 0) => rowsOf({ rows: WINDOW, seed: 100 + window, shift });

async function send({ host }: Opened, window: number, shift = 0): Promise<void> {
  await host.chunk(
    chunkOf(windowOf(window, shift), { ids: idsOf(window), start: START + window * WINDOW * 1_000 }),
  );
}

/** Labels of a window, of which a share is other than the scores say. */
function labelsOf(window: number, wrong: number) {
  const scores = windowOf(window).columns.get('score')!;
  if (scores.type === 'string') throw new Error('scores are numbers');
  const values = Array.from(
    scores.values,
    (score, row) => Number(score >= 0.5) ^ Number(row % 100 < 100 * wrong),
  );
  return { ids: idsOf(window), values };
}

function sampleOf(minute: number): SystemSample {
  const latency = emptyLatency();
  for (const ms of [4, 5, 40]) addLatency(latency, ms);
  return {
    start: START + minute * 60_000,
    end: START + minute * 60_000 + 10_000,
    latency,
    calls: 3,
    rows: 96,
    errors: 1,
    nonFinite: 1,
    longTasks: 2,
    ownLongTasks: 1,
    droppedFrames: 5,
    ownDroppedFrames: 2,
    ownMs: 3,
    backend: minute % 2 === 0 ? 'webgl' : 'wasm',
    heap: null,
    tensors: null,
    tensorBytes: null,
  };
}

test('windows, verdicts, alerts, labels waiting, numbers of the app, marks, outliers, the system and the chosen reference', async () => {
  const disk = new Disk();
  const first = await openOn(disk);
  for (let window = 0; window < 5; window++) await send(first, window);
  await first.host.flush();
  await first.host.setReference({ healthy: { from: START, to: START + 5 * WINDOW * 1_000 } });
  // With three inputs it takes forty windows to tell a shift from one visitor.
  for (let window = 5; window < 55; window++) {
    await first.host.metrics({
      names: ['orders'],
      values: [20 + (window % 3)],
      times: [START + window * WINDOW * 1_000],
    });
    await send(first, window, window < 46 ? 0 : 1);
  }
  await first.host.labels(labelsOf(3, 0.1));
  await first.host.labels({ ids: ['nobody'], values: [1] });
  for (let minute = 0; minute < 3; minute++) await first.host.system(sampleOf(minute));
  await first.host.annotate({ at: START + 5, text: 'release 2' });
  await first.host.flush();
  const { at: _, ...before } = await first.host.snapshot();
  // There is something of everything.
  expect(before.alerts.map(({ subject, state }) => [subject.name, state])).toEqual([['speed', 'raised']]);
  expect(before.outliers.length).toBeGreaterThan(0);
  expect(before).toMatchObject({
    reference: { rows: 5 * WINDOW },
    labels: { joined: WINDOW, waiting: 54 * WINDOW, unknown: 1 },
    metrics: [{ name: 'orders', count: 1, mean: 20 }],
    annotations: [{ text: 'release 2' }],
    system: { total: { calls: 9 }, backendChanges: [{ from: 'webgl' }, { from: 'wasm' }] },
  });

  // Not closed: the page was killed.
  const second = await openOn(disk);
  const { at: __, ...after } = await second.host.snapshot();
  expect(second.errors).toEqual([]);
  expect({ ...after, store: null }).toEqual({ ...before, store: null });

  // And goes on: the alert is told as over, with the id that it had.
  for (let window = 55; window < 75; window++) await send(second, window);
  await second.host.flush();
  const told = second.news.flatMap(({ alerts }) => alerts);
  expect(told.map(({ id, state }) => [id, state])).toEqual([[before.alerts[0]!.id, 'recovered']]);
});

test('windows whose labels come only after a reload are told of all the same', async () => {
  const disk = new Disk();
  const first = await openOn(disk, {
    labels: { expireMs: 1e9, most: 100_000, reference: { value: 1, rows: 1_000 } },
  });
  for (let window = 0; window < 12; window++) await send(first, window);
  await first.host.flush();
  const second = await openOn(disk, {
    labels: { expireMs: 1e9, most: 100_000, reference: { value: 1, rows: 1_000 } },
  });
  for (let window = 0; window < 12; window++) await second.host.labels(labelsOf(window, 0.4));
  await second.host.flush();
  const alerts = second.news.flatMap((news) => news.alerts);
  expect(alerts.map(({ subject, state }) => [subject.name, state])).toEqual([['accuracy', 'raised']]);
});

test('an app that asks for another reference than it did gets that one, and not what somebody had chosen', async () => {
  const disk = new Disk();
  const first = await openOn(disk);
  await first.host.setReference({ last: '1h' });
  await send(first, 0);
  await first.host.flush();
  const same = await openOn(disk);
  expect((await same.host.snapshot()).reference.spec).toEqual({ last: '1h' });
  await same.host.close();
  const other = await openOn(disk, { reference: { last: '1d' } });
  expect((await other.host.snapshot()).reference.spec).toEqual({ last: '1d' });
});
