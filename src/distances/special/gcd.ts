// SPDX-License-Identifier: Apache-2.0
/** The greatest common divisor of two whole numbers (Euclid). */
export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
