// SPDX-License-Identifier: Apache-2.0
import type { Kind, Role } from '../../columns/schema.js';
import type { DistanceName } from '../../distances/distance.js';
import type { Metric, Rating } from '../../verdict/verdict.js';

/** The words on the page: one for each thing, the same everywhere. */

const LONG: Record<Metric, string> = {
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
  missing: 'missing',
  nan: 'NaN',
  unparsable: 'unparsable',
  unseen: 'unseen',
  outOfRange: 'out of range',
  tail: 'tails',
  rhythm: 'rhythm',
  joint: 'joint',
};

const SHORT: Partial<Record<Metric, string>> = {
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
];

export const metricName = (metric: string): string => LONG[metric as Metric] ?? metric;
export const metricShort = (metric: string): string => SHORT[metric as Metric] ?? metricName(metric);
export const ratingWord = (rating: Rating): string => RATINGS[rating];

/** "category", "prediction · number". */
export function kindWords(kind: Kind, role: Role): string {
  return role === 'input' || role === kind ? kind : `${role} · ${kind}`;
}

const CHECKS: Record<string, string> = {
  missing: 'share missing',
  missingShare: 'share missing',
  nan: 'share of NaN',
  infinite: 'infinite values',
  unparsable: 'unparsable values',
  range: 'within the reference range',
  outOfRange: 'within the reference range',
  unseen: 'categories known',
  constant: 'not constant',
  stuck: 'not stuck',
  mean: 'mean within its limits',
  sd: 'spread within its limits',
  rows: 'enough rows',
  tooFewRows: 'enough rows',
  duplicateRows: 'duplicate rows',
  duplicateKeys: 'keys unique',
  order: 'order between columns',
  columnOrder: 'order of columns',
  gap: 'no long gap in time',
  gaps: 'no long gap in time',
  type: 'same type',
  columnType: 'same type',
  columnMissing: 'column present',
  columnAdded: 'no new column',
  columnChanged: 'same type',
  joint: 'columns together',
};

/** The name of a check; an unknown one is spelled out of its camel case. */
export function checkWords(check: string): string {
  return (
    CHECKS[check] ?? check.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  );
}
