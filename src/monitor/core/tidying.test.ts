// SPDX-License-Identifier: Apache-2.0
/** What a monitor does with its history by and by: windows are added up, and labels reach those that are stored. */
import { expect, test } from 'vitest';
import type { HostConfig } from '../host.js';
import { Disk } from './testing/disk.js';
import { baselineFileOf, chunkOf, cutChunk, openHost, rowsOf, START } from './testing/rows.js';

const baseline = baselineFileOf(rowsOf({ rows: 5_000, seed: 1 }));
const MINUTE = 60_000;

/** A host that looks at the clock when the test says so. */
async function openTicking(config: Partial<HostConfig>) {
  const disk = new Disk();
  let wake: (() => void) | null = null;
  let ms = 0;
  const opened = await openHost(
    { baseline, ...config },
    {
      openStore: async () => disk.open(),
      clock: () => ms,
      timers: {
        set: (callback: () => void) => {
          wake = callback;
          return 1;
        },
        clear: () => {
          wake = null;
        },
      },
    },
  );
  /** So many minutes go by, a look in each. */
  const pass = async (minutes: number): Promise<void> => {
    for (let i = 0; i < minutes; i++) {
      ms += MINUTE;
      await opened.host.watch(true);
      wake?.();
      await opened.host.snapshot();
    }
  };
  return { ...opened, disk, pass };
}

test('old windows become hours and days, rows and bytes are those that are shown', async () => {
  const { host, disk, pass, errors } = await openTicking({ windows: [{ rows: 20 }], storeBytes: 4 << 20 });
  // Three and a half days, a window every twenty minutes, no more at a time than are judged one by one.
  const windows = 264;
  const whole = chunkOf(rowsOf({ rows: 20 * windows, seed: 2 }), { everyMs: MINUTE });
  for (const part of cutChunk(
    whole,
    Array.from({ length: windows / 4 }, (_, i) => 80 * (i + 1)),
  )) {
    await host.chunk(part);
    await host.flush();
  }
  const before = await disk.open().records();
  const rowsIn = (records: typeof before) => records.reduce((sum, { rows }) => sum + rows, 0);
  expect(before.map(({ grain }) => grain)).toEqual(Array(windows).fill('window'));
  await pass(5);
  const after = await disk.open().records();
  expect(errors).toEqual([]);
  expect(rowsIn(after)).toBe(rowsIn(before));
  // The latest 240 stay whole; 24 of before make eight hours, three of each.
  expect(after.map(({ grain }) => grain)).toEqual([...Array(8).fill('hour'), ...Array(240).fill('window')]);
  const { bytes } = await disk.open().size();
  expect((await host.snapshot()).store).toMatchObject({ bytes, limit: 4 << 20 });
});

test('labels that come late reach the outcomes of windows that are stored already', async () => {
  const { host, disk, pass } = await openTicking({ windows: [{ rows: 100 }] });
  const ids = Array.from({ length: 200 }, (_, row) => row);
  await host.chunk(chunkOf(rowsOf({ rows: 200, seed: 3 }), { ids, start: START }));
  await host.flush();
  const stored = async () => (await disk.open().windows()).map(({ outcomes }) => outcomes.length);
  expect(await stored()).toEqual([0, 0]);
  await host.labels({ ids: ids.slice(0, 50), values: ids.slice(0, 50).map(() => 1) });
  await pass(2);
  const [first, second] = await stored();
  expect(first).toBeGreaterThan(0);
  expect(second).toBe(0);
});
