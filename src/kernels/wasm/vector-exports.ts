// SPDX-License-Identifier: Apache-2.0
import type { KernelHost, Loaded } from './host.js';

/** What assembly/vectors/index.ts exports. Numbers are addresses and counts unless named otherwise. */
export interface VectorExports {
  heapBase(): number;
  inspect_f32(rows: number, n: number, d: number, limit: number, norms: number, counts: number): number;
  packRows_f32(
    rows: number,
    n: number,
    d: number,
    from: number,
    count: number,
    center: number,
    width: number,
    out: number,
  ): void;
  packColumns_f32(rows: number, n: number, d: number, center: number, out: number, stride: number): void;
  gemm_f32(
    a: number,
    aGroups: number,
    b: number,
    bGroups: number,
    depth: number,
    c: number,
    stride: number,
    add: number,
  ): void;
  syrk_f32(panels: number, stride: number, depth: number, groups: number, out: number, scratch: number): void;
  packedSums_f32(panels: number, stride: number, depth: number, groups: number, sums: number): void;
  columnDots_f32(
    matrix: number,
    stride: number,
    panels: number,
    step: number,
    n: number,
    groups: number,
    sums: number,
  ): void;
  columnMoments_f32(
    matrix: number,
    n: number,
    stride: number,
    count: number,
    sums: number,
    squares: number,
  ): void;
  columnBins_f32(
    column: number,
    n: number,
    stride: number,
    cuts: number,
    steps: number,
    counts: number,
  ): void;
  structuredSums_f32(
    rows: number,
    n: number,
    d: number,
    p: number,
    count: number,
    signs: number,
    scales: number,
    work: number,
    block: number,
    sums: number,
  ): void;
  structuredFeatures_f32(
    rows: number,
    n: number,
    d: number,
    p: number,
    count: number,
    signs: number,
    scales: number,
    work: number,
    unit: number,
    out: number,
  ): void;
  denseSums_f32(phases: number, n: number, count: number, scales: number, block: number, sums: number): void;
  denseFeatures_f32(
    phases: number,
    n: number,
    count: number,
    scales: number,
    unit: number,
    out: number,
  ): void;
  packedNorms_f32(panels: number, n: number, depth: number, width: number, norms: number): void;
  squaredDistances_f32(tile: number, m: number, n: number, stride: number, a: number, b: number): void;
  gramSum_f32(
    tile: number,
    m: number,
    n: number,
    stride: number,
    a: number,
    b: number,
    gamma: number,
    first: number,
  ): number;
  reduceColumn_f64(
    matrix: number,
    p: number,
    stride: number,
    k: number,
    diagonal: number,
    beside: number,
    scratch: number,
  ): void;
  formBasis_f64(matrix: number, p: number, stride: number, k: number, scratch: number): void;
  rotate_f64(
    matrix: number,
    columns: number,
    stride: number,
    sweeps: number,
    count: number,
    pairs: number,
  ): void;
  solveLower_f64(lower: number, p: number, stride: number, b: number, n: number): void;
  choleskyRows_f64(matrix: number, p: number, stride: number, i: number): number;
}

export type VectorHost = KernelHost<VectorExports>;
export type VectorInstance = Loaded<VectorExports>;

export function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step;
}
