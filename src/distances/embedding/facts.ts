// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import type { NewRows } from './compare-rows.js';
import { componentSpreads } from './mean-distances.js';
import { componentMeans } from './statistics.js';
import type { Tested } from './tested.js';

/** One principal component of the reference. */
export interface ComponentChange {
  /** 0 is the one with the most variance. */
  readonly index: number;
  /** Share of the reference's variance along it. */
  readonly share: number;
  /** Difference of means, in reference standard deviations. */
  readonly shift: number;
  /** Standard deviation of the current side over that of the reference. */
  readonly spread: number;
  /** Larger of the two changes over its standard error. */
  readonly z: number;
}

export type NullKind = 'held-out' | 'permutation' | 'plain' | 'none';

/** What moved, beside the distances. */
export interface EmbeddingFacts {
  /** Rows that were compared. */
  readonly rows: { readonly reference: number; readonly current: number };
  /** Which null the tests were held against, and why, in words. */
  readonly null: { readonly kind: NullKind; readonly reason: string };
  readonly tests: readonly Tested[];
  /** Shift of the mean: Euclidean, and over the reference's total standard deviation. */
  readonly mean: { readonly distance: number; readonly relative: number };
  /** Variance of the current side over that of the reference, in all components together; 1 where there are none. */
  readonly spread: number;
  readonly norm: { readonly reference: number; readonly current: number };
  /** Most changed first, at most MOST_COMPONENTS. */
  readonly components: readonly ComponentChange[];
  readonly notes: readonly string[];
  /** After an alarm, with rows at hand. */
  readonly typical?: NewRows;
}

const MOST_COMPONENTS = 8;

export function componentChanges(
  frame: EmbeddingFrame,
  reference: EmbeddingPart,
  current: EmbeddingPart,
): { spread: number; components: ComponentChange[] } {
  const [a, b] = [componentMeans(reference), componentMeans(current)];
  const [sa, sb] = [componentSpreads(a), componentSpreads(b)];
  const { variances, variance } = frame;
  const components: ComponentChange[] = [];
  let [before, after] = [0, 0];
  for (let index = 0; index < variances.length; index++) {
    before += variances[index]! * sa[index]! ** 2;
    after += variances[index]! * sb[index]! ** 2;
    const shift = b.means[index]! - a.means[index]!;
    const spread = sa[index]! > 0 ? sb[index]! / sa[index]! : 1;
    const error = Math.sqrt(sa[index]! ** 2 / a.rows + sb[index]! ** 2 / b.rows);
    // A standard deviation of n normal rows varies by 1/√2n of itself.
    const spreadError = Math.sqrt(1 / (2 * a.rows) + 1 / (2 * b.rows)) * Math.max(1, spread);
    const z = Math.max(error > 0 ? Math.abs(shift) / error : 0, Math.abs(spread - 1) / spreadError);
    components.push({ index, share: variance > 0 ? variances[index]! / variance : 0, shift, spread, z });
  }
  components.sort((x, y) => y.z - x.z || x.index - y.index);
  return { spread: before > 0 ? after / before : 1, components: components.slice(0, MOST_COMPONENTS) };
}
