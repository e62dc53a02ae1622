// SPDX-License-Identifier: Apache-2.0
/** What a monitor holds in arrays of numbers, where most of it lies: as much after many windows as after few. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { Store } from '../../store/store.js';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './testing/rows.js';

const ROWS = 20;
const baseline = baselineFileOf(rowsOf({ rows: 2_000, seed: 1 }));

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Takes everything and keeps nothing: a history may grow up to its limit. */
const nowhere: Store = {
  kind: 'memory',
  reason: '',
  isTaken: false,
  windows: async () => [],
  records: async () => [],
  state: async () => undefined,
  commit: async () => {},
  size: async () => ({ bytes: 0, windows: 0, damaged: 0 }),
  close: async () => {},
};

async function bytesHeld(): Promise<number> {
  // Twice, with a turn between: what ends with a turn is let go of by the second.
  collect();
  await new Promise((done) => setTimeout(done, 10));
  collect();
  return process.memoryUsage().arrayBuffers;
}

/** Bytes of arrays that a monitor holds once it has judged so many windows of rows each, those of half an hour beside them. */
async function bytesAfter(
  windows: readonly number[],
  { labels }: { readonly labels: boolean },
): Promise<number[]> {
  const before = await bytesHeld();
  const { host, clock, verdicts, news } = await openHost(
    { baseline, windows: [{ rows: ROWS }, { every: '30m' }], labels: { expireMs: 600_000, most: 1_000 } },
    { openStore: async () => nowhere },
  );
  const held: number[] = [];
  for (let i = 0; held.length < windows.length; i++) {
    const start = START + i * ROWS * 1_000;
    clock.now = start;
    const ids = Array.from({ length: ROWS }, (_, row) => i * ROWS + row);
    await host.chunk(chunkOf(rowsOf({ rows: ROWS, seed: i % 50 }), { start, ids: labels ? ids : null }));
    if (labels) await host.labels({ ids: ids.map((id) => id - 100), values: ids.map((id) => id % 3 === 0) });
    await host.metrics({ names: ['orders'], values: [i], times: [start] });
    if (i % 10 !== 9) continue;
    await host.flush();
    verdicts.length = 0;
    news.length = 0;
    if (i + 1 === windows[held.length]) held.push((await bytesHeld()) - before);
  }
  await host.close();
  return held;
}

test('arrays take as much after 250 windows as after 60: rings are of their full size from the first window on', async () => {
  // The first half hour ends with the 90th window.
  const [early, late] = await bytesAfter([60, 250], { labels: false });
  expect(early).toBeGreaterThan(200_000);
  expect(Math.abs(late! / early! - 1)).toBeLessThan(0.03);
});

test('with labels, as much after 520 as after 260: what is kept by window is kept of the latest 240', async () => {
  const [once, twice] = await bytesAfter([260, 520], { labels: true });
  expect(once).toBeGreaterThan(200_000);
  expect(Math.abs(twice! / once! - 1)).toBeLessThan(0.02);
});
