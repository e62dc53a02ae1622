// SPDX-License-Identifier: Apache-2.0
/**
 * ln Γ(x) for x > 0, relative error below 1e-13 (near its zeros 1 and 2 as well).
 * [1.5, 2.5]: Taylor series at 2, Σ (−1)^k (ζ(k) − 1)(x − 2)^k / k; above 10: Stirling; between: recurrence.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  if (x < 1.5) return nearTwo(x - 1) - Math.log(x);
  let product = 1;
  let y = x;
  while (y > 2.5) {
    y -= 1;
    product *= y;
  }
  return nearTwo(y - 2) + Math.log(product);
}

/** ln n! − ln(√(2πn) nⁿ e⁻ⁿ), for real n > 0: what Stirling's formula lacks (Loader 2000, "stirlerr"). */
export function stirlingError(n: number): number {
  if (n >= 10) return stirlingSeries(n);
  return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - HALF_LOG_TWO_PI;
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
const EULER = 0.5772156649015329;

/** Σ B₂ₖ / (2k (2k − 1) x^(2k−1)); eight terms reach 1e-16 from 10 on. */
function stirlingSeries(x: number): number {
  const r = 1 / (x * x);
  let sum = -3617 / 122400;
  for (const c of [1 / 156, -691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12])
    sum = sum * r + c;
  return sum / x;
}

/** ln Γ(2 + z), |z| ≤ ½. */
function nearTwo(z: number): number {
  let sum = 0;
  for (let k = ZETA_MINUS_ONE.length - 1; k >= 2; k--) {
    sum = sum * z + ((k & 1 ? -1 : 1) * ZETA_MINUS_ONE[k]) / k;
  }
  return z * (1 - EULER + z * sum);
}

/** ζ(k) − 1 by Euler–Maclaurin from 12 on. */
const ZETA_MINUS_ONE = Array.from({ length: 48 }, (_, k) => {
  if (k < 2) return 0;
  const n = 12;
  let sum = 0;
  for (let i = n - 1; i >= 2; i--) sum += i ** -k;
  const edge = n ** -k;
  const first = (k * edge) / (12 * n);
  const third = (k * (k + 1) * (k + 2) * edge) / (720 * n ** 3);
  const fifth = (k * (k + 1) * (k + 2) * (k + 3) * (k + 4) * edge) / (30240 * n ** 5);
  const seventh = (k * (k + 1) * (k + 2) * (k + 3) * (k + 4) * (k + 5) * (k + 6) * edge) / (1209600 * n ** 7);
  return sum + (n * edge) / (k - 1) + edge / 2 + first - third + fifth - seventh;
});
