// SPDX-License-Identifier: Apache-2.0
/**
 * Evidently 0.7's numbers for a numeric column (float dtype). Its bins: Sturges over both samples together, so that they
 * move with the window; a reference of at most 20 distinct values is compared value by value. PSI and KL fill empty
 * cells with .0001, or a millionth of the smallest filled one where that is smaller still. Drift from .1 on for all.
 * Samples are without NaN and not empty.
 */
import type { CdfPartial, Numbers } from '../../kernels/kernels.js';
import { type Contingency, shares } from '../contingency.js';
import { divergence } from '../jensen-shannon.js';
import { histogramOf, sturgesEdges } from './numpy-bins.js';

export const EVIDENTLY_THRESHOLD = 0.1;

/** Jensen–Shannon distance, natural logarithm: 0 … √ln 2 = .833. */
export function evidentlyJensenShannon(reference: Numbers, current: Numbers): number {
  const { a, b } = cells(reference, current);
  return Math.sqrt(Math.LN2 * divergence(shares(a), shares(b)));
}

/** PSI, natural logarithm, empty cells filled. Not normalised again after filling. */
export function evidentlyPopulationStability(reference: Numbers, current: Numbers): number {
  const [p, q] = filledCells(reference, current);
  return p.reduce((sum, share, i) => sum + (share - q[i]) * Math.log(share / q[i]), 0);
}

/** Kullback–Leibler of the reference from the current side, empty cells filled, then normalised. */
export function evidentlyKullbackLeibler(reference: Numbers, current: Numbers): number {
  const [p, q] = filledCells(reference, current).map((side) => shares(side));
  return p.reduce((sum, share, i) => sum + share * Math.log(share / q[i]), 0);
}

/** Hellinger √(1 − Σ√(pq)); Sturges' rule over the distinct values of both samples. */
export function evidentlyHellinger(reference: Numbers, current: Numbers): number {
  const edges = sturgesEdges(distinctOf(reference, current));
  const p = shares(histogramOf(reference, edges));
  const q = shares(histogramOf(current, edges));
  return Math.sqrt(
    1 -
      Math.min(
        1,
        p.reduce((sum, share, i) => sum + Math.sqrt(share * q[i]), 0),
      ),
  );
}

/** Wasserstein-1 over the reference sd (ddof 0), which counts as at least .001. */
export function evidentlyWasserstein({ wasserstein }: CdfPartial, reference: Numbers): number {
  const n = reference.length;
  let mean = 0;
  for (const x of reference) mean += x / n;
  let variance = 0;
  for (const x of reference) variance += (x - mean) ** 2 / n;
  return wasserstein / Math.max(Math.sqrt(variance), 0.001);
}

const CATEGORIES = 20;

function cells(reference: Numbers, current: Numbers): Contingency & { a: Float64Array; b: Float64Array } {
  if (new Set(reference).size > CATEGORIES) {
    const both = new Float64Array(reference.length + current.length);
    both.set(reference);
    both.set(current, reference.length);
    const edges = sturgesEdges(both);
    return { a: histogramOf(reference, edges), b: histogramOf(current, edges) };
  }
  const places = new Map([...distinctOf(reference, current)].map((value, place) => [value, place]));
  const count = (values: Numbers) => {
    const counts = new Float64Array(places.size);
    for (const x of values) counts[places.get(x)!]++;
    return counts;
  };
  return { a: count(reference), b: count(current) };
}

function distinctOf(reference: Numbers, current: Numbers): Float64Array {
  const all = new Set<number>(reference);
  for (const x of current) all.add(x);
  return Float64Array.from(all);
}

function filledCells(reference: Numbers, current: Numbers): [Float64Array, Float64Array] {
  const { a, b } = cells(reference, current);
  return [filled(shares(a)), filled(shares(b))];
}

function filled(side: Float64Array): Float64Array {
  let least = Number.POSITIVE_INFINITY;
  for (const share of side) if (share > 0) least = Math.min(least, share);
  const filling = least <= 1e-4 ? least / 1e6 : 1e-4;
  return side.map((share) => share || filling);
}
