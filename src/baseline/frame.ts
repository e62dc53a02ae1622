// SPDX-License-Identifier: Apache-2.0
/**
 * The frame: what is needed to measure a window, and nothing of what was measured. Fixed by the reference, kept apart
 * from its counts, so that a sliding reference can be measured with the same frame.
 */
import type { Kind, Role, Schema } from '../columns/schema.js';

export interface NumberFrame {
  readonly kind: 'number';
  /** Whole numbers only in the reference: prints without decimals. */
  readonly integer: boolean;
  /**
   * Strictly increasing finite cuts, bin i = [cuts[i−1], cuts[i]): equal-mass quantiles, tail quantiles, atoms as point
   * bins [v, nextUp(v)), readable edges for drawing, and the sentinels cuts[0] = min, cuts[last] = nextUp(max).
   */
  readonly cuts: Float64Array;
  /** Near the reference mean: moments are summed around it. */
  readonly shift: number;
  /**
   * Indices into `cuts` of the edges that histograms are drawn with: readable and equally spaced, except that the first
   * and the last are the sentinels where the readable edge would lie outside the range. `drawnEdges` evens those out.
   */
  readonly display: Uint32Array;
}

export interface CategoryFrame {
  readonly kind: 'category' | 'boolean';
  /** By reference count, descending, then by name. Few-valued integers are listed as their decimal text. */
  readonly categories: readonly string[];
  /** Numbers stored in the source (few-valued integers, booleans): categories parse back to numbers. */
  readonly numeric: boolean;
  /** Sorted 32-bit hashes of reference categories beyond the dictionary: they count as other, not as unseen. */
  readonly otherHashes: Uint32Array;
  /** Reference categories beyond dictionary and hashes: unseen cannot be told from other. */
  readonly overflow: boolean;
}

export interface TimeFrame {
  readonly kind: 'time';
  /** Occupied buckets are counted from `origin` (ms) in steps of `widthMs`, to find gaps. */
  readonly origin: number;
  readonly widthMs: number;
}

export interface TextFrame {
  readonly kind: 'text';
  /** Length in UTF-16 code units, and words. */
  readonly length: NumberFrame;
  readonly words: NumberFrame;
}

/**
 * How rows of an embedding are measured, and what its tests need of the reference beyond counts. Whitening and
 * components are fitted on one half of a sample of the reference; null moments are taken from the other half. Large
 * arrays are rounded to half precision before they are used, so that a saved frame measures as this one does.
 */
export interface EmbeddingFrame {
  readonly kind: 'embedding';
  /** d. */
  readonly dimension: number;
  /** Every sampled row has ‖x‖ within .001 of 1. */
  readonly unitNorm: boolean;
  /** Random Fourier features: D frequencies from a seed; σ is the median distance of sampled reference rows. */
  readonly frequencies: number;
  readonly seed: number;
  readonly bandwidth: number;
  /** d: mean of the fitting half. */
  readonly center: Float32Array;
  /** k × d, row-major: principal directions of the fitting half, each over its standard deviation. */
  readonly directions: Float32Array;
  /** k variances along them, descending, and the variance in all. */
  readonly variances: Float64Array;
  readonly variance: number;
  /** Cuts of the first h components, and of the norm. */
  readonly drawn: readonly Float32Array[];
  readonly normCuts: Float32Array;
  /** Covariance of the 2D features on the fitting half: lower triangle by rows, 2D(2D+1)/2; empty where it was too small. */
  readonly featureCovariance: Float32Array;
  /** null where the reference is too small for any null. */
  readonly nulls: EmbeddingNulls | null;
  /** Sums over the fitting half, to be taken off those of the reference it is part of. */
  readonly fitted: {
    readonly rows: number;
    readonly sums: Float64Array;
    readonly squares: Float64Array;
  };
  /** A few reference rows (count × d) for exact tests and pictures; empty when no row may be kept. */
  readonly sample: Float32Array;
}

/**
 * What the first three cumulants of a statistic ‖δ‖² need, exactly, for any numbers of rows (see
 * distances/embedding/null-law.ts). x, y are rows of its features, independent, less their mean; h = x·x, K = x·y, M their
 * covariance.
 */
export interface StatisticNull {
  /** E h = tr M. */
  readonly mean: number;
  /** Var h and E(h − tr M)³. */
  readonly variance: number;
  readonly skew: number;
  /** tr M² = E K², tr M³. */
  readonly square: number;
  readonly cube: number;
  /** E (h(x) − tr M) K², E (h(x) − tr M)(h(y) − tr M) K, E K³. */
  readonly coupling: number;
  readonly cross: number;
  readonly third: number;
}

export interface EmbeddingNulls {
  /** Rows held out, from which those of `whitened` and `moments` were taken; 0 where there were too few. */
  readonly rows: number;
  /** ‖δ‖² of mean features. Nothing was fitted, so it is taken from both halves. */
  readonly plain: StatisticNull;
  /** δᵀ(S + gI)⁻¹δ, for each ridge g. */
  readonly whitened: readonly (StatisticNull & { readonly ridge: number })[];
  /** Σ δ(ū)² + ½ Σ δ(mean u²)². */
  readonly moments: StatisticNull | null;
}

export type FeatureFrame = NumberFrame | CategoryFrame | TimeFrame | TextFrame | EmbeddingFrame;

export interface Feature {
  readonly name: string;
  readonly kind: Kind;
  readonly role: Role;
  readonly frame: FeatureFrame;
  /** Why this kind or role was inferred, in plain words; absent when nothing was to decide or a person set it. */
  readonly reason?: string;
}

/** What is measured across columns of one row. */
export interface TableFrame {
  /** Column pairs [a, b] of one type for which a ≤ b held on every sampled reference row where both are present. */
  readonly orders: readonly (readonly [string, string])[];
  /** Numeric features of the joint test: each value enters as its reference mid-rank in (0, 1), minus ½. At most 64. */
  readonly joint: readonly string[];
  /** Per joint feature, the mid-rank of each of its bins (cuts + 1), from −127 to 127 for ranks 0 to 1: u = rank/254. */
  readonly jointRanks: readonly Int8Array[];
}

/** Calendar windows over a time column. */
export interface Windowing {
  readonly column: string;
  readonly unit: 'hour' | 'day' | 'week' | 'month';
}

export interface Frame {
  readonly schema: Schema;
  readonly features: readonly Feature[];
  readonly table: TableFrame;
  readonly windowing: Windowing | null;
  /** Content hash of all of the above, hexadecimal. Profiles carry it and refuse to merge across frames. */
  readonly id: string;
}
