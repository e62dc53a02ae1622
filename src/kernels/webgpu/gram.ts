// SPDX-License-Identifier: Apache-2.0
import { rowsOf } from '../rows.js';
import { panelsOf } from './limits.js';
import { type LinearOptions, partLimits, rowsInPart, upload } from './parts.js';
import { pipelinesOf } from './pipelines.js';
import { Scratch } from './scratch.js';
import { packColumns, strideOf } from './tables.js';

/**
 * Σ exp(−γ‖a_i − b_j‖²) over all i, j; over i < j of `a` alone when b is null. f32 inside a tile, f64 across. Rows are
 * centered first, so that distances survive far from zero. Rejects with EngineError when the device fails.
 */
export function gram(
  device: GPUDevice,
  a: Float32Array,
  { b, d, gamma, ...options }: { b: Float32Array | null; d: number; gamma: number } & LinearOptions,
): Promise<number> {
  const n = rowsOf(a, d);
  const m = b === null ? n : rowsOf(b, d);
  if (n === 0 || m === 0) return Promise.resolve(0);
  const limits = partLimits(device, options);
  const mean = meanOf(a, d);
  const left = centered(a, mean);
  const right = b === null ? left : centered(b, mean);
  return Scratch.run(device, async (scratch) => {
    let sum = 0;
    for (const panel of panelsOf(limits, m, d)) {
      const tile = 8 * panel.side;
      const pipeline = pipelinesOf(device, limits).tiled('gram', panel.side);
      const packed = scratch.filled(packColumns(right, d, panel));
      const columnSquares = scratch.filled(squaresOf(right, d, panel));
      const across = panel.padded / tile;
      // Beyond the panel's last column no row has a later one.
      const end = b === null ? Math.min(n, panel.first + panel.columns) : n;
      const most = rowsInPart(limits, tile, [strideOf(d)]);
      for (let first = 0; first < end; first += most) {
        const count = Math.min(most, end - first);
        const down = Math.ceil(count / tile);
        const rows = upload(scratch, left, { d, first, n: count, tile });
        const rowSquares = scratch.filled(squaresOf(left, d, { first, columns: count, padded: down * tile }));
        const sums = scratch.storage(4 * across * down);
        const facts = new Uint32Array(8);
        const above = b === null ? 1 : 0;
        facts.set([strideOf(d) / 4, panel.padded / 4, count, panel.columns, first, panel.first, above]);
        new Float32Array(facts.buffer)[7] = gamma;
        scratch.dispatch(pipeline, {
          facts,
          buffers: [rows, packed, rowSquares, columnSquares, sums],
          size: [across, down],
        });
        for (const value of await scratch.read(sums, 4 * across * down)) sum += value;
        for (const buffer of [rows, rowSquares, sums]) scratch.free(buffer);
      }
      scratch.free(packed);
      scratch.free(columnSquares);
    }
    return sum;
  });
}

function meanOf(rows: Float32Array, d: number): Float64Array {
  const sums = new Float64Array(d);
  for (let at = 0; at < rows.length; at += d) for (let i = 0; i < d; i++) sums[i]! += rows[at + i]!;
  const n = rows.length / d;
  return sums.map((sum) => sum / n);
}

function centered(rows: Float32Array, mean: Float64Array): Float32Array {
  const d = mean.length;
  const result = new Float32Array(rows.length);
  for (let at = 0; at < rows.length; at += d) {
    for (let i = 0; i < d; i++) result[at + i] = rows[at + i]! - mean[i]!;
  }
  return result;
}

/** ‖row‖² of rows `first` …, with zeros behind. */
function squaresOf(
  rows: Float32Array,
  d: number,
  { first, columns, padded }: { first: number; columns: number; padded: number },
): Float32Array<ArrayBuffer> {
  const squares = new Float32Array(padded);
  for (let r = 0; r < columns; r++) {
    let sum = 0;
    const from = (first + r) * d;
    for (let i = 0; i < d; i++) sum += rows[from + i]! ** 2;
    squares[r] = sum;
  }
  return squares;
}
