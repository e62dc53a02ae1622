// SPDX-License-Identifier: Apache-2.0
/** The numeric routines. cpu/ is the readable truth; wasm/ must agree with it (kernels/parity.test.ts). */

export type Numbers = Float32Array | Float64Array;

/** Partial of `moments`: adds by field, except min and max. Sums are of (x − shift)^k over finite values. */
export interface Moments {
  /** Finite values. */
  finite: number;
  nan: number;
  positiveInfinity: number;
  negativeInfinity: number;
  /** Of finite values; +Infinity and −Infinity when there is none. */
  min: number;
  max: number;
  /** Σ(x−shift)^k, k = 1…4, in f64. */
  sums: [number, number, number, number];
}

/** Counts and sums per bin. Bin i holds cuts[i−1] ≤ x < cuts[i]; bins = cuts + 1. NaN and ±Infinity are left out. */
export interface BinPartial {
  /** Exact integers. */
  counts: Float64Array;
  /** Σx per bin in f64. */
  sums: Float64Array;
}

/** Cuts prepared for one element width; made once per column by `prepareCuts`, reused for every batch. */
export interface CutTable {
  /** Strictly increasing, finite. "x ≤ v" is written as the cut nextUp(v). */
  readonly cuts: Float64Array;
}

/** A column without NaN, ascending, −0 as +0. ±Infinity stay at the ends. */
export interface Sorted {
  readonly values: Numbers;
  readonly nan: number;
}

/** Everything that one merge of two sorted columns yields. F is the reference's CDF, G the current's. */
export interface CdfPartial {
  /** max(F − G) and max(G − F) over the pooled points, with the smallest x where each is reached. */
  readonly above: number;
  readonly aboveAt: number;
  readonly below: number;
  readonly belowAt: number;
  /** ∫|F−G| dx (Wasserstein-1), ∫(F−G)² dx (half the squared 1-D energy distance). Infinity when ±Infinity values differ. */
  readonly wasserstein: number;
  readonly cramer: number;
  /** Cramér–von Mises T with midranks for ties, as scipy.stats.cramervonmises_2samp's statistic. */
  readonly cramerVonMises: number;
  /** Scholz–Stephens A²kN with midranks, not standardised, as scipy.stats.anderson_ksamp (midrank) before normalising. */
  readonly andersonDarling: number;
  /** Distinct pooled values. */
  readonly distinct: number;
}

export interface Kernels {
  readonly name: 'cpu' | 'wasm' | 'wasm-relaxed';
  moments(values: Numbers, shift: number): Moments;
  prepareCuts(cuts: Float64Array): CutTable;
  histogram(values: Numbers, table: CutTable): BinPartial;
  /** Occurrences of codes 0…size−1; index `size` counts codes outside (negative included). */
  codes(codes: Int32Array, size: number): Float64Array;
  sort(values: Numbers): Sorted;
  /** Both inputs sorted, of one element width. */
  cdf(reference: Numbers, current: Numbers): CdfPartial;
}
