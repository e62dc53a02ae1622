// SPDX-License-Identifier: Apache-2.0
/** Made-up rows of 30 numbers and 5 categories, and a baseline file of them. */
import { FrameBuilder } from '../../../src/baseline/frame-builder.js';
import type { Batch } from '../../../src/columns/batch.js';
import type { Column } from '../../../src/columns/column.js';
import { cpuKernels } from '../../../src/kernels/cpu/cpu.js';
import { encodeBaseline } from '../../../src/profile/baseline-file.js';
import { Profiler } from '../../../src/profile/profile.js';

export const NUMBERS = Array.from({ length: 30 }, (_, i) => `number ${i}`);
export const CATEGORIES = Array.from({ length: 5 }, (_, i) => `category ${i}`);
const WORDS = ['red', 'green', 'blue', 'white', 'black', 'grey', 'pink', 'brown'];

/** The same numbers every time (a linear congruential generator). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}

/** Row-major, one bell-shaped number a cell. */
export function matrixOf(rows: number, seed: number): Float32Array<ArrayBuffer> {
  const random = randomOf(seed);
  return Float32Array.from({ length: rows * NUMBERS.length }, () => random() + random() + random() - 1.5);
}

export function columnsOf(
  rows: number,
  seed: number,
  withCategories: boolean,
): Record<string, Float32Array | string[]> {
  const matrix = matrixOf(rows, seed);
  const random = randomOf(seed + 1);
  const columns: Record<string, Float32Array | string[]> = {};
  NUMBERS.forEach((name, c) => {
    columns[name] = Float32Array.from({ length: rows }, (_, r) => matrix[r * NUMBERS.length + c]);
  });
  if (withCategories)
    for (const name of CATEGORIES)
      columns[name] = Array.from({ length: rows }, () => WORDS[Math.floor(random() ** 2 * WORDS.length)]);
  return columns;
}

export function objectsOf(rows: number, seed: number): Record<string, number>[] {
  const matrix = matrixOf(rows, seed);
  return Array.from({ length: rows }, (_, r) =>
    Object.fromEntries(NUMBERS.map((name, c) => [name, matrix[r * NUMBERS.length + c]])),
  );
}

export function baselineOf(rows: number, withCategories: boolean): ArrayBuffer {
  const columns = new Map<string, Column>(
    Object.entries(columnsOf(rows, 1, withCategories)).map(([name, values]) => [
      name,
      values instanceof Float32Array
        ? { type: 'number', values, status: null }
        : {
            type: 'string',
            codes: Int32Array.from(values, (word) => WORDS.indexOf(word)),
            dictionary: WORDS,
          },
    ]),
  );
  const batch: Batch = { rows, columns };
  const builder = new FrameBuilder([...columns].map(([name, { type }]) => ({ name, type })));
  builder.add(batch);
  const frame = builder.finish();
  const profiler = new Profiler(frame, cpuKernels);
  profiler.add(batch);
  return encodeBaseline({
    name: 'made up',
    createdBy: 'bench',
    frame,
    profile: profiler.profile,
    windows: [],
  });
}
