// SPDX-License-Identifier: Apache-2.0
/** The parity suite: every backend against the cpu twin. Run in Node and in Chromium by the two files that import it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { cpuKernels } from '../cpu/cpu.js';
import type { Kernels, Numbers } from '../kernels.js';
import { column, cutsFor, mixed, SHAPES, type Width } from './samples.js';

const LENGTHS = [...Array.from({ length: 34 }, (_, n) => n), 1_000, 100_003];
const SHAPE_NAMES = Object.keys(SHAPES);
const VARIANTS = (['f32', 'f64'] as const).flatMap((width) => [0, 1].map((offset) => ({ width, offset })));

export function parityOf(name: Kernels['name'], start: () => Promise<Kernels>): void {
  describe(`${name} agrees with cpu`, () => {
    let kernels: Kernels;
    beforeAll(async () => {
      kernels = await start();
      expect(kernels.name).toBe(name);
    });

    test.each(VARIANTS)('moments, $width at offset $offset', ({ width, offset }) => {
      eachColumn(width, offset, (values, place) => {
        for (const shift of [0, 0.37, 1e6]) {
          const actual = kernels.moments(values, shift);
          const expected = cpuKernels.moments(values, shift);
          expect({ ...actual, sums: 0 }, place).toStrictEqual({ ...expected, sums: 0 });
          for (let power = 1; power <= 4; power++) {
            const bound = () => absoluteSum(values, (value) => Math.abs(value - shift) ** power);
            expectClose(
              actual.sums[power - 1]!,
              expected.sums[power - 1]!,
              bound,
              `${place}, power ${power}`,
            );
          }
        }
      });
    });

    test.each(VARIANTS)('histogram, $width at offset $offset', ({ width, offset }) => {
      eachColumn(width, offset, (values, place, seed) => {
        for (const count of [0, 1, 7, 150]) {
          const cuts = cutsFor(values, count, seed);
          const actual = kernels.histogram(values, kernels.prepareCuts(cuts));
          const expected = cpuKernels.histogram(values, cpuKernels.prepareCuts(cuts));
          expect(actual.counts, `${place}, ${cuts.length} cuts`).toStrictEqual(expected.counts);
          const bound = () => absoluteSum(values, Math.abs);
          for (let bin = 0; bin < expected.sums.length; bin++) {
            expectClose(actual.sums[bin]!, expected.sums[bin]!, bound, `${place}, bin ${bin}`);
          }
        }
      });
    });

    test.each([0, 1])('codes at offset %i', (offset) => {
      for (const n of LENGTHS) {
        for (const size of [0, 1, 5, 300]) {
          const codes = new Int32Array(n + offset).subarray(offset);
          for (let i = 0; i < n; i++) codes[i] = (mixed(i, n) % (size + 4)) - 2;
          if (n > 3) codes.set([-(2 ** 31), 2 ** 31 - 1], 1);
          const place = `${n} codes of ${size}`;
          expect(kernels.codes(codes, size), place).toStrictEqual(cpuKernels.codes(codes, size));
        }
      }
    });

    test.each(VARIANTS)('sort, $width at offset $offset', ({ width, offset }) => {
      eachColumn(width, offset, (values, place) => {
        const before = values.slice();
        expectSameValues(kernels.sort(values), cpuKernels.sort(values), place);
        expectSameValues({ values, nan: 0 }, { values: before, nan: 0 }, `${place}: the input changed`);
      });
    });

    test.each(VARIANTS)('cdf, $width at offset $offset', ({ width, offset }) => {
      eachColumn(width, offset, (values, place, seed) => {
        const reference = cpuKernels.sort(values).values;
        for (const shape of [
          SHAPE_NAMES[seed % SHAPE_NAMES.length]!,
          'signed',
          'special values',
          'many ties',
        ]) {
          const m = values.length > 1_000 ? 30_011 : (mixed(seed, values.length) % 40) + 1;
          const current = cpuKernels.sort(column(shape, m, width, seed + 100, offset)).values;
          const where = `${place} against ${m} of ${shape}`;
          const actual = kernels.cdf(reference, current);
          const expected = cpuKernels.cdf(reference, current);
          for (const key of ['above', 'aboveAt', 'below', 'belowAt', 'distinct'] as const) {
            expect(actual[key], `${where}: ${key}`).toBe(expected[key]);
          }
          for (const key of ['wasserstein', 'cramer', 'cramerVonMises', 'andersonDarling'] as const) {
            expectClose(actual[key], expected[key], () => Math.abs(expected[key]), `${where}: ${key}`);
          }
        }
      });
    });
  });
}

function eachColumn(
  width: Width,
  offset: number,
  check: (values: Numbers, place: string, seed: number) => void,
): void {
  for (const shape of SHAPE_NAMES) {
    for (const n of LENGTHS)
      check(column(shape, n, width, n + 1, offset), `${n} ${width} of ${shape}`, n + 1);
  }
}

function absoluteSum(values: Numbers, size: (value: number) => number): number {
  let sum = 0;
  for (const value of values) if (Number.isFinite(value)) sum += size(value);
  return sum;
}

/** Equal to rounding: 1e-12 of `bound`, the sum of what was added. A sum whose parts leave f64 depends on their order. */
function expectClose(actual: number, expected: number, bound: () => number, place: string): void {
  if (Object.is(actual, expected)) return;
  const size = bound();
  if (size === Number.POSITIVE_INFINITY && expected !== size) return;
  if (!(Math.abs(actual - expected) <= 1e-12 * size)) expect(actual, place).toBe(expected);
}

function expectSameValues(
  actual: { values: Numbers; nan: number },
  expected: { values: Numbers; nan: number },
  place: string,
): void {
  expect(actual.nan, place).toBe(expected.nan);
  expect(actual.values.length, place).toBe(expected.values.length);
  for (let i = 0; i < expected.values.length; i++) {
    if (!Object.is(actual.values[i], expected.values[i])) {
      expect(actual.values[i], `${place}, element ${i}`).toBe(expected.values[i]);
    }
  }
}
