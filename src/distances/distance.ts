// SPDX-License-Identifier: Apache-2.0

/** One distance, with what is needed to redo it by hand. */
export interface Distance {
  readonly value: number;
  /** Bounds of the distance of the two samples, given what the bins do not tell; equal to `value` when exact. */
  readonly lower?: number;
  readonly upper?: number;
  /** Confidence interval of the distance of the two populations, at 1 − level. */
  readonly low?: number;
  readonly high?: number;
  readonly pValue?: number;
  /** "exact" | "asymptotic" | "asymptotic, bin-corrected" | "permutation (999)" … */
  readonly pMethod?: string;
  /** True when computed from all values of both sides, false when from bins. */
  readonly exact: boolean;
  /** "greatest CDF gap", "distance, base 2, 20 equal-mass bins of the reference" … */
  readonly convention: string;
  /** Further numbers of this distance, by name: `biased` and `bandwidth` of the MMD, `auc` of the classifier. */
  readonly details?: Readonly<Record<string, number>>;
  /** Where on the axis (KS), for drawing. */
  readonly at?: number;
}

export const DISTANCE_NAMES = [
  'kolmogorovSmirnov',
  'kuiper',
  'cramerVonMises',
  'andersonDarling',
  'wasserstein',
  'wassersteinNormalized',
  'energy',
  'totalVariation',
  'jensenShannon',
  'hellinger',
  'populationStability',
  'chiSquare',
  'gTest',
  'cramersV',
  'lInfinity',
  'kullbackLeibler',
  'mmd',
  'fourierMmd',
  'fourierMmdWhitened',
  'principalMoments',
  'combined',
  'slicedWasserstein',
  'frechet',
  'cosine',
  'euclidean',
  'projectionKolmogorovSmirnov',
  'classifier',
] as const;

export type DistanceName = (typeof DISTANCE_NAMES)[number];

export type Distances = Partial<Record<DistanceName, Distance>>;

/** Difference of two shares, current − reference, with its interval. */
export interface ShareDifference {
  readonly delta: number;
  readonly low: number;
  readonly high: number;
  readonly pValue: number;
}
