// SPDX-License-Identifier: Apache-2.0
/** Every backend that measures rows against the cpu twin. Run in Node and in Chromium by the files that import it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { cpuVectorKernels } from '../cpu/vectors/vectors.js';
import type { VectorKernels, VectorPartial, VectorPlan } from '../vectors.js';
import { boundsOf, type Precision, WASM_PRECISION } from './vector-bounds.js';
import { ROW_SHAPES, vectorPlan, vectorRows } from './vector-rows.js';

const FEW = Array.from({ length: 34 }, (_, n) => n);
const SIZES = [
  ...[1, 2, 3, 5].map((d) => ({ d, lengths: [...FEW, 1_000] })),
  { d: 64, lengths: [0, 1, 3, 4, 31, 33, 64, 65, 1_000] },
  { d: 100, lengths: [1, 2, 7, 33, 130] },
  { d: 384, lengths: [1, 5, 70] },
  { d: 768, lengths: [1, 6, 67] },
  { d: 10_000, lengths: [2] },
];

export interface VectorParityOptions {
  readonly precision?: Precision;
  /** Shapes of rows that are tried. */
  readonly shapes?: readonly string[];
}

export function vectorParityOf(
  name: VectorKernels['name'],
  start: () => Promise<VectorKernels>,
  { precision = WASM_PRECISION, shapes = Object.keys(ROW_SHAPES) }: VectorParityOptions = {},
): void {
  describe(`${name} measures rows as the cpu does`, () => {
    let kernels: VectorKernels;
    beforeAll(async () => {
      kernels = await start();
      expect(kernels.name).toBe(name);
    });

    /** Rows in one piece, or in pieces of the given lengths, each given with room to spare. */
    async function measured(plan: VectorPlan, pieces: readonly Float32Array[]): Promise<VectorPartial> {
      const meter = kernels.prepare(plan);
      const sums = meter.open();
      for (const piece of pieces) {
        await sums.room();
        sums.add(piece);
      }
      const partial = await sums.take();
      sums.close();
      meter.close();
      return partial;
    }

    async function expectParity(
      plan: VectorPlan,
      rows: Float32Array,
      place: string,
      summed = false,
    ): Promise<void> {
      const before = rows.slice();
      expectClose({ plan, rows, precision, place, summed, actual: await measured(plan, [rows]) });
      expect(rows, `${place}: the rows changed`).toEqual(before);
    }

    test.each(SIZES)('$d dimensions', { timeout: 60_000 }, async ({ d, lengths }) => {
      const plan = vectorPlan(d);
      for (const n of lengths) {
        await expectParity(plan, vectorRows('bell', { n, d, seed: n + 1 }), `${n} rows of ${d}`);
      }
    });

    test.each(shapes)('rows: %s', { timeout: 60_000 }, async (shape) => {
      for (const [d, n] of [
        [1, 40],
        [3, 33],
        [64, 70],
        [100, 20],
      ] as const) {
        const rows = vectorRows(shape, { n, d, seed: d, offset: 1 });
        await expectParity(vectorPlan(d), rows, `${n} rows of ${d}, ${shape}`);
      }
    });

    test('many rows', { timeout: 60_000 }, async () => {
      await expectParity(vectorPlan(5), vectorRows('bell', { n: 5_003, d: 5, seed: 3 }), '5,003 rows');
    });

    test.each(shapes)('more rows at a time than dimensions: %s', { timeout: 60_000 }, async (shape) => {
      for (const [d, k, n] of [
        [64, 64, 300],
        [75, 70, 411],
      ] as const) {
        const rows = vectorRows(shape, { n, d, seed: d, offset: 1 });
        await expectParity(vectorPlan(d, { k }), rows, `${n} rows of ${d}, ${shape}`, true);
      }
    });

    test.each([1, 16, 64, 65, 200, 513])('%i frequencies', async (count) => {
      for (const d of [3, 64, 300]) {
        const rows = vectorRows('bell', { n: 9, d, seed: count });
        await expectParity(vectorPlan(d, { count }), rows, `${count} frequencies of ${d}`);
      }
    });

    test.each([0, 1, 8, 9, 64])('%i directions', async (k) => {
      const rows = vectorRows('bell', { n: 9, d: 64, seed: k });
      await expectParity(vectorPlan(64, { k }), rows, `${k} directions`);
    });

    test.each([1e-35, 1e-3, 1e4, 1e33])('bandwidth %d', async (bandwidth) => {
      const rows = vectorRows('bell', { n: 9, d: 5, seed: 2 }).map((value) => value * bandwidth);
      await expectParity(vectorPlan(5, { bandwidth }), rows, `bandwidth ${bandwidth}`);
    });

    test('pieces add to the whole, in any lengths', async () => {
      const d = 12;
      const plan = vectorPlan(d);
      const rows = vectorRows('some not finite', { n: 230, d, seed: 8 });
      const ends = [0, 1, 1, 70, 71, 199, 230];
      const pieces = ends.slice(1).map((end, i) => rows.subarray(ends[i]! * d, end * d));
      const actual = await measured(plan, pieces);
      expectClose({ plan, rows, precision, place: 'pieces', actual });
    });

    test('a take starts anew; windows of one meter do not mix; nothing adds to nothing', async () => {
      const d = 7;
      const plan = vectorPlan(d);
      const [a, b] = [1, 2].map((seed) => vectorRows('bell', { n: 90, d, seed }));
      const meter = kernels.prepare(plan);
      const [first, second] = [meter.open(), meter.open()];
      first.add(a!);
      second.add(b!);
      expectClose({ plan, rows: a!, precision, place: 'first', actual: await first.take() });
      first.add(b!);
      expectClose({ plan, rows: b!, precision, place: 'again', actual: await first.take() });
      expectClose({ plan, rows: b!, precision, place: 'second', actual: await second.take() });
      const empty = await first.take();
      expect(empty).toEqual(await cpuVectorKernels.prepare(plan).open().take());
      first.close();
      second.add(a!);
      expectClose({ plan, rows: a!, precision, place: 'after a close', actual: await second.take() });
      second.close();
      meter.close();
    });

    test('rows may be changed after `add`', async () => {
      const plan = vectorPlan(5);
      const rows = vectorRows('bell', { n: 50, d: 5, seed: 4 });
      const given = rows.slice();
      const meter = kernels.prepare(plan);
      const sums = meter.open();
      sums.add(given);
      given.fill(9);
      expectClose({ plan, rows, precision, place: 'changed', actual: await sums.take() });
      meter.close();
    });

    test('a plan whose lengths contradict each other is refused', () => {
      const plan = vectorPlan(5);
      expect(() => kernels.prepare({ ...plan, center: new Float32Array(4) })).toThrow(/center/);
      expect(() => kernels.prepare({ ...plan, normCuts: Float32Array.of(2, 1) })).toThrow(/increasing/);
    });
  });
}

