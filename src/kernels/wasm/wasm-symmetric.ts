// SPDX-License-Identifier: Apache-2.0
import { type Eigen, scaledToOne, sorted } from '../cpu/vectors/eigen.js';
import { implicitQl } from '../cpu/vectors/implicit-ql.js';
import { rowsOf } from '../rows.js';
import { roundUp, type VectorHost } from './vector-exports.js';

/** Sweeps that are gathered before they are applied: each strip of columns is then read once for all of them. */
const GATHERED_SWEEPS = 24;
/** Rows of b that pass `solveLower` at a time. */
const SOLVED_ROWS = 64;

/** Eigenvalues by QL in TypeScript, which needs p² steps; what needs p³, reduction and rotations, in wasm. */
export function eigenOnWasm(host: VectorHost, matrix: Float64Array, p: number): Eigen {
  const { scaled, scale } = scaledToOne(matrix, p);
  return host.call(({ run, arena }) => {
    const stride = strideOf(p);
    const at = arena.take(p * stride * 8);
    const diagonalAt = arena.take(p * 8);
    const besideAt = arena.take(p * 8);
    const scratch = arena.take(5 * (p + 2) * 8);
    const sweepsAt = arena.take(GATHERED_SWEEPS * 8);
    const pairsAt = arena.take(GATHERED_SWEEPS * p * 16);
    spread(scaled, p, new Float64Array(arena.buffer, at, p * stride), stride);
    new Float64Array(arena.buffer, scratch, 5 * (p + 2)).fill(0);
    for (let k = 0; k < p; k++) run.reduceColumn_f64(at, p, stride, k, diagonalAt, besideAt, scratch);
    for (let k = p - 1; k >= 0; k--) run.formBasis_f64(at, p, stride, k, scratch);
    const diagonal = new Float64Array(arena.buffer, diagonalAt, p).slice();
    const beside = new Float64Array(arena.buffer, besideAt, p).slice();

    const sweeps = new Int32Array(arena.buffer, sweepsAt, GATHERED_SWEEPS * 2);
    const pairs = new Float64Array(arena.buffer, pairsAt, GATHERED_SWEEPS * p * 2);
    let gathered = 0;
    let used = 0;
    const apply = (): void => {
      run.rotate_f64(at, roundUp(p, 8), stride, sweepsAt, gathered, pairsAt);
      gathered = 0;
      used = 0;
    };
    implicitQl(diagonal, beside, (first, cosines, sines, count) => {
      sweeps[2 * gathered] = first;
      sweeps[2 * gathered + 1] = count;
      for (let i = 0; i < count; i++) {
        pairs[used++] = cosines[i]!;
        pairs[used++] = sines[i]!;
      }
      gathered++;
      if (gathered === GATHERED_SWEEPS) apply();
    });
    apply();
    return sorted(diagonal, gather(new Float64Array(arena.buffer, at, p * stride), p, stride), scale);
  });
}

export function choleskyOnWasm(host: VectorHost, matrix: Float64Array, p: number): Float64Array | null {
  return host.call(({ run, arena }) => {
    const whole = roundUp(p, 4);
    const stride = strideOf(whole);
    const at = arena.take(whole * stride * 8);
    const view = new Float64Array(arena.buffer, at, whole * stride);
    spread(matrix, p, view, stride);
    // Filled up to whole fours of rows with the identity.
    for (let i = p; i < whole; i++) view[i * stride + i] = 1;
    for (let i = 0; i < whole; i += 4) {
      if (run.choleskyRows_f64(at, whole, stride, i) === 0) return null;
    }
    return gather(view, p, stride);
  });
}

export function solveLowerOnWasm(
  host: VectorHost,
  { lower, p, b }: { lower: Float64Array; p: number; b: Float64Array },
): Float64Array {
  const n = rowsOf(b, p);
  const solved = new Float64Array(b.length);
  host.call(({ run, arena }) => {
    const stride = strideOf(p);
    const lowerAt = arena.take(p * stride * 8);
    const rowsAt = arena.take(SOLVED_ROWS * stride * 8);
    spread(lower, p, new Float64Array(arena.buffer, lowerAt, p * stride), stride);
    const rows = new Float64Array(arena.buffer, rowsAt, SOLVED_ROWS * stride).fill(0);
    for (let from = 0; from < n; from += SOLVED_ROWS) {
      const count = Math.min(SOLVED_ROWS, n - from);
      for (let r = 0; r < count; r++) rows.set(b.subarray((from + r) * p, (from + r + 1) * p), r * stride);
      run.solveLower_f64(lowerAt, p, stride, rowsAt, roundUp(count, 4));
      for (let r = 0; r < count; r++) {
        solved.set(rows.subarray(r * stride, r * stride + p), (from + r) * p);
      }
    }
  });
  return solved;
}

/** Values a row in wasm memory: whole strips of 8, and one more, so that a column does not meet one set of the cache only. */
function strideOf(p: number): number {
  return roundUp(p, 8) + 8;
}

function spread(matrix: Float64Array, p: number, into: Float64Array, stride: number): void {
  into.fill(0);
  for (let i = 0; i < p; i++) into.set(matrix.subarray(i * p, (i + 1) * p), i * stride);
}

function gather(from: Float64Array, p: number, stride: number): Float64Array {
  const matrix = new Float64Array(p * p);
  for (let i = 0; i < p; i++) matrix.set(from.subarray(i * stride, i * stride + p), i * p);
  return matrix;
}
