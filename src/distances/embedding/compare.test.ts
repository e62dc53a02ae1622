// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, test } from 'vitest';
import { fitEmbedding } from '../../baseline/embedding/fit.js';
import type { EmbeddingFrame } from '../../baseline/frame.js';
import { randomStream } from '../../kernels/random-stream.js';
import { createWasmVectorKernels } from '../../kernels/wasm/vectors.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import { compareEmbedding } from './compare.js';
import { clusters, fashion, partOf as measured } from './testing/embeddings.js';

const { linear, vectors } = await createWasmVectorKernels();
const partOf = (frame: EmbeddingFrame, rows: Float32Array) => measured(frame, rows, vectors);

const D = 16;
const draw = clusters(D, 21);
const rows = draw(3_000);
const level = 0.01;
let frame: EmbeddingFrame;
let reference: EmbeddingPart;

beforeAll(async () => {
  frame = await fitEmbedding(rows, { dimension: D, seed: 1, linear, frequencies: 64 });
  reference = await partOf(frame, rows);
});

const against = async (current: Float32Array, more: { withRows?: Float32Array } = {}) =>
  compareEmbedding({
    frame,
    reference,
    current: await partOf(frame, current),
    level,
    seed: 1,
    linear,
    ...(more.withRows ? { rows: { reference: more.withRows, current } } : {}),
  });

function numbers(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(numbers);
  return [];
}

describe('from sums', () => {
  test('nothing between equal sides', async () => {
    const { distances, facts } = await against(rows);
    for (const name of [
      'fourierMmdWhitened',
      'principalMoments',
      'frechet',
      'euclidean',
      'slicedWasserstein',
    ] as const)
      expect(distances[name]!.value).toBeLessThan(name === 'principalMoments' ? 0.05 : 1e-6);
    expect(distances.combined).toMatchObject({ value: 0, low: 0 });
    expect(distances.combined!.pValue).toBeGreaterThan(0.5);
    expect(distances.fourierMmd!.value).toBeLessThanOrEqual(0);
    expect(facts.spread).toBeCloseTo(1, 9);
  });

  test('symmetric where the definition is', async () => {
    const other = draw(900, { shift: 0.4 });
    const part = await partOf(frame, other);
    const swap = { frame, level, seed: 1, linear, holdsFitted: false };
    const { distances: a } = await compareEmbedding({ ...swap, reference, current: part });
    const { distances: b } = await compareEmbedding({ ...swap, reference: part, current: reference });
    for (const name of ['fourierMmd', 'principalMoments', 'frechet', 'cosine', 'euclidean'] as const)
      expect(b[name]!.value).toBeCloseTo(a[name]!.value, 9);
    const plain = { frame, level, seed: 1, linear };
    const { distances: c } = await compareEmbedding({ ...plain, reference, current: part });
    const { distances: d } = await compareEmbedding({ ...plain, reference: part, current: reference });
    expect(d.fourierMmdWhitened!.value).toBeCloseTo(c.fourierMmdWhitened!.value, 9);
  });

  test('a growing shift grows in every distance', async () => {
    let before: Record<string, number> = {};
    for (const shift of [0.3, 0.6, 1.2, 2.4]) {
      const { distances } = await against(draw(1_500, { shift }));
      for (const name of [
        'fourierMmd',
        'fourierMmdWhitened',
        'principalMoments',
        'combined',
        'frechet',
        'euclidean',
        'slicedWasserstein',
        'projectionKolmogorovSmirnov',
      ] as const) {
        const { value } = distances[name]!;
        expect(value).toBeGreaterThan(before[name] ?? 0);
        before = { ...before, [name]: value };
      }
    }
  });

  test.each([
    ['a shift along the widest axis', { shift: 0.5 }],
    ['a shift along the narrowest', { faint: 0.5 }],
    ['more spread', { scale: 1.1 }],
    ['a new cluster', { fresh: 0.15 }],
  ])('%s is seen, with an interval round the effect', async (_, change) => {
    const { distances, facts } = await against(draw(2_000, change));
    const { value, low, high, pValue, details } = distances.combined!;
    expect(pValue).toBeLessThan(level);
    expect(low!).toBeGreaterThan(0);
    expect(low!).toBeLessThan(value);
    expect(high!).toBeGreaterThan(value);
    expect(Math.max(...Object.values(details!))).toBe(value);
    expect(facts.null.kind).toBe('held-out');
  });

  test('the effect of a known shift', async () => {
    // Of all rows by s deviations along one of k components: Δ = s², tr M² about k(1 + ½·…): the effect is near s/k^¼.
    const big = draw(40_000, { faint: 0.5 });
    const { distances } = await against(big);
    expect(distances.combined!.details!.principalMoments).toBeGreaterThan(0.15);
    expect(distances.combined!.details!.principalMoments).toBeLessThan(0.5);
  });

  test('rows that were fitted on are left out of the components; of a reference of other rows nothing is', async () => {
    const current = await partOf(frame, draw(500));
    const base = { frame, reference, current, level, seed: 1, linear };
    const a = await compareEmbedding(base);
    const b = await compareEmbedding({ ...base, holdsFitted: false });
    expect(a.distances.principalMoments!.value).not.toBe(b.distances.principalMoments!.value);
    expect(a.distances.fourierMmd!.value).toBe(b.distances.fourierMmd!.value);
    expect(b.distances).not.toHaveProperty('fourierMmdWhitened');
  });

  test('a reference of other rows that lie elsewhere: rows like its own are no drift', async () => {
    let found = 0;
    for (let i = 0; i < 12; i++) {
      const [production, current] = [draw(4_000, { shift: 0.5 }), draw(600, { shift: 0.5 })];
      const { distances } = await compareEmbedding({
        frame,
        reference: await partOf(frame, production),
        current: await partOf(frame, current),
        level,
        seed: 1,
        linear,
        holdsFitted: false,
      });
      if (distances.combined!.pValue! < level) found++;
    }
    expect(found).toBeLessThan(2);
  });
});

