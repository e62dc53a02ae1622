// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../rows.js';
import type { Fourier } from '../vectors.js';
import { ColumnProducts, productAt } from './column-products.js';
import { BLOCK_ROWS, multiplyBlock, packedFloats, packPanels, takePanels } from './panels.js';
import type { VectorHost } from './vector-exports.js';
import { wasmFourier } from './wasm-fourier.js';

/** a (n × d) · bᵀ (k × d). Memory: b and a block of rows. */
export function multiplyOnWasm(
  host: VectorHost,
  { a, b, d }: { a: Float32Array; b: Float32Array; d: number },
): Float32Array {
  const [n, k] = [rowsOf(a, d), rowsOf(b, d)];
  const result = new Float32Array(n * k);
  if (n === 0 || k === 0) return result;
  host.call((instance) => {
    const { arena } = instance;
    const panels = takePanels(instance, k, d);
    const { stride } = panels;
    const stage = arena.take(BLOCK_ROWS * d * 4);
    const packed = arena.take(packedFloats(d) * 4);
    const product = arena.take(BLOCK_ROWS * stride * 4);
    packPanels(instance, panels, { values: b, stage });
    for (let from = 0; from < n; from += BLOCK_ROWS) {
      const rows = a.subarray(from * d, Math.min(n, from + BLOCK_ROWS) * d);
      const count = rows.length / d;
      new Float32Array(arena.buffer, stage, rows.length).set(rows);
      multiplyBlock(instance, panels, { rows: stage, n: count, packed, product });
      const found = new Float32Array(arena.buffer, product, count * stride);
      for (let r = 0; r < count; r++) {
        result.set(found.subarray(r * stride, r * stride + k), (from + r) * k);
      }
    }
  });
  return result;
}

/** Σ rᵀr: p × p. */
export function crossProductsOnWasm(host: VectorHost, rows: Float32Array, p: number): Float64Array {
  const n = rowsOf(rows, p);
  return host.call((instance) => {
    const { arena } = instance;
    const stage = arena.take(Math.min(n, BLOCK_ROWS) * p * 4);
    const products = new ColumnProducts(instance, p);
    for (let from = 0; from < n; from += BLOCK_ROWS) {
      const piece = rows.subarray(from * p, Math.min(n, from + BLOCK_ROWS) * p);
      new Float32Array(arena.buffer, stage, piece.length).set(piece);
      products.add(stage, piece.length / p);
    }
    const found = products.finish();
    const sums = new Float64Array(p * p);
    for (let i = 0; i < p; i++) for (let j = i; j < p; j++) sums[i * p + j] = found[productAt(i, j)]!;
    mirror(sums, p);
    return sums;
  });
}

/** Values below the diagonal like those above, in squares that the cache holds. */
function mirror(matrix: Float64Array, p: number): void {
  for (let top = 0; top < p; top += 32) {
    const bottom = Math.min(p, top + 32);
    for (let left = 0; left <= top; left += 32) {
      for (let i = top; i < bottom; i++)
        for (let j = left; j < Math.min(i, left + 32); j++) matrix[i * p + j] = matrix[j * p + i]!;
    }
  }
}

/** Fourier features of length 1. */
export function fourierFeaturesOnWasm(host: VectorHost, rows: Float32Array, fourier: Fourier): Float32Array {
  const { dimension: d, count } = fourier;
  const n = rowsOf(rows, d);
  const features = new Float32Array(n * 2 * count);
  return host.call((instance) => {
    const { arena } = instance;
    const stage = arena.take(BLOCK_ROWS * d * 4);
    const engine = wasmFourier(instance, fourier, { stage });
    const unit = 1 / Math.sqrt(count);
    for (let from = 0; from < n; from += BLOCK_ROWS) {
      const piece = rows.subarray(from * d, Math.min(n, from + BLOCK_ROWS) * d);
      const m = piece.length / d;
      new Float32Array(arena.buffer, stage, piece.length).set(piece);
      engine.features(stage, m, unit, features.subarray(from * 2 * count, (from + m) * 2 * count));
    }
    return features;
  });
}