function expectClose({
  plan,
  rows,
  precision,
  place,
  actual,
  summed = false,
}: {
  plan: VectorPlan;
  rows: Float32Array;
  precision: Precision;
  place: string;
  actual: VectorPartial;
  summed?: boolean;
}): void {
  const sums = cpuVectorKernels.prepare(plan).open();
  sums.add(rows);
  const expected = sums.take() as VectorPartial;
  const bounds = boundsOf(plan, rows, precision, { summed });
  for (const key of ['rows', 'nonFinite', 'zero', 'constant'] as const) {
    expect(actual[key], `${place}: ${key}`).toBe(expected[key]);
  }
  within(
    actual.fourier,
    expected.fourier,
    (j) => bounds.fourier[j % bounds.fourier.length]!,
    `${place}: fourier`,
  );
  within(actual.sums, expected.sums, (j) => bounds.sums[j]!, `${place}: sums`);
  within(actual.squares, expected.squares, (j) => bounds.squares[j]!, `${place}: squares`);
  expect(actual.drawn.length).toBe(expected.drawn.length);
  expected.drawn.forEach((counts, j) => {
    expectCounts(actual.drawn[j]!, counts, bounds.drawn[j]!, `${place}: drawn ${j}`);
  });
  expectCounts(actual.norms, expected.norms, bounds.norms, `${place}: norms`);
  within([actual.normSum], [expected.normSum], () => bounds.normSum, `${place}: normSum`);
  within([actual.normSquares], [expected.normSquares], () => bounds.normSquares, `${place}: normSquares`);
}

function within(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  bound: (index: number) => number,
  place: string,
): void {
  expect(actual.length, place).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (Math.abs(actual[i]! - expected[i]!) <= bound(i) + 1e-12 * Math.abs(expected[i]!)) continue;
    expect.fail(`${place}[${i}] is ${actual[i]}, expected ${expected[i]} to ${bound(i)}`);
  }
}

/** Equal, but for `near` values that may lie in a neighbouring bin. */
function expectCounts(actual: Float64Array, expected: Float64Array, near: number, place: string): void {
  expect(actual.length, place).toBe(expected.length);
  let moved = 0;
  let all = 0;
  for (let i = 0; i < expected.length; i++) {
    moved += Math.abs(actual[i]! - expected[i]!);
    all += actual[i]! - expected[i]!;
  }
  expect(all, `${place}: total`).toBe(0);
  expect(moved, `${place}: in other bins`).toBeLessThanOrEqual(2 * near);
}
