// SPDX-License-Identifier: Apache-2.0
/** Windows that have ended and wait to be judged when all is saved. */
import { expect, test } from 'vitest';
import { Disk } from './testing/disk.js';
import { baselineFileOf, chunkOf, type OpenHost, openHost, rowsOf, START } from './testing/rows.js';

const baseline = baselineFileOf(rowsOf({ rows: 2_000, seed: 1 }));

test('survive a kill: what was saved as measured is judged by whoever comes next', async () => {
  let ticks = 0;
  const disk = new Disk();
  const config = { baseline, windows: [{ rows: 100 }, { every: '1m' as const }] };
  const fired: (() => void)[] = [];
  const first = await openHost(config, {
    openStore: async () => disk.open(),
    // Each look at the clock takes ten seconds: there is no time left to judge, and it is time to save.
    clock: () => (ticks += 10_000),
    timers: { set: (callback) => fired.push(callback), clear: () => {} },
  });
  await first.host.chunk(chunkOf(rowsOf({ rows: 730, seed: 2 }), { start: START }));
  while (disk.commits === 0) {
    for (const fire of fired.splice(0)) fire();
    await first.host.snapshot();
  }
  const told = async ({ host }: OpenHost): Promise<number[]> => {
    const { rows, series } = await host.snapshot();
    expect(rows.measured).toBe(730);
    return series.map(({ windows, open }) =>
      windows.reduce((sum, window) => sum + window.rows, open?.rows ?? 0),
    );
  };
  // Some have ended, and nobody has judged them.
  for (const rows of await told(first)) expect(rows).toBeLessThan(730);
  expect((await disk.open().state('queue')) ?? null).not.toBeNull();

  const second = await openHost(config, { openStore: async () => disk.open() });
  await second.host.flush();
  expect(await told(second)).toEqual([730, 730]);
  expect(second.errors).toEqual([]);
  expect((await disk.open().state('queue')) ?? null).toBeNull();

  const third = await openHost(config, { openStore: async () => disk.open() });
  await third.host.flush();
  expect(await told(third)).toEqual([730, 730]);
});
