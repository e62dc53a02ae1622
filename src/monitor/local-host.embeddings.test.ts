// SPDX-License-Identifier: Apache-2.0
import { beforeAll, expect, test } from 'vitest';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Batch } from '../columns/batch.js';
import { finishedFrame } from '../engine/embedding-door.js';
import { uniform } from '../engine/testing/tables.js';
import { vectorTools } from '../engine/vector-work.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { decodeBaseline, encodeBaseline } from '../profile/baseline-file.js';
import { Profiler } from '../profile/profile.js';
import { CONFIG, chunkOf, cutChunk, openHost, START } from './core/testing/rows.js';
import { inProcess } from './in-process.js';
import type { WindowVerdict } from './window-verdict.js';

const DIMENSION = 6;

function embedded(rows: number, seed: number, shift = 0): Batch {
  const random = uniform(seed);
  const values = Float32Array.from(
    { length: rows * DIMENSION },
    () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()) + shift,
  );
  const age = Float64Array.from({ length: rows }, () => random() * 50);
  return {
    rows,
    columns: new Map([['age', { type: 'number', values: age, status: null }]]),
    vectors: new Map([['picture', { type: 'vector', dimension: DIMENSION, values, status: null }]]),
  };
}

let baseline: ArrayBuffer;

beforeAll(async () => {
  const batch = embedded(1_500, 1);
  const schema = [
    { name: 'age', type: 'number' },
    { name: 'picture', type: 'vector', dimension: DIMENSION },
  ] as const;
  const builder = new FrameBuilder(schema);
  builder.add(batch);
  const frame = await finishedFrame(builder, { seed: 1 });
  const profiler = new Profiler(frame, cpuKernels, (await vectorTools()).meters);
  profiler.add(batch);
  await profiler.settle();
  baseline = encodeBaseline({
    name: 'seen',
    createdBy: 'test',
    frame,
    profile: profiler.profile,
    windows: [],
  });
});

const ratings = (verdicts: readonly WindowVerdict[]): (readonly [number, string | undefined])[] =>
  verdicts.map(({ window, features }) => [
    window.rows,
    features.find(({ name }) => name === 'picture')?.rating,
  ]);

test('embeddings are measured, however rows come, and a shift is found', async () => {
  const rows = chunkOf(embedded(1_200, 2));
  const { host, verdicts, errors } = await openHost({ baseline, windows: [{ rows: 600 }, { every: '1h' }] });
  for (const part of cutChunk(rows, [1, 7, 650, 1_100])) await host.chunk(part);
  await host.chunk(chunkOf(embedded(600, 3, 0.7), { start: START + 1_200_000 }));
  await host.flush();
  expect(errors).toEqual([]);
  expect(ratings(verdicts).map(([count, rating]) => [count, rating === 'drift'])).toEqual([
    [600, false],
    [600, false],
    [600, true],
  ]);
  const report = await host.report(null);
  const picture = report?.features.find(({ name }) => name === 'picture')?.embedding;
  const shares = picture?.projections.map(({ current }) => current.reduce((sum, share) => sum + share, 0));
  expect(shares).not.toEqual([]);
  expect(shares).toEqual(shares?.map(() => expect.closeTo(1, 9)));
});

test('rows of production as the reference: the baseline was fitted on others', async () => {
  const { host, verdicts, errors } = await openHost({
    baseline,
    reference: { first: 1_800 },
    windows: [{ rows: 600 }],
  });
  for (let i = 0; i < 8; i++)
    await host.chunk(chunkOf(embedded(600, 10 + i, 0.5), { start: START + i * 600_000 }));
  await host.flush();
  expect(errors).toEqual([]);
  expect(ratings(verdicts).slice(3)).toEqual(
    Array.from({ length: 5 }, () => [600, expect.not.stringMatching('drift')]),
  );
});

test('the same on a thread that can load nothing later', async () => {
  const host = inProcess();
  const verdicts: WindowVerdict[] = [];
  await host.open({ ...CONFIG, baseline, windows: [{ rows: 600 }] }, (news) =>
    verdicts.push(...news.verdicts),
  );
  await host.chunk(chunkOf(embedded(600, 3, 0.7)));
  await host.close();
  expect(ratings(verdicts)).toEqual([[600, 'drift']]);
});

test('what a page has measured itself counts as rows of the feature; of another frame it is refused', async () => {
  const { host, verdicts, errors } = await openHost({ baseline, windows: [{ rows: 600 }] });
  const plan = await host.embeddingPlan('picture');
  expect(plan?.frameId).toBe(decodeBaseline(baseline).frame.id);
  expect(await host.embeddingPlan('age')).toBeNull();
  const { meters } = await vectorTools();
  const { frame } = decodeBaseline(baseline);
  const feature = frame.features.find(({ name }) => name === 'picture')!;
  const measured = async (batch: Batch) => {
    const sums = meters.of(frame, feature).open();
    sums.add(batch.vectors!.get('picture')!.values);
    const partial = await sums.take();
    sums.close();
    return partial;
  };
  const batch = embedded(600, 3, 0.7);
  const without: Batch = { rows: 600, columns: batch.columns };
  const sums = { name: 'picture', frameId: frame.id, partial: await measured(batch), first: 0, rows: 600 };
  await host.chunk(chunkOf(without, { sums: [sums] }));
  await host.chunk(chunkOf(without, { sums: [{ ...sums, frameId: 'another' }], start: START + 600_000 }));
  await host.flush();
  expect(ratings(verdicts)[0]).toEqual([600, 'drift']);
  const { features } = verdicts[0];
  expect(features.find(({ name }) => name === 'picture')?.metric).not.toBe('missing');
  expect(ratings(verdicts)[1][1]).not.toBe('drift');
  expect(errors).toEqual([
    { name: 'BaselineMismatchError', message: expect.stringContaining('measured for another baseline') },
  ]);
});

test('without a baseline embeddings are learned too', async () => {
  const { host, verdicts } = await openHost({ reference: { first: 1_000 }, windows: [{ rows: 600 }] });
  await host.chunk(chunkOf(embedded(1_000, 5)));
  await host.chunk(chunkOf(embedded(600, 6), { start: START + 2e6 }));
  await host.chunk(chunkOf(embedded(600, 7, 0.7), { start: START + 3e6 }));
  await host.flush();
  expect(ratings(verdicts).map(([, rating]) => rating === 'drift')).toEqual([false, true]);
});
