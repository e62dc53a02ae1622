// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../rows.js';
import { panelsOf, roundDown, roundUp, storageBytes } from './limits.js';
import { type LinearOptions, partLimits, rowsInPart } from './parts.js';
import { pipelinesOf } from './pipelines.js';
import { Scratch } from './scratch.js';

/** Rows whose products are summed in one f32; eight such sums make a block, read back and added in f64. */
const SUMMED_ROWS = 1024;
const SUMS_IN_BLOCK = 8;

/** Σ rᵀr over rows of length p: full p × p. f32 over 8,192 rows, f64 across. Rejects with EngineError when the device fails. */
export function secondMoments(
  device: GPUDevice,
  rows: Float32Array,
  { p, ...options }: { p: number } & LinearOptions,
): Promise<Float64Array> {
  const n = rowsOf(rows, p);
  const result = new Float64Array(p * p);
  if (n === 0) return Promise.resolve(result);
  const limits = partLimits(device, options);
  const summed = Math.min(
    SUMMED_ROWS,
    Math.max(16, roundDown(storageBytes(limits) / (4 * roundUp(p, 128)), 16)),
  );
  return Scratch.run(device, async (scratch) => {
    for (const panel of panelsOf(limits, p, summed)) {
      const tile = 8 * panel.side;
      const pipeline = pipelinesOf(device, limits).tiled('product', panel.side);
      const most = rowsInPart(limits, tile, [summed, panel.padded]);
      for (let first = 0; first < Math.min(p, panel.first + panel.columns); first += most) {
        const count = Math.min(most, p - first);
        const bytes = 4 * count * panel.padded;
        const products = scratch.storage(bytes);
        for (let from = 0, sums = 0; from < n; from += summed) {
          const block = Math.min(summed, n - from);
          const [left, right] = [
            scratch.filled(turned(rows, { p, from, block, first, count, padded: roundUp(count, tile) })),
            scratch.filled(
              beside(rows, {
                p,
                from,
                block,
                first: panel.first,
                columns: panel.columns,
                padded: panel.padded,
              }),
            ),
          ];
          const stride4 = roundUp(block, 4) / 4;
          scratch.dispatch(pipeline, {
            facts: Uint32Array.of(
              stride4,
              panel.padded / 4,
              count,
              sums === 0 ? 0 : 1,
              1,
              first,
              panel.first,
              0,
            ),
            buffers: [left, right, products],
            size: [panel.padded / tile, Math.ceil(count / tile)],
          });
          sums++;
          if (sums === SUMS_IN_BLOCK || from + summed >= n) {
            sums = 0;
            const values = await scratch.read(products, bytes);
            for (let i = 0; i < count; i++) {
              for (let j = Math.max(0, first + i - panel.first); j < panel.columns; j++) {
                result[(first + i) * p + panel.first + j]! += values[i * panel.padded + j]!;
              }
            }
          }
          scratch.free(left);
          scratch.free(right);
        }
        scratch.free(products);
      }
    }
    for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) result[i * p + j] = result[j * p + i]!;
    return result;
  });
}

interface Block {
  readonly p: number;
  readonly from: number;
  readonly block: number;
  readonly first: number;
  readonly padded: number;
}

/** Columns `first` … of rows `from` …, each as a row of whole vec4; `padded` of them. */
function turned(
  rows: Float32Array,
  { p, from, block, first, count, padded }: Block & { count: number },
): Float32Array<ArrayBuffer> {
  const stride = roundUp(block, 4);
  const values = new Float32Array(padded * stride);
  for (let r = 0; r < block; r++) {
    const at = (from + r) * p + first;
    for (let i = 0; i < count; i++) values[i * stride + r] = rows[at + i]!;
  }
  return values;
}

/** The same rows as they lie, `padded` columns each, in whole 16 of them. */
function beside(
  rows: Float32Array,
  { p, from, block, first, columns, padded }: Block & { columns: number },
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(roundUp(block, 16) * padded);
  for (let r = 0; r < block; r++) {
    const at = (from + r) * p + first;
    values.set(rows.subarray(at, at + columns), r * padded);
  }
  return values;
}
