// SPDX-License-Identifier: Apache-2.0
/** Most steps of a fit; standardised columns need a dozen. */
const MOST_STEPS = 60;
const ENOUGH = 1e-4;

export interface LogisticModel {
  readonly weights: Float64Array;
  readonly intercept: number;
}

/**
 * Logistic regression with the penalty ½·λ‖w‖², λ = p: a priori all columns together separate the sides by about one
 * standard deviation. Both sides weigh the same, so scores are log odds at even odds. `rows` are n × p with columns of
 * variance about 1; Nesterov's gradient descent, which needs no p × p matrix.
 */
export function fitLogistic(
  rows: Float32Array,
  p: number,
  { use, current }: { use: Uint32Array; current: Uint8Array },
): LogisticModel {
  const counts = [0, 0];
  for (const i of use) counts[current[i]!]!++;
  const weightOf = [use.length / (2 * Math.max(1, counts[0]!)), use.length / (2 * Math.max(1, counts[1]!))];
  const weights = new Float64Array(p + 1);
  const ahead = new Float64Array(p + 1);
  const gradient = new Float64Array(p + 1);
  // Curvature is at most a quarter of the largest eigenvalue of the rows' products, which is estimated by its powers.
  const curvature = largestProduct(rows, p, use) / 4 + p;
  let momentum = 1;
  for (let step = 0; step < MOST_STEPS; step++) {
    gradient.fill(0);
    for (const i of use) {
      const at = i * p;
      let score = ahead[p]!;
      for (let j = 0; j < p; j++) score += ahead[j]! * rows[at + j]!;
      const side = current[i]!;
      const residual = weightOf[side]! * (1 / (1 + Math.exp(-score)) - side);
      for (let j = 0; j < p; j++) gradient[j]! += residual * rows[at + j]!;
      gradient[p]! += residual;
    }
    let moved = 0;
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    for (let j = 0; j <= p; j++) {
      const penalty = j < p ? p * ahead[j]! : 0;
      const updated = ahead[j]! - (gradient[j]! + penalty) / curvature;
      const change = updated - weights[j]!;
      ahead[j] = updated + ((momentum - 1) / next) * change;
      weights[j] = updated;
      moved += change * change;
    }
    momentum = next;
    if (moved < ENOUGH ** 2) break;
  }
  return { weights: weights.slice(0, p), intercept: weights[p]! };
}

export function logitOf({ weights, intercept }: LogisticModel, rows: Float32Array, row: number): number {
  const p = weights.length;
  let score = intercept;
  for (let j = 0; j < p; j++) score += weights[j]! * rows[row * p + j]!;
  return score;
}

/** Largest eigenvalue of Σ (x, 1)(x, 1)ᵀ, a little raised, by eight power steps. */
function largestProduct(rows: Float32Array, p: number, use: Uint32Array): number {
  let vector = new Float64Array(p + 1).fill(1 / Math.sqrt(p + 1));
  let size = 0;
  for (let step = 0; step < 8; step++) {
    const image = new Float64Array(p + 1);
    for (const i of use) {
      let dot = vector[p]!;
      for (let j = 0; j < p; j++) dot += vector[j]! * rows[i * p + j]!;
      for (let j = 0; j < p; j++) image[j]! += dot * rows[i * p + j]!;
      image[p]! += dot;
    }
    size = Math.sqrt(image.reduce((sum, value) => sum + value * value, 0));
    if (!(size > 0)) return use.length;
    vector = image.map((value) => value / size);
  }
  return 1.3 * size;
}
