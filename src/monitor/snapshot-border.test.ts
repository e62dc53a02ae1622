// SPDX-License-Identifier: Apache-2.0
import { expose, wrap } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './core/testing/rows.js';
import type { HostNews } from './host.js';
import type { MonitorSnapshot } from './snapshot.js';
import { packSnapshot, packSnapshots, unpackSnapshot } from './snapshot-border.js';

const baseline = baselineFileOf(rowsOf({ rows: 2_000, seed: 1 }));
const channel = new MessageChannel();

afterEach(() => {
  channel.port1.close();
});

async function watchedHost(): Promise<{ snapshot: MonitorSnapshot; news: HostNews[] }> {
  const { host, news } = await openHost({
    baseline,
    windows: [{ rows: 500 }, { every: '20m' }, { rows: 50_000 }],
  });
  await host.watch(true);
  for (let i = 0; i < 6; i++) {
    const rows = rowsOf({ rows: 1_000, seed: 10 + i, shift: i > 3 ? 2 : 0 });
    await host.chunk(chunkOf(rows, { start: START + i * 1_000_000 }));
  }
  await host.flush();
  return { snapshot: await host.snapshot(), news };
}

test('a snapshot is the same on the other side, by itself and in news, and ratings are no texts on the way', async () => {
  const { snapshot, news } = await watchedHost();
  const ratings = snapshot.series.flatMap(({ features }) => features.flatMap((feature) => feature.ratings));
  expect(new Set(ratings).size).toBeGreaterThan(1);
  expect(snapshot.series.map(({ windows }) => windows.length)).toEqual([12, 4, 0]);
  const packed = packSnapshot(snapshot);
  expect(unpackSnapshot(structuredClone(packed))).toEqual(snapshot);
  const [first] = packed.series;
  expect(first?.ratings).toBeInstanceOf(Uint8Array);
  expect(JSON.stringify(first?.features)).not.toContain('stable');

  packSnapshots();
  const told = news.findLast((each) => each.snapshot !== null)!;
  const quiet = { ...told, snapshot: null };
  const seen: unknown[] = [];
  // What is exposed is structured-cloned here as it is in a worker.
  expose(
    {
      snapshot: () => snapshot,
      hear: (heard: HostNews) => {
        seen.push(heard);
      },
    },
    channel.port1 as never,
  );
  const remote = wrap<{ snapshot(): MonitorSnapshot; hear(news: HostNews): void }>(channel.port2 as never);
  channel.port1.start();
  channel.port2.start();
  expect(await remote.snapshot()).toEqual(snapshot);
  await remote.hear(told);
  await remote.hear(quiet);
  expect(seen).toEqual([told, quiet]);
});
