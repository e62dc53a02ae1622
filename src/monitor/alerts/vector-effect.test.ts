// SPDX-License-Identifier: Apache-2.0
/** Alerts about embeddings: by the statistics that the verdict combines. */
import { expect, test } from 'vitest';
import { fitEmbedding } from '../../baseline/embedding/fit.js';
import { clusters } from '../../baseline/embedding/testing/clusters.js';
import type { EmbeddingFrame, Frame } from '../../baseline/frame.js';
import { partOf } from '../../distances/embedding/testing/embeddings.js';
import { cpuLinearKernels as linear } from '../../kernels/cpu/vectors/vectors.js';
import { randomStream } from '../../kernels/random-stream.js';
import type { Profile } from '../../profile/parts.js';
import { emptyTable } from '../../profile/table.js';
import { INDEPENDENT } from '../../verdict/hypotheses/hypothesis.js';
import type { Alert } from '../alert.js';
import { AlertBook } from './alert-book.js';
import { countAll } from './counts.js';
import { planQuestions } from './questions.js';
import { aimedEffect, aimOf } from './vector-effect.js';

const D = 8;
const ROWS = 300;
const MINUTE = 60_000;

/** A frame of one embedding, and profiles of rows by it. Every window is taken for drifting. */
async function world(seed: number, reference?: Float32Array) {
  const draw = clusters(D, seed);
  const rows = reference ?? draw(2_000);
  const embedding = await fitEmbedding(rows, { dimension: D, seed, linear, frequencies: 32 });
  const frame: Frame = {
    schema: [],
    features: [{ name: 'vector', kind: 'embedding', role: 'input', frame: embedding }],
    table: { orders: [], joint: [], jointRanks: [] },
    windowing: null,
    id: `vectors ${seed}`,
  };
  const profileOf = async (of: Float32Array): Promise<Profile> => ({
    frameId: frame.id,
    rows: of.length / D,
    skipped: 0,
    parts: new Map([['vector', await partOf(embedding, of)]]),
    table: emptyTable(frame),
  });
  return { draw, frame, reference: await profileOf(rows), profileOf };
}

type World = Awaited<ReturnType<typeof world>>;

async function told({ frame, reference, profileOf }: World, windows: readonly Float32Array[]) {
  const book = new AlertBook({});
  const alerts: Alert[] = [];
  for (const [at, rows] of windows.entries()) {
    const current = await profileOf(rows);
    const window = { id: `${at}`, spec: '300 rows', start: at * MINUTE, end: (at + 1) * MINUTE, rows: ROWS };
    const own = { name: 'vector', role: 'input', rating: 'drift', metric: 'none', sentence: '', delta: NaN };
    const verdict = {
      window: { ...window, skipped: 0, late: 0, version: '' },
      rating: 'drift',
      sentence: '',
      features: [own],
      checks: [],
      reference: { label: 'reference', rows: reference.rows },
    } as unknown as Parameters<AlertBook['judge']>[0]['verdict'];
    alerts.push(...book.judge({ verdict, frame, reference, current, blocks: [current], overlap: 0 }));
  }
  return alerts;
}

const times = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

test('no window of unchanged vectors is told', async () => {
  for (const seed of [1, 2]) {
    const found = await world(seed);
    expect(
      await told(
        found,
        times(50, () => found.draw(ROWS)),
      ),
    ).toEqual([]);
  }
});

test('a visitor who stays for several windows is not told', async () => {
  const found = await world(3);
  const { normal } = randomStream(5);
  const stays = times(16, () => times(D, () => 0.5 * normal()));
  const windows = times(48, (at) => {
    const own = stays[Math.floor(at / 3)]!;
    return found.draw(ROWS).map((value, i) => value + own[i % D]! * (1 + (i % D)) ** -0.5);
  });
  expect(await told(found, windows)).toEqual([]);
});

