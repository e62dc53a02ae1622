// SPDX-License-Identifier: Apache-2.0
import type { LinearKernels } from '../../kernels/vectors.js';
import type { StatisticNull } from '../frame.js';
import { columnMeans, transposed, without } from './rows.js';

/**
 * What the null of ‖mean feature difference‖² needs, from n independent rows (n × p) of its features: U-statistics over
 * distinct rows, so that rows paired with themselves bias nothing (tr M² from a covariance of n rows would be too high by
 * (tr M)²/n). Costs n²p + min(n, p)³ multiplications.
 *
 * Two of them are held inside what eigenvalues allow, tr M² ≥ (tr M)²/p and tr M² ² / tr M ≤ tr M³ ≤ tr M²^1.5, since few
 * rows can give an estimate outside. All zeros for rows that do not vary. n ≥ 3.
 */
export function statisticNull(rows: Float32Array, p: number, linear: LinearKernels): StatisticNull {
  const n = rows.length / p;
  const centred = without(rows, columnMeans(rows, p));
  // Both products are symmetric: half the work of a product of any two matrices.
  const kernel = new Float32Array(linear.crossProducts(transposed(centred, p), n));
  const h = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = i * p; j < (i + 1) * p; j++) sum += centred[j]! * centred[j]!;
    h[i] = sum;
    kernel[i * n + i] = 0;
  }
  // One mean was taken off n rows.
  const mean = total(h) / (n - 1);
  if (!(mean > 0))
    return { mean: 0, variance: 0, skew: 0, square: 0, cube: 0, coupling: 0, cross: 0, third: 0 };
  const above = h.map((value) => value - total(h) / n);
  // Σ K³ over ways round three rows: by the kernel, or where features are fewer than rows by their products.
  const squared = p < n ? null : linear.crossProducts(kernel, n);
  let [square, coupling, cross, third] = [0, 0, 0, 0];
  let cube = squared === null ? traceOfCube(centred, p, linear) : 0;
  for (let i = 0; i < n; i++) {
    let [two, three, weighted] = [0, 0, 0];
    for (let j = 0; j < n; j++) {
      const value = kernel[i * n + j]!;
      two += value * value;
      three += value * value * value;
      weighted += value * above[j]!;
    }
    if (squared !== null) for (let j = i * n; j < (i + 1) * n; j++) cube += kernel[j]! * squared[j]!;
    else cube -= h[i]! * (3 * two + h[i]! ** 2);
    square += two;
    third += three;
    coupling += two * above[i]!;
    cross += weighted * above[i]!;
  }
  const pairs = n * (n - 1);
  const rank = Math.min(p, n - 1);
  // Centring makes the kernel of a row with all others sum to −h: that adds (tr M)²/n² to the mean of K² and takes the share
  // 2/n − 2/n² off it, and off tr M³ nearly the same share.
  const left = 1 - 2 / n + 2 / (n * n);
  const trace2 = Math.max((square / pairs - (mean / n) ** 2) / left, mean ** 2 / rank);
  const trace3 = cube / (pairs * (n - 2)) / left;
  return {
    mean,
    variance: above.reduce((sum, value) => sum + value ** 2, 0) / (n - 1),
    skew: above.reduce((sum, value) => sum + value ** 3, 0) / n,
    square: trace2,
    cube: Math.min(trace2 ** 1.5, Math.max(trace3, trace2 ** 2 / mean)),
    coupling: coupling / pairs,
    cross: cross / pairs,
    third: third / pairs,
  };
}

/** tr (XᵀX)³, which is that of the kernel with its diagonal. */
function traceOfCube(rows: Float32Array, p: number, linear: LinearKernels): number {
  const products = linear.crossProducts(rows, p);
  const single = new Float32Array(products);
  const squared = linear.crossProducts(single, p);
  let sum = 0;
  for (let i = 0; i < products.length; i++) sum += products[i]! * squared[i]!;
  return sum;
}

function total(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
