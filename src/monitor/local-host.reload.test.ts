// SPDX-License-Identifier: Apache-2.0
/** What a reload must not undo, and clocks that must not stop a reference. */
import { describe, expect, test } from 'vitest';
import { Disk } from './core/testing/disk.js';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './core/testing/rows.js';
import type { HostConfig } from './host.js';

const baseline = baselineFileOf(rowsOf({ rows: 4_000, seed: 1 }));
const MINUTE = 60_000;

describe('after a reload', () => {
  test('a window that the clock has ended is not opened again by a row that comes too late', async () => {
    const disk = new Disk();
    const config: Partial<HostConfig> = { baseline, windows: [{ every: '10m' }] };
    const first = await openHost(config, { openStore: async () => disk.open() });
    await first.host.chunk(chunkOf(rowsOf({ rows: 100, seed: 2 })));
    first.clock.now = START + 15 * MINUTE;
    await first.host.close();
    expect(first.verdicts.map(({ window }) => window.start)).toEqual([START]);
    const second = await openHost(config, { openStore: async () => disk.open() });
    second.clock.now = START + 16 * MINUTE;
    const times = Float64Array.of(START + 5 * MINUTE, START + 16 * MINUTE);
    await second.host.chunk(chunkOf(rowsOf({ rows: 2, seed: 3 }), { times }));
    second.clock.now = START + 30 * MINUTE;
    await second.host.flush();
    expect(second.verdicts.map(({ window }) => window.start)).toEqual([START + 10 * MINUTE]);
    expect((await second.host.snapshot()).rows.late).toBe(1);
  });

  test('another version of the model begins its own evidence, as it does without one', async () => {
    const disk = new Disk();
    const config: Partial<HostConfig> = { baseline, windows: [{ rows: 500 }] };
    const remembered = async (): Promise<number> => {
      const alerts = (await disk.open().state('alerts')) as { kinds: { series: { units: unknown[] } }[] };
      return alerts.kinds[0]!.series.units.length;
    };
    for (const [i, version, units] of [
      [0, '1', 2],
      [1, '1', 4],
      [2, '2', 2],
    ] as const) {
      const { host } = await openHost(config, { openStore: async () => disk.open() });
      const start = START + i * 1_000_000;
      await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 50 + i }), { start, version }));
      await host.close();
      expect(await remembered()).toBe(units);
    }
  });

  test('the first rows stay the reference, and windows with none of them are held against it at once', async () => {
    const disk = new Disk();
    const config: Partial<HostConfig> = { baseline, reference: { first: 1_000 }, windows: [{ rows: 500 }] };
    const first = await openHost(config, { openStore: async () => disk.open() });
    await first.host.chunk(chunkOf(rowsOf({ rows: 1_700, seed: 2 })));
    await first.host.close();
    const second = await openHost(config, { openStore: async () => disk.open() });
    await second.host.chunk(chunkOf(rowsOf({ rows: 800, seed: 3 }), { start: START + 1_700_000 }));
    await second.host.flush();
    const labels = [...first.verdicts, ...second.verdicts].map(({ reference }) => reference.rows);
    expect(labels).toEqual([0, 0, 1_000, 1_000, 1_000]);
  });
});

test('a span that is marked healthy at once holds the windows that are not in the store yet', async () => {
  const { host, verdicts } = await openHost({ baseline, windows: [{ rows: 500 }] });
  await host.chunk(chunkOf(rowsOf({ rows: 2_000, seed: 2, shift: 1 })));
  await host.setReference({ healthy: { from: START, to: START + 2_000_000 } });
  await host.chunk(chunkOf(rowsOf({ rows: 500, seed: 3, shift: 1 }), { start: START + 3_000_000 }));
  await host.flush();
  expect(verdicts.at(-1)).toMatchObject({ reference: { rows: 2_000 } });
  expect(verdicts.at(-1)?.rating).not.toBe('drift');
});

test('the first rows are kept though the store failed at the very moment when they were complete', async () => {
  const disk = new Disk();
  const config: Partial<HostConfig> = { baseline, reference: { first: 1_000 }, windows: [{ rows: 500 }] };
  let fails = false;
  const openStore = async () => {
    const store = disk.open();
    const commit = store.commit.bind(store);
    store.commit = async (changes) => {
      if (fails) throw new Error('not now');
      await commit(changes);
    };
    return store;
  };
  const first = await openHost(config, { openStore });
  fails = true;
  await first.host.chunk(chunkOf(rowsOf({ rows: 1_100, seed: 2 })));
  await first.host.flush();
  fails = false;
  await first.host.chunk(chunkOf(rowsOf({ rows: 10, seed: 3 }), { start: START + 1_100_000 }));
  await first.host.close();
  const second = await openHost(config, { openStore });
  expect((await second.host.snapshot()).reference).toMatchObject({
    rows: 1_000,
    label: 'the first 1,000 rows of production',
  });
});

describe('the first rows as the reference', () => {
  test('with a stamp of the far future among them, or a replay that begins anew, still are', async () => {
    const { host, verdicts } = await openHost({
      baseline,
      reference: { first: 1_000 },
      windows: [{ rows: 500 }],
    });
    const times = Float64Array.from({ length: 1_000 }, (_, row) => START + row * 1_000);
    times[300] = START + 4e12;
    await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 2 }), { times }));
    await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 3 }), { start: START + 1e6 }));
    await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 4, shift: 1 })));
    await host.flush();
    expect(verdicts.map(({ reference }) => reference.rows)).toEqual([0, 0, 1_000, 1_000, 1_000, 1_000]);
    expect(verdicts.map(({ rating }) => rating === 'drift')).toEqual([
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });
});
