// SPDX-License-Identifier: Apache-2.0
/** Products by packed panels (assembly/vectors/gemm.ts): one side packed whole, the other passing by in blocks of rows. */
import { roundUp, type VectorInstance } from './vector-exports.js';

/** Columns per step: a panel of 8 rows and one of 4 then fit the first-level cache together. */
export const DEPTH = 256;
/** Rows that pass at a time: what is packed of them stays in the second-level cache. */
export const BLOCK_ROWS = 64;

/** Rows in groups of 8, packed step by step. */
export interface Panels {
  readonly address: number;
  readonly rows: number;
  readonly d: number;
  /** Floats a row of the product: rows rounded up to 8. */
  readonly stride: number;
}

/** Room for `rows` rows; fill it with `packPanels`. */
export function takePanels({ arena }: VectorInstance, rows: number, d: number): Panels {
  const stride = roundUp(rows, 8);
  return { address: arena.take(stride * d * 4), rows, d, stride };
}

/** Packs `values` (rows × d) less `center` (an address, 0 for none), through `stage` (BLOCK_ROWS × d floats). */
export function packPanels(
  { run, arena }: VectorInstance,
  panels: Panels,
  { values, stage, center = 0 }: { values: Float32Array; stage: number; center?: number },
): void {
  const { address, rows, d, stride } = panels;
  for (let from = 0; from < rows; from += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rows - from);
    const piece = values.subarray(from * d, (from + count) * d);
    new Float32Array(arena.buffer, stage, piece.length).set(piece);
    for (let at = 0; at < d; at += DEPTH) {
      const depth = Math.min(DEPTH, d - at);
      const out = address + (at * stride + from * depth) * 4;
      run.packRows_f32(stage, count, d, at, depth, center, 8, out);
    }
  }
}

/** Adds Σx² of every packed row to the f64 at `norms` (stride of them). */
export function panelNorms({ run }: VectorInstance, panels: Panels, norms: number): void {
  const { address, rows, d, stride } = panels;
  for (let at = 0; at < d; at += DEPTH) {
    const depth = Math.min(DEPTH, d - at);
    run.packedNorms_f32(address + at * stride * 4, rows, depth, 8, norms);
  }
}

/** Floats that `multiplyBlock` needs at `packed`. */
export function packedFloats(d: number): number {
  return BLOCK_ROWS * Math.min(d, DEPTH);
}

/** Address of column `at` of the first 8 rows packed, and the bytes from one 8 rows to the next. */
export function panelColumn({ address, d, stride }: Panels, at: number): { address: number; step: number } {
  const from = at - (at % DEPTH);
  return { address: address + from * stride * 4 + (at - from) * 32, step: Math.min(DEPTH, d - from) * 32 };
}

/**
 * product (n × panels.stride, n ≤ BLOCK_ROWS rounded up to 4) = (rows − center) · panelsᵀ. `norms`: f64 that get Σ(x − center)².
 * `groups`: only the first so many 8 columns of it; `from`: columns of the rows before that, a multiple of DEPTH, are zeros.
 */
export function multiplyBlock(
  { run }: VectorInstance,
  panels: Panels,
  {
    rows,
    n,
    packed,
    product,
    center = 0,
    norms = 0,
    groups = panels.stride / 8,
    from = 0,
  }: {
    rows: number;
    n: number;
    packed: number;
    product: number;
    center?: number;
    norms?: number;
    groups?: number;
    from?: number;
  },
): void {
  const { address, d, stride } = panels;
  for (let at = from; at < d; at += DEPTH) {
    const depth = Math.min(DEPTH, d - at);
    run.packRows_f32(rows, n, d, at, depth, center, 4, packed);
    if (norms !== 0) run.packedNorms_f32(packed, n, depth, 4, norms);
    run.gemm_f32(
      packed,
      Math.ceil(n / 4),
      address + at * stride * 4,
      groups,
      depth,
      product,
      stride,
      at > from ? 1 : 0,
    );
  }
}
