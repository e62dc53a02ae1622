// SPDX-License-Identifier: Apache-2.0
/**
 * NannyML 0.13's univariate drift numbers. Its bins: Doane over the reference; current values outside make one more bin,
 * empty in the reference. KS and Wasserstein are exact below 10,000 reference rows, which is what is offered here (above,
 * it reads them off 10,000 equally wide bins). Samples are without NaN and not empty.
 */
import type { CdfPartial, Numbers } from '../../kernels/kernels.js';
import { type Contingency, total } from '../contingency.js';
import { hellinger } from '../hellinger.js';
import { jensenShannon } from '../jensen-shannon.js';
import { lInfinity } from '../l-infinity.js';
import { doaneEdges, histogramOf } from './numpy-bins.js';

/** Jensen–Shannon distance, base 2. */
export function nannymlJensenShannon(reference: Numbers, current: Numbers): number {
  return jensenShannon(binned(reference, current));
}

export function nannymlHellinger(reference: Numbers, current: Numbers): number {
  return hellinger(binned(reference, current));
}

/** Wasserstein-1 in the column's unit. */
export function nannymlWasserstein({ wasserstein }: CdfPartial): number {
  return wasserstein;
}

export function nannymlKolmogorovSmirnov({ above, below }: CdfPartial): number {
  return Math.max(above, below);
}

/** Categories that the reference lacks are one cell. Give counts over the union of both sides' categories. */
export function nannymlCategoricalJensenShannon(counts: Contingency): number {
  return jensenShannon(unseenAsOne(counts));
}

export function nannymlCategoricalHellinger(counts: Contingency): number {
  return hellinger(unseenAsOne(counts));
}

export function nannymlLInfinity(counts: Contingency): number {
  return lInfinity(counts).value;
}

function binned(reference: Numbers, current: Numbers): Contingency {
  const edges = doaneEdges(reference);
  const b = histogramOf(current, edges);
  return { a: [...histogramOf(reference, edges), 0], b: [...b, current.length - total(b)] };
}

function unseenAsOne({ a, b }: Contingency): Contingency {
  const kept: Contingency & { a: number[]; b: number[] } = { a: [], b: [] };
  let unseen = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] > 0) {
      kept.a.push(a[i]);
      kept.b.push(b[i]);
    } else unseen += b[i];
  }
  return { a: [...kept.a, 0], b: [...kept.b, unseen] };
}
