// SPDX-License-Identifier: Apache-2.0
import { kolmogorovUpperQuantile } from '../../distances/special/kolmogorov.js';

const known = new Map<number, number>();
const MOST = 64;

/** kolmogorovUpperQuantile, remembered: a report asks for the same two or three levels a thousand times. */
export function kolmogorovQuantile(p: number): number {
  let quantile = known.get(p);
  if (quantile === undefined) {
    quantile = kolmogorovUpperQuantile(p);
    if (known.size >= MOST) known.clear();
    known.set(p, quantile);
  }
  return quantile;
}
