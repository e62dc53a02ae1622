// SPDX-License-Identifier: Apache-2.0
import type { Kind, Role } from '../../columns/schema.js';
import type { DistanceName } from '../../distances/distance.js';
import type { ToleranceName } from '../../verdict/settings.js';
import type { Metric, Rating } from '../../verdict/verdict.js';
import { spelled } from '../../verdict/words/check-words.js';

/** The words on the page: one for each thing, the same everywhere. */

const LONG: Partial<Record<Metric | ToleranceName, string>> = {
  infinite: 'infinite',
  duplicates: 'duplicates',
  kolmogorovSmirnov: 'Kolmogorov–Smirnov',
  kuiper: 'Kuiper',
  cramerVonMises: 'Cramér–von Mises',
  andersonDarling: 'Anderson–Darling',
  wasserstein: 'Wasserstein-1',
  wassersteinNormalized: 'Wasserstein-1 over sd',
  energy: 'Energy',
  totalVariation: 'Total variation',
  jensenShannon: 'Jensen–Shannon',
  hellinger: 'Hellinger',
  populationStability: 'PSI',
  chiSquare: 'χ²',
  gTest: 'G',
  cramersV: 'Cramér’s V',
  lInfinity: 'L-infinity',
  kullbackLeibler: 'Kullback–Leibler',
  combined: 'Three statistics as one',
  mmd: 'MMD²',
  fourierMmd: 'MMD², random features',
  fourierMmdWhitened: 'MMD², whitened features',
  principalMoments: 'Moments of components',
  slicedWasserstein: 'Sliced Wasserstein-1',
  frechet: 'Fréchet',
  cosine: 'Cosine of means',
  euclidean: 'Euclidean, of means',
  projectionKolmogorovSmirnov: 'KS of components',
  classifier: 'Classifier (AUC)',
  zeroRows: 'rows of zeros',
  missing: 'missing',
  nan: 'NaN',
  unparsable: 'unparsable',
  unseen: 'unseen',
  outOfRange: 'out of range',
  tail: 'tails',
  rhythm: 'rhythm',
  textLength: 'length of texts',
  textWords: 'words a text',
  textTokens: 'frequent words',
  empty: 'empty texts',
  jointMeans: 'means together',
  jointCorrelations: 'rank correlations',
  duplicateRows: 'duplicate rows',
  duplicateKeys: 'duplicate keys',
  constant: 'constant',
  gap: 'gap in time',
  order: 'order of columns',
};

const SHORT: Partial<Record<Metric, string>> = {
  combined: 'combined',
  kolmogorovSmirnov: 'KS',
  cramerVonMises: 'CvM',
  andersonDarling: 'AD',
  wasserstein: 'W1',
  wassersteinNormalized: 'W1/sd',
  totalVariation: 'TV',
  jensenShannon: 'JS',
  populationStability: 'PSI',
  kullbackLeibler: 'KL',
  outOfRange: 'range',
  textLength: 'length',
  textWords: 'words',
  textTokens: 'tokens',
};

const RATINGS: Record<Rating, string> = {
  drift: 'drift',
  watch: 'watch',
  unknown: 'unknown',
  stable: 'stable',
  notRated: 'not rated',
};

/** Worst first; also the order of counts and filters. */
export const RATING_ORDER: readonly Rating[] = ['drift', 'watch', 'unknown', 'stable', 'notRated'];

/** In the order in which the opened feature lists them. */
export const DISTANCE_ORDER: readonly DistanceName[] = [
  'kolmogorovSmirnov',
  'kuiper',
  'wasserstein',
  'wassersteinNormalized',
  'energy',
  'cramerVonMises',
  'andersonDarling',
  'totalVariation',
  'lInfinity',
  'jensenShannon',
  'hellinger',
  'populationStability',
  'kullbackLeibler',
  'chiSquare',
  'gTest',
  'cramersV',
  'combined',
  'fourierMmd',
  'fourierMmdWhitened',
  'principalMoments',
  'mmd',
  'classifier',
  'slicedWasserstein',
  'frechet',
  'cosine',
  'euclidean',
  'projectionKolmogorovSmirnov',
];

export const metricName = (metric: string): string =>
  LONG[metric as Metric | ToleranceName] ?? spelled(metric);
export const metricShort = (metric: string): string => SHORT[metric as Metric] ?? metricName(metric);
export const ratingWord = (rating: Rating): string => RATINGS[rating];

/** "category", "prediction · number". */
export function kindWords(kind: Kind, role: Role): string {
  return role === 'input' || role === kind ? kind : `${role} · ${kind}`;
}
