// SPDX-License-Identifier: Apache-2.0
// The paper's tests: (reference, window, view, …) → p. All use as many rows of the reference as the window has, but for `whole`.
import { betaI, chiSquare, kernels, kolmogorovSmirnovP, linear } from './engine.mjs';
import { permutation } from './random.mjs';
import { VIEWS } from './reductions.mjs';
import { adamState, backward, dense, denseLayers, descend, mapRows, tf } from './tensors.mjs';

/** The least p over the dimensions, times their number (Bonferroni). m rows of the reference against n of the window. */
export function kolmogorovSmirnov({ reference, window, view, m, n }) {
  const columns = window.sorted(view, n);
  let value = 0;
  reference.sorted(view, m).forEach((sorted, dim) => {
    const { above, below } = kernels.cdf(sorted, columns[dim]);
    value = Math.max(value, above, below);
  });
  return Math.min(1, VIEWS[view] * kolmogorovSmirnovP({ value, m, n }).pValue);
}

/** χ² on the counts of predicted classes, classes without a row left out. */
export function classCounts({ reference, window, n }) {
  const count = (sample) => {
    const counts = new Float64Array(10);
    for (const label of sample.first('classes', n)) counts[label]++;
    return counts;
  };
  return chiSquare({ a: count(reference), b: count(window) }).pValue;
}

/** Permutations of a test by maximum mean discrepancy: enough for a level of 5 %. */
const PERMUTATIONS = 199;

/**
 * Maximum mean discrepancy with the kernel exp(−|x − y|²/median distance) and a permutation p: of all ways to divide the pooled
 * rows evenly, the statistic orders them as Σ v_i v_j k_ij does, v = ±1 by side, i ≠ j.
 */
export function meanDiscrepancy({ reference, window, view, n, random }) {
  const dims = VIEWS[view];
  const pooled = new Float32Array(2 * n * dims);
  pooled.set(reference.first(view, n));
  pooled.set(window.first(view, n), n * dims);
  const gram = gaussianGram(pooled, 2 * n, dims);
  // One row of ±1 for the sides as they are, then one for each permutation.
  const sides = new Float32Array((PERMUTATIONS + 1) * 2 * n).fill(-1);
  sides.fill(1, 0, n);
  for (let turn = 1; turn <= PERMUTATIONS; turn++) {
    for (const row of permutation(2 * n, random, n)) sides[turn * 2 * n + row] = 1;
  }
  const products = linear.multiply(sides, gram, 2 * n);
  const form = (turn) => {
    let sum = 0;
    for (let i = turn * 2 * n; i < (turn + 1) * 2 * n; i++) sum += sides[i] * products[i];
    return sum;
  };
  const observed = form(0);
  let asLarge = 1;
  for (let turn = 1; turn <= PERMUTATIONS; turn++) if (form(turn) >= observed) asLarge++;
  return asLarge / (PERMUTATIONS + 1);
}

/** Kernel values between all rows, less their mean (which even sides cancel, and f32 is glad of), 0 on the diagonal. */
function gaussianGram(data, rows, dims) {
  const gram = linear.squaredDistances(data, data, dims);
  const distances = new Float32Array((rows * (rows - 1)) / 2);
  for (let i = 1, at = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) distances[at++] = gram[i * rows + j];
  }
  const median = Math.sqrt(kernels.sort(distances).values[distances.length >> 1]) || 1;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const value = Math.exp(-gram[i * rows + j] / median);
      gram[i * rows + j] = value;
      sum += value;
    }
  }
  const mean = sum / distances.length;
  for (let i = 0; i < rows; i++) {
    gram[i * rows + i] = 0;
    for (let j = 0; j < i; j++) {
      gram[i * rows + j] -= mean;
      gram[j * rows + i] = gram[i * rows + j];
    }
  }
  return gram;
}

/**
 * A classifier (784 → 32 → 2) learns the sides from half of the rows; p is two-sided binomial of its right answers on the other half.
 */
export function classifierTest({ reference, window, n, random }) {
  const dims = VIEWS.raw;
  const half = Math.ceil(n / 2);
  const sides = [reference.first('raw', n), window.first('raw', n)];
  const layers = denseLayers({ sizes: [dims, 32, 2] }, random);
  const state = adamState(layers);
  const batch = Math.min(256, 2 * half);
  const steps = Math.max(60, Math.round((8 * half) / batch));
  let order = [];
  for (let step = 0; step < steps; step++) {
    if (order.length < batch) order = permutation(2 * half, random);
    const rows = order.subarray(0, batch);
    order = order.subarray(batch);
    const data = new Float32Array(batch * dims);
    const target = new Float32Array(batch * 2);
    rows.forEach((row, i) => {
      const side = row < half ? 0 : 1;
      const from = (row - side * half) * dims;
      data.set(sides[side].subarray(from, from + dims), i * dims);
      target[2 * i + side] = 1;
    });
    tf.tidy(() => {
      const x = tf.tensor2d(data, [batch, dims]);
      const outputs = dense(layers, x);
      const last = tf.div(tf.sub(tf.softmax(outputs.at(-1)), tf.tensor2d(target, [batch, 2])), batch);
      descend({ layers, state, gradients: backward({ layers, x, outputs, last }).gradients, rate: 0.002 });
    });
  }
  let right = 0;
  sides.forEach((data, side) => {
    const answers = mapRows({
      data: data.subarray(half * dims),
      dims,
      change: (x) => tf.argMax(dense(layers, x).at(-1), 1),
    });
    for (const answer of answers) if (answer === side) right++;
  });
  tf.dispose([layers.map(({ w, b }) => ({ w, b })), state.slots]);
  return evenBinomialP(right, 2 * (n - half));
}

/** Two-sided p of k heads of n tosses: P(X ≤ k) = I_½(n − k, k + 1). */
function evenBinomialP(k, n) {
  const fewer = Math.min(k, n - k);
  return fewer * 2 === n ? 1 : Math.min(1, 2 * betaI(n - fewer, fewer + 1, 0.5));
}
