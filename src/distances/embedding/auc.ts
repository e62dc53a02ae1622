// SPDX-License-Identifier: Apache-2.0
import { normalQuantile, normalSf } from '../special/normal.js';

/** Area under the ROC curve with its variance. */
export interface Auc {
  readonly auc: number;
  /** DeLong, DeLong & Clarke-Pearson 1988; never below Hanley & McNeil's at a perfect separation. */
  readonly variance: number;
  /** Of the Mann–Whitney statistic where both sides are alike. */
  readonly nullVariance: number;
}

/** P(score of b > score of a) + ½ P(equal), by midranks; both sides have at least two scores. */
export function aucOf(a: Float64Array, b: Float64Array): Auc {
  const [m, n] = [a.length, b.length];
  const order = Float64Array.from([...a, ...b].keys()).sort((i, j) => at(i) - at(j));
  function at(i: number): number {
    return i < m ? a[i]! : b[i - m]!;
  }
  // For each score the share of the other side below it, equal ones by half.
  const placeA = new Float64Array(m);
  const placeB = new Float64Array(n);
  let [belowA, belowB] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    let [tiedA, tiedB] = [0, 0];
    // the first is taken whatever it is: NaN equals nothing, not even itself
    do {
      if (order[to]! < m) tiedA++;
      else tiedB++;
      to++;
    } while (to < order.length && at(order[to]!) === at(order[from]!));
    for (let i = from; i < to; i++) {
      const index = order[i]!;
      if (index < m) placeA[index] = (belowB + tiedB / 2) / n;
      else placeB[index - m] = (belowA + tiedA / 2) / m;
    }
    belowA += tiedA;
    belowB += tiedB;
    from = to;
  }
  const auc = placeB.reduce((sum, value) => sum + value, 0) / n;
  const delong = variance(placeA) / m + variance(placeB) / n;
  const q = Math.min(auc, 1 - 1 / (2 * m * n));
  const perfect = auc === 1 || auc === 0;
  const [q1, q2] = [q / (2 - q), (2 * q * q) / (1 + q)];
  const hanley = (q * (1 - q) + (n - 1) * (q1 - q * q) + (m - 1) * (q2 - q * q)) / (m * n);
  return {
    auc,
    variance: perfect ? Math.max(delong, hanley) : delong,
    nullVariance: (m + n + 1) / (12 * m * n),
  };
}

/**
 * Mean over folds that were scored by each other's classifiers. Where nothing differs such areas move together (what one half
 * learned by chance, the other shows by the same chance), so the mean varies as one of them does: folds that are counted as
 * independent reject 18 % of null pairs at 5 %.
 */
export function meanAuc(folds: readonly Auc[]): Auc {
  const mean = (key: keyof Auc) => folds.reduce((sum, fold) => sum + fold[key], 0) / folds.length;
  return { auc: mean('auc'), variance: mean('variance'), nullVariance: mean('nullVariance') };
}

/** Interval at 1 − level, inside 0 … 1; p of AUC ≤ ½. */
export function aucInterval({ auc, variance, nullVariance }: Auc, level: number) {
  const reach = -normalQuantile(level / 2) * Math.sqrt(variance);
  return {
    low: Math.max(0, auc - reach),
    high: Math.min(1, auc + reach),
    pValue: normalSf((auc - 0.5) / Math.sqrt(nullVariance)),
  };
}

function variance(values: Float64Array): number {
  const n = values.length;
  if (n < 2) return 0;
  let mean = 0;
  for (const value of values) mean += value / n;
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return sum / (n - 1);
}
