// SPDX-License-Identifier: Apache-2.0
/**
 * The distances between shares that numbers (on merged bins) and categories have in common, with intervals.
 * Jensen–Shannon and Hellinger are norms after an embedding, in which sampling moves each side by χ²_{cells−1}/(8n)
 * (nats): value ± √(χ²_{1−level} (1/n + 1/m)/8), over √ln 2 in bits. Both are biased upwards; the interval says so.
 */
import type { TableTest } from './chi-square.js';
import { type Contingency, occupied, total } from './contingency.js';
import type { Distances } from './distance.js';
import { hellinger } from './hellinger.js';
import { jensenShannon } from './jensen-shannon.js';
import { kullbackLeibler } from './kullback-leibler.js';
import { populationStability, populationStabilityNull } from './population-stability.js';
import { chiSquareUpperQuantile } from './special/chi-square.js';

export interface TableOptions {
  readonly level: number;
  /** Test of the same counts: these distances have no null of their own in closed form. */
  readonly test: { readonly pValue: number; readonly pMethod: string };
  /** "20 equal-mass bins of the reference", "12 categories". */
  readonly cells: string;
  readonly exact: boolean;
  /**
   * The same rows with sparse cells merged, where there are any. Merging never raises these distances, and in filled
   * cells the noise is what the formula says: the lower limit comes from here.
   */
  readonly dense?: Contingency;
}

export function tableDistances(
  counts: Contingency,
  { level, test, cells, exact, dense = counts }: TableOptions,
): Distances {
  const m = total(counts.a);
  const n = total(counts.b);
  const used = occupied(counts);
  const reach = (table: Contingency) => {
    const df = occupied(table) - 1;
    return df > 0 ? Math.sqrt((chiSquareUpperQuantile(level, df) * (1 / m + 1 / n)) / 8) : 0;
  };
  const [noise, denseNoise] = [reach(counts), reach(dense)];
  const around = (distance: (table: Contingency) => number, scale: number) => {
    const value = distance(counts);
    return {
      value,
      low: Math.max(0, distance(dense) - scale * denseNoise),
      high: Math.min(1, value + scale * noise),
    };
  };
  const shared = { ...test, exact };
  const nullDistance = Math.min(1, Math.sqrt(populationStabilityNull(used, { m, n }) / 8 / Math.LN2));
  const distances: Distances = {
    jensenShannon: {
      ...around(jensenShannon, 1 / Math.sqrt(Math.LN2)),
      ...shared,
      convention: `distance (root of the divergence), base 2, ${cells}; equal distributions alone give about ${Number(nullDistance.toPrecision(2))}`,
    },
    hellinger: { ...around(hellinger, 1), ...shared, convention: `√(½ Σ(√p − √q)²), ${cells}` },
  };
  // Below 50 effective rows the index is its own noise.
  if ((m * n) / (m + n) < 50) return distances;
  const null_ = populationStabilityNull(used, { m, n });
  distances.populationStability = {
    value: populationStability(counts),
    ...shared,
    convention: `natural log, ${cells}, half a row in an empty cell; equal distributions alone give ${Number(null_.toPrecision(2))}`,
  };
  distances.kullbackLeibler = {
    value: kullbackLeibler(counts),
    exact,
    convention: `current from reference, natural log, ${cells}, half a row in an empty cell; not to be alarmed on: with a cell that the reference lacks it measures the filling`,
  };
  return distances;
}

/** A χ² test as the p of other distances over the same counts. */
export function asTest({ pValue, df }: TableTest): TableOptions['test'] {
  return { pValue, pMethod: `chi-square test of the same counts, ${df} df` };
}
