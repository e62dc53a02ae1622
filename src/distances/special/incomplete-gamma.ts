// SPDX-License-Identifier: Apache-2.0
import { deviance } from './deviance.js';
import { stirlingError } from './log-gamma.js';

/** Lower regularized incomplete gamma P(a, x), a > 0, x ≥ 0. */
export function gammaP(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return x < a + 1 ? series(a, x) : 1 - fraction(a, x);
}

/** Upper regularized incomplete gamma Q(a, x) = 1 − P(a, x); relative precision holds down to 1e-300. */
export function gammaQ(a: number, x: number): number {
  if (!(a > 0) || !(x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return x < a + 1 ? 1 - series(a, x) : fraction(a, x);
}

/** Both expansions need about √a steps around x = a; a of 1e8 stays under this. */
const STEPS = 200_000;

/** xᵃ e⁻ˣ / Γ(a), by saddle point so that a large a costs no digits. */
function front(a: number, x: number): number {
  return Math.exp(-deviance(a, x) - stirlingError(a)) * Math.sqrt(a / (2 * Math.PI));
}

function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < STEPS; k++) {
    term *= x / (a + k);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return Math.min(1, sum * front(a, x));
}

/** Legendre's continued fraction by Lentz's method. */
function fraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < STEPS; i++) {
    const numerator = -i * (i - a);
    b += 2;
    d = numerator * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + numerator / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return front(a, x) * h;
}
