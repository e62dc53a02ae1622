// SPDX-License-Identifier: Apache-2.0
// What the studies of embeddings share: functions of the compiled tree (DRIFTGLASS_DIST names another one), rows, profiles.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = pathToFileURL(
  `${resolve(process.env.DRIFTGLASS_DIST ?? new URL('../../dist', import.meta.url).pathname)}/`,
);
const load = (path) => import(new URL(path, dist).href);

export const { fitEmbedding } = await load('baseline/embedding/fit.js');
export const { rowsAt } = await load('baseline/embedding/rows.js');
export const { compareEmbedding } = await load('distances/embedding/compare.js');
export const { exactMmd } = await load('distances/embedding/exact-mmd.js');
export const { typicalRows } = await load('distances/embedding/typical.js');
export const { randomStream } = await load('kernels/random-stream.js');
export const { kolmogorovSmirnovP } = await load('distances/kolmogorov-smirnov.js');
const { createWasmVectorKernels } = await load('kernels/wasm/vectors.js');
const { addPartial, emptyEmbedding, vectorPlan } = await load('profile/embedding.js');
export const { linear, vectors } = await createWasmVectorKernels();

/** The profile of rows. */
export async function partOf(frame, rows) {
  const part = emptyEmbedding(frame);
  const meter = vectors.prepare(vectorPlan(frame));
  const sums = meter.open();
  sums.add(rows);
  addPartial(part, await sums.take(), 0);
  sums.close();
  meter.close();
  part.rows = rows.length / frame.dimension;
  return part;
}

/**
 * Rows like sentence embeddings: 20 clusters of uneven weight, spread falling as i^−½, turned by random reflections, length 1.
 * Changes: shift (of all rows along a random direction), weights (of clusters, by up to that), scale (of the spread around the clusters), fresh (share of a new cluster),
 * faint (shift in the quarter of directions with the least spread).
 */
export function sentences(d, seed) {
  const fixed = randomStream(seed);
  const spectrum = Array.from({ length: d }, (_, i) => (i + 1) ** -0.5);
  const centers = Array.from({ length: 21 }, () => spectrum.map((s) => 0.6 * s * fixed.normal()));
  const weights = Array.from({ length: 20 }, () => 0.5 + fixed.uniform());
  const total = weights.reduce((sum, weight) => sum + weight);
  const mirrors = Array.from({ length: 3 }, () => unit(Array.from({ length: d }, () => fixed.normal())));
  const along = unit(spectrum.map((s) => s * fixed.normal()));
  const tilt = Array.from({ length: 20 }, (_, i) => (i % 2 ? 1 : -1));
  return (
    { normal, uniform },
    n,
    { shift = 0, weights: moved = 0, scale = 1, fresh = 0, faint = 0 } = {},
  ) => {
    const shares = weights.map((weight, i) => Math.max(0, weight / total + moved * tilt[i]));
    const sum = shares.reduce((a, b) => a + b);
    const rows = new Float32Array(n * d);
    const row = new Float64Array(d);
    for (let i = 0; i < n; i++) {
      let pick = uniform() * sum;
      let cluster = 0;
      while (cluster < 19 && pick >= shares[cluster]) pick -= shares[cluster++];
      if (fresh > 0 && uniform() < fresh) cluster = 20;
      const center = centers[cluster];
      for (let j = 0; j < d; j++) {
        row[j] = center[j] + scale * spectrum[j] * normal() + shift * along[j];
        if (j >= d - d / 4) row[j] += faint * spectrum[j];
      }
      for (const mirror of mirrors) {
        let dot = 0;
        for (let j = 0; j < d; j++) dot += mirror[j] * row[j];
        for (let j = 0; j < d; j++) row[j] -= 2 * dot * mirror[j];
      }
      let length = 0;
      for (let j = 0; j < d; j++) length += row[j] * row[j];
      length = Math.sqrt(length);
      for (let j = 0; j < d; j++) rows[i * d + j] = row[j] / length;
    }
    return rows;
  };
}

function unit(values) {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** `count` different numbers below `total`. */
export function drawn(total, count, { uniform }) {
  const order = Uint32Array.from({ length: total }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(uniform() * (total - i));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order.slice(0, count);
}

const FOLDER = new URL('../../../shared/data/fashion-embeddings/', import.meta.url);

/** Real embeddings (400 × 1,280), or undefined where they do not lie beside the project. */
export function fashion(name) {
  const file = new URL(`${name}.npy`, FOLDER);
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const start = bytes.byteOffset + 10 + bytes.readUInt16LE(8);
  return new Float32Array(bytes.buffer.slice(start, bytes.byteOffset + bytes.length));
}