describe('with rows', () => {
  test('few reference rows are permuted, and an alarm names the rows', async () => {
    const few = draw(150);
    const small = await fitEmbedding(few, { dimension: D, seed: 1, linear, frequencies: 32 });
    const current = new Float32Array(150 * D);
    current.set(draw(100));
    // The last fifty are of another kind.
    current.set(draw(50, { shift: 5 }), 100 * D);
    const { distances, facts } = await compareEmbedding({
      frame: small,
      reference: await partOf(small, few),
      current: await partOf(small, current),
      rows: { reference: few, current },
      level,
      seed: 1,
      linear,
    });
    expect(facts.null.kind).toBe('permutation');
    expect(distances.combined!.pValue!).toBeLessThan(level);
    expect(distances.mmd!.pValue!).toBeLessThan(level);
    expect(distances.classifier!.value).toBeGreaterThan(0.55);
    const newest = facts.typical!.newest.slice(0, 20);
    expect(newest.filter(({ index }) => index >= 100).length).toBeGreaterThan(15);
    const { newer, older } = facts.typical!.witness.current;
    expect(newer[0]!.index).toBeGreaterThanOrEqual(100);
    expect(newer[0]!.value).toBeGreaterThan(older[0]!.value);
  });

  test('without an alarm there is no classifier', async () => {
    const { distances, facts } = await against(draw(200), { withRows: rows });
    expect(distances.classifier).toBeUndefined();
    expect(facts.typical).toBeUndefined();
    expect(distances.mmd!.pValue!).toBeGreaterThan(level);
    expect(distances.euclidean!.exact).toBe(true);
  });

  test('row numbers are those of the rows as given, with rows that are not finite in between', async () => {
    const current = draw(400, { shift: 3 });
    current.fill(Number.NaN, 0, 100 * D);
    const { facts } = await against(current, { withRows: rows });
    expect(facts.typical!.newest.every(({ index }) => index >= 100 && index < 400)).toBe(true);
    expect(facts.notes.some((note) => note.startsWith('100 current rows'))).toBe(true);
  });
});

