// SPDX-License-Identifier: Apache-2.0
/**
 * The x ≥ 0 at which a decreasing survival function on [0, ∞) falls to p (0 < p < survival(0)): bracketed by doubling,
 * then halved 80 times, so that the result is right to the last digits of `survival`.
 */
export function tailQuantile(survival: (x: number) => number, p: number): number {
  if (p >= survival(0)) return 0;
  if (!(p > 0)) return p === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  let high = 1;
  for (let i = 0; i < 1100 && survival(high) > p; i++) high *= 2;
  let low = high === 1 ? 0 : high / 2;
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (survival(middle) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
