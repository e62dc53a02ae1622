// SPDX-License-Identifier: Apache-2.0
/**
 * x ln(x/m) + m − x, the half deviance of a Poisson count x at mean m, without cancellation where x ≈ m
 * (Loader 2000, "Fast and accurate computation of binomial probabilities", bd0).
 */
export function deviance(x: number, m: number): number {
  if (x === 0) return m;
  if (Math.abs(x - m) < 0.1 * (x + m)) {
    const v = (x - m) / (x + m);
    let sum = (x - m) * v;
    let term = 2 * x * v;
    const square = v * v;
    for (let j = 1; j < 1000; j++) {
      term *= square;
      const next = sum + term / (2 * j + 1);
      if (next === sum) break;
      sum = next;
    }
    return sum;
  }
  return x * Math.log(x / m) + m - x;
}
