// SPDX-License-Identifier: Apache-2.0
import type { FeatureReport } from '../../report/report.js';
import type { Rating } from '../../verdict/verdict.js';
import { RATING_ORDER } from './words.js';

export type SortKey = 'report' | 'name' | 'kind' | 'distance' | 'p' | 'missing';
export type SortDirection = 'ascending' | 'descending';

export interface FeatureView {
  readonly sort: SortKey;
  readonly direction: SortDirection;
  /** Part of a name, case does not matter. */
  readonly query: string;
  /** Ratings to keep; all when empty. */
  readonly ratings: ReadonlySet<Rating>;
}

/** How far over its threshold a feature is; what is not rated comes last. */
function overThreshold({ verdict }: FeatureReport): number {
  if (verdict.rating === 'notRated' || Number.isNaN(verdict.value)) return Number.NEGATIVE_INFINITY;
  return verdict.threshold > 0 ? verdict.value / verdict.threshold : verdict.value;
}

export function missingShare(side: FeatureReport['reference']): number {
  return side.rows > 0 ? side.missing / side.rows : 0;
}

const names = new Intl.Collator('en', { numeric: true });

const COMPARE: Record<SortKey, (a: FeatureReport, b: FeatureReport) => number> = {
  report: () => 0,
  name: (a, b) => names.compare(a.name, b.name),
  kind: (a, b) => names.compare(a.kind, b.kind),
  distance: (a, b) => difference(overThreshold(a), overThreshold(b)),
  p: (a, b) => difference(ranked(a), ranked(b)),
  missing: (a, b) => difference(Math.abs(a.missingness.delta), Math.abs(b.missingness.delta)),
};

function ranked({ verdict }: FeatureReport): number {
  const p = verdict.adjustedPValue;
  return verdict.rating === 'notRated' || Number.isNaN(p) ? Number.POSITIVE_INFINITY : p;
}

/** −∞ − −∞ is NaN, so compare instead of subtracting. */
function difference(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The features to show, in order. Ties keep the order of the report. */
export function arrangeFeatures(features: readonly FeatureReport[], view: FeatureView): FeatureReport[] {
  const query = view.query.trim().toLowerCase();
  const kept = features.filter(
    (feature) =>
      (view.ratings.size === 0 || view.ratings.has(feature.verdict.rating)) &&
      (query === '' || feature.name.toLowerCase().includes(query)),
  );
  if (view.sort === 'report' && view.direction === 'ascending') return kept;
  if (view.sort === 'report') return kept.reverse();
  const compare = COMPARE[view.sort];
  const sign = view.direction === 'ascending' ? 1 : -1;
  return kept.sort((a, b) => sign * compare(a, b));
}

export function countRatings(features: readonly FeatureReport[]): Map<Rating, number> {
  const counts = new Map<Rating, number>(RATING_ORDER.map((rating) => [rating, 0]));
  for (const { verdict } of features) counts.set(verdict.rating, (counts.get(verdict.rating) ?? 0) + 1);
  return counts;
}

/** The order after a click on a head: first the worst or the first name, then the other way round, then the report's own. */
export function nextOrder(
  { sort, direction }: { readonly sort: SortKey; readonly direction: SortDirection },
  key: SortKey,
): { sort: SortKey; direction: SortDirection } {
  const first: SortDirection = key === 'distance' || key === 'missing' ? 'descending' : 'ascending';
  if (key === 'report' || sort !== key) return { sort: key, direction: first };
  return direction === first
    ? { sort: key, direction: first === 'ascending' ? 'descending' : 'ascending' }
    : { sort: 'report', direction: 'ascending' };
}
