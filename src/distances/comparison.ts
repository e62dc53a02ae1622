// SPDX-License-Identifier: Apache-2.0
import type { Feature, Frame } from '../baseline/frame.js';
import type { Schema } from '../columns/schema.js';
import type { CdfPartial } from '../kernels/kernels.js';
import type { Part, Profile } from '../profile/parts.js';
import type { Distances, ShareDifference } from './distance.js';
import type { EmbeddingFacts } from './embedding/facts.js';

/** Sorted values of both sides and what one merge of them yields: the exact way. Absent, the profile is all there is. */
export interface ExactPair {
  readonly reference: Float32Array | Float64Array;
  readonly current: Float32Array | Float64Array;
  readonly cdf: CdfPartial;
}

/** One feature measured on both sides; the input of verdicts. */
export interface FeatureComparison {
  readonly feature: Feature;
  readonly reference: Part;
  readonly current: Part;
  readonly distances: Distances;
  readonly missingness: ShareDifference;
  readonly exact: boolean;
  /** Of an embedding: what moved, and the statistics that its verdict rests on. */
  readonly embedding?: EmbeddingFacts;
  /** Quantiles at QUANTILE_LEVELS (numbers only), from sorted values or interpolated in bins. */
  readonly quantiles?: { readonly reference: readonly number[]; readonly current: readonly number[] };
}

export const QUANTILE_LEVELS = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99] as const;

/** One calendar window of one side. */
export interface WindowProfile {
  readonly side: 'reference' | 'current';
  /** ms since 1970 UTC, start inclusive, end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly profile: Profile;
}

export interface Comparison {
  readonly frame: Frame;
  readonly reference: { readonly name: string; readonly schema: Schema; readonly profile: Profile };
  readonly current: { readonly name: string; readonly schema: Schema; readonly profile: Profile };
  readonly features: readonly FeatureComparison[];
  /** In time order; empty without a time column. */
  readonly windows: readonly WindowProfile[];
}