/** Rows of visitors who bring 300 to 1,500 of them each, in a row. */
function stayingRows(seed: number): (count: number) => Float32Array {
  const draw = clusters(D, seed);
  const { normal, uniform } = randomStream(seed + 100);
  let left = 0;
  let own: readonly number[] = [];
  return (count) => {
    const rows = draw(count);
    for (let row = 0; row < count; row++) {
      if (left-- <= 0) {
        left = Math.floor(300 + 1_200 * uniform());
        own = times(D, (j) => 0.7 * normal() * (1 + j) ** -0.5);
      }
      for (let j = 0; j < D; j++) rows[row * D + j]! += own[j]!;
    }
    return rows;
  };
}

test('nor visitors of whom each stays, held against a reference of few of them', async () => {
  for (const seed of [1, 2, 3, 4]) {
    const next = stayingRows(seed);
    const found = await world(seed, next(2_000));
    expect(
      await told(
        found,
        times(60, () => next(ROWS)),
      ),
    ).toEqual([]);
  }
});

test('windows that are judged do not tell how windows differ: forty others are waited for', async () => {
  const { draw, ...found } = await world(4);
  const moved = (count: number) => times(count, () => draw(ROWS, { shift: 1.2 }));
  const still = (count: number) => times(count, () => draw(ROWS));
  expect(await told({ draw, ...found }, [...still(30), ...moved(12)])).toEqual([]);
  expect(await told({ draw, ...found }, [...still(40), ...moved(4)])).toHaveLength(1);
});

test('what a small reference lies off by its own chance is no effect where visitors may stay', async () => {
  const { draw, frame, profileOf } = await world(6);
  const { frame: embedding } = frame.features[0] as { frame: EmbeddingFrame };
  const certainty = { noise: INDEPENDENT, level: 0.01 };
  const sums = { apart: 0, off: 0 };
  for (let i = 0; i < 12; i++) {
    const reference = await profileOf(draw(60));
    const plan = planQuestions(frame, reference);
    const counted = (profile: Profile) =>
      Float32Array.from(countAll(plan, frame, { profile, reference, holdsFitted: false }));
    const slots = await Promise.all(times(11, async () => counted(await profileOf(draw(1_000)))));
    const units = slots.map((own, sequence) => ({
      ...{ sequence, start: 0, end: 1, weight: 1 },
      slots: own,
      quiet: Uint8Array.of(0),
    }));
    const question = plan.features[0]!.questions.find(({ of }) => of === 'fourier')!;
    const known = { units, embedding, reference: counted(reference) };
    const effectOf = (mayStay: boolean): number => {
      const aim = aimOf(known, question, { first: 0, mayStay })!;
      return aimedEffect(question, { ...aim, reference: known.reference }, certainty).value;
    };
    sums.apart += effectOf(false);
    sums.off += effectOf(true);
  }
  expect(sums.apart / 12).toBeGreaterThan(0.1);
  expect(sums.off).toBeLessThan(0.2 * sums.apart);
});

test.each([
  { what: 'a shift along the direction of least spread', change: { faint: 1.2 } },
  { what: 'a spread that grows', change: { scale: 1.3 } },
  { what: 'a new cluster', change: { fresh: 0.25 } },
])('$what is told within 12 windows, and is over', async ({ change }) => {
  const found = await world(4);
  const windows = [
    ...times(40, () => found.draw(ROWS)),
    ...times(12, () => found.draw(ROWS, change)),
    ...times(14, () => found.draw(ROWS)),
  ];
  const alerts = await told(found, windows);
  expect(alerts.map(({ state }) => state)).toEqual(['raised', 'recovered']);
  expect(alerts[0]!.at).toBeGreaterThanOrEqual(42 * MINUTE);
  expect(alerts[0]!.at).toBeLessThanOrEqual(52 * MINUTE);
  expect(alerts[0]!.value).toBeGreaterThan(alerts[0]!.threshold);
  expect(alerts[0]!.sentence).toMatch(/^vector: /);
});