describe('random frequencies against all pairs', () => {
  test.each([1, 2, 3, 4])('seed %i: close on clusters, D = 512', async (seed) => {
    const d = 64;
    const make = clusters(d, 300 + seed);
    const [a, b] = [make(1_000), make(600, { shift: 1.2, scale: 1.1 })];
    const fitted = await fitEmbedding(a, { dimension: d, seed, linear });
    const { distances } = await compareEmbedding({
      frame: fitted,
      reference: await partOf(fitted, a),
      current: await partOf(fitted, b),
      rows: { reference: a, current: b },
      level,
      seed: 1,
      linear,
    });
    expect(distances.mmd!.value).toBeGreaterThan(0.01);
    expect(Math.abs(distances.fourierMmd!.value / distances.mmd!.value - 1)).toBeLessThan(0.04);
  });

  const real = fashion('fashion_a');
  test.skipIf(real === undefined)(
    'close on real embeddings, D = 512 (skipped where they do not lie beside the project)',
    async () => {
      const fitted = await fitEmbedding(real!, { dimension: 1_280, seed: 1, linear });
      const { exactMmd } = await import('./exact-mmd.js');
      for (const name of ['mnist_a', 'fashion_noise20'] as const) {
        const other = fashion(name)!;
        const { distances } = await compareEmbedding({
          frame: fitted,
          reference: await partOf(fitted, real!),
          current: await partOf(fitted, other),
          level,
          seed: 1,
          linear,
        });
        const exact = await exactMmd({
          rows: { reference: real!, current: other },
          dimension: 1_280,
          bandwidth: fitted.bandwidth,
          linear,
          seed: 1,
          draws: 19,
        });
        expect(exact!.value).toBeGreaterThan(0.01);
        expect(Math.abs(distances.fourierMmd!.value / exact!.value - 1)).toBeLessThan(0.04);
      }
    },
  );
});

describe('whatever the rows are', () => {
  const { normal } = randomStream(4);
  const random = (n: number, d: number, offset = 0) =>
    Float32Array.from({ length: n * d }, () => normal() + offset);
  const zeros = (n: number, d: number) => new Float32Array(n * d);
  test.each<[string, number, Float32Array, Float32Array]>([
    ['no reference row', 4, zeros(0, 4), random(20, 4)],
    ['no current row', 4, random(200, 4), zeros(0, 4)],
    ['one current row', 4, random(200, 4), random(1, 4)],
    ['one row a side', 4, random(1, 4), random(1, 4)],
    ['two rows a side', 4, random(2, 4), random(2, 4)],
    ['one dimension', 1, random(300, 1), random(100, 1, 0.5)],
    ['zeros on both sides', 4, zeros(200, 4), zeros(100, 4)],
    ['zeros against rows', 4, zeros(200, 4), random(100, 4)],
    ['rows against zeros', 4, random(200, 4), zeros(100, 4)],
    ['a constant column', 3, random(300, 3).map((x, i) => (i % 3 ? x : 2)), random(100, 3)],
    ['fewer rows than dimensions', 100, random(80, 100), random(30, 100)],
    ['offsets', 4, random(300, 4, 500), random(100, 4, 500)],
    ['huge numbers', 4, random(300, 4).map((x) => x * 1e15), random(100, 4)],
  ])('%s: a result or a reason, never NaN', async (_, d, a, b) => {
    const fitted = await fitEmbedding(a, { dimension: d, seed: 1, linear, frequencies: 16 });
    const sides = { reference: await partOf(fitted, a), current: await partOf(fitted, b) };
    for (const given of [{}, { rows: { reference: a, current: b } }]) {
      const result = await compareEmbedding({ frame: fitted, ...sides, level, seed: 1, linear, ...given });
      expect(numbers(result).every((value) => Number.isFinite(value))).toBe(true);
      for (const { pValue = 0.5 } of Object.values(result.distances)) {
        expect(pValue).toBeGreaterThanOrEqual(0);
        expect(pValue).toBeLessThanOrEqual(1);
      }
      expect(result.facts.null.reason.length).toBeGreaterThan(10);
    }
  });

  test('a reference of equal rows: what differs is told by chance alone', async () => {
    const a = Float32Array.from({ length: 400 }, (_, i) => (i % 4) + 1);
    const fitted = await fitEmbedding(a, { dimension: 4, seed: 1, linear, frequencies: 16 });
    const part = await partOf(fitted, a);
    const pOf = async (current: Float32Array) => {
      const input = {
        frame: fitted,
        reference: part,
        current: await partOf(fitted, current),
        level,
        seed: 1,
        linear,
      };
      return (await compareEmbedding(input)).distances.combined!.pValue!;
    };
    expect(await pOf(a.slice(0, 40))).toBeGreaterThan(0.9);
    expect(await pOf(a.slice(0, 40).map((x) => x + 3))).toBeLessThan(1e-3);
    const odd = a.slice(0, 40);
    odd[0] = 9;
    expect(await pOf(odd)).toBeGreaterThan(0.05);
  });
});
