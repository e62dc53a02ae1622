// SPDX-License-Identifier: Apache-2.0
/** Without a baseline: what comes while the first rows are gathered counts too. */
import { expect, test } from 'vitest';
import type { Batch } from '../columns/batch.js';
import { uniform } from '../engine/testing/tables.js';
import { Disk } from './core/testing/disk.js';
import { chunkOf, openHost, rowsOf, START } from './core/testing/rows.js';

const SETTINGS = { columns: { city: { role: 'prediction' } } } as const;
const idsFrom = (from: number, rows: number) => Array.from({ length: rows }, (_, i) => `id ${from + i}`);

function citiesOf({ columns }: Batch): string[] {
  const city = columns.get('city')!;
  if (city.type !== 'string') throw new Error('no text');
  return Array.from(city.codes, (code) => city.dictionary[code]!);
}

test('labels are joined to predictions that were made while a frame was learned, whenever they come', async () => {
  const { host, errors } = await openHost({
    reference: { first: 1_000 },
    windows: [{ rows: 500 }],
    settings: SETTINGS,
  });
  const first = rowsOf({ rows: 600, seed: 2 });
  const second = rowsOf({ rows: 700, seed: 3 });
  await host.chunk(chunkOf(first, { ids: idsFrom(0, 600), version: 'a' }));
  // Early ones: for rows that are there, for one that comes later, for nobody; one of them twice.
  await host.labels({ ids: idsFrom(0, 100), values: citiesOf(first).slice(0, 100) });
  await host.labels({ ids: ['id 605', 'nobody', 'id 1'], values: [citiesOf(second)[5]!, 'Rome', 'Bergen'] });
  expect((await host.snapshot()).labels).toMatchObject({ joined: 100, waiting: 500 });
  await host.chunk(chunkOf(second, { ids: idsFrom(600, 700), version: 'a', start: START + 600_000 }));
  await host.labels({
    ids: idsFrom(100, 1_200),
    values: [...citiesOf(first).slice(100), ...citiesOf(second)],
  });
  await host.flush();
  const { labels, rows, outcomes } = await host.snapshot();
  expect(labels).toMatchObject({ joined: 1_300, waiting: 0, unknown: 1 });
  expect(rows).toMatchObject({ observed: 1_300, measured: 1_300 });
  // All are right but the one that was corrected: the predictions were known.
  expect(outcomes).toMatchObject({ rows: 1_300 });
  expect(errors).toEqual([]);
});

test('labels that wait while a frame is learned are bounded', async () => {
  const { host } = await openHost({
    reference: { first: 200 },
    windows: [{ rows: 100 }],
    labels: { expireMs: 1e9, most: 50 },
    settings: SETTINGS,
  });
  const first = rowsOf({ rows: 100, seed: 2 });
  await host.chunk(chunkOf(first, { ids: idsFrom(0, 100) }));
  for (let i = 0; i < 10; i++)
    await host.labels({ ids: idsFrom(10 * i, 10), values: Array(10).fill('Rome') });
  await host.chunk(chunkOf(rowsOf({ rows: 100, seed: 3 }), { ids: idsFrom(100, 100), start: START + 1e6 }));
  const { joined, waiting } = (await host.snapshot()).labels;
  expect(joined + waiting).toBeLessThanOrEqual(100);
  expect(waiting).toBeLessThanOrEqual(50);
});

function wide(rows: number, dimension: number, seed: number): Batch {
  const random = uniform(seed);
  const values = Float32Array.from({ length: rows * dimension }, () => random() + random() + random() - 1.5);
  const age = Float64Array.from({ length: rows }, () => random() * 50);
  return {
    rows,
    columns: new Map([['age', { type: 'number', values: age, status: null }]]),
    vectors: new Map([['picture', { type: 'vector', dimension, values, status: null }]]),
  };
}

test('wide embeddings are learned in their small form where the whole would fill the history', async () => {
  const disk = new Disk();
  const options = { openStore: async () => disk.open() };
  const config = { reference: { first: 200 }, windows: [{ rows: 100 }], storeBytes: 4 * 2 ** 20 } as const;
  const { host, errors } = await openHost({ ...config, store: 'indexedDB' }, options);
  await host.chunk(chunkOf(wide(300, 384, 2)));
  await host.flush();
  const { series } = await host.snapshot();
  expect(series[0]!.windows).toHaveLength(1);
  expect(errors).toEqual([]);
  const again = await openHost({ ...config, store: 'indexedDB' }, options);
  expect((await again.host.snapshot()).reference.rows).toBe(200);
  expect(again.errors).toEqual([]);
});

test('what is too large all the same is told once, not kept, and measured with', async () => {
  const { host, errors } = await openHost({
    reference: { first: 200 },
    windows: [{ rows: 100 }],
    storeBytes: 100_000,
  });
  await host.chunk(chunkOf(wide(300, 384, 2)));
  await host.flush();
  expect(errors.map(({ message }) => message).filter((message) => /learned/.test(message))).toEqual([
    expect.stringMatching(/^what was learned of the first rows takes .* MiB, more than a quarter/),
  ]);
  expect((await host.snapshot()).series[0]!.windows).toHaveLength(1);
});
