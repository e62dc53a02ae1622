// SPDX-License-Identifier: Apache-2.0
import { deviance } from './deviance.js';
import { stirlingError } from './log-gamma.js';

/**
 * Regularized incomplete beta I_x(a, b), a, b > 0, 0 ≤ x ≤ 1. Give `y` = 1 − x where it is known more precisely
 * (x next to 1). Relative precision holds down to 1e-300.
 */
export function betaI(a: number, b: number, x: number, y = 1 - x): number {
  if (!(a > 0 && b > 0) || !(x >= 0 && x <= 1)) return Number.NaN;
  if (x === 0) return 0;
  if (y === 0) return 1;
  return x < (a + 1) / (a + b + 2) ? lower(a, b, x, y) : 1 - lower(b, a, y, x);
}

const STEPS = 200_000;

function lower(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  // xᵃ yᵇ / B(a, b) by saddle point: Γ(a)=√(2π/a) (a/e)ᵃ e^err
  const logFront =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  const front = Math.exp(logFront) * Math.sqrt((a * b) / (2 * Math.PI * n));
  return (front * fraction(a, b, x)) / a;
}

/** Continued fraction of DLMF 8.17.22 by Lentz's method. */
function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const safe = (v: number) => (Math.abs(v) < tiny ? tiny : v);
  let c = 1;
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / safe(1 + even * d);
    c = safe(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / safe(1 + odd * d);
    c = safe(1 + odd / c);
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return h;
}
