// SPDX-License-Identifier: Apache-2.0
import { type Contingency, shares } from './contingency.js';

/**
 * Largest difference of the shares of one cell, max|p − q|, 0 … 1, with the cell. Empty cells add what is there.
 * `except` are cells that are no category of their own.
 */
export function lInfinity(
  { a, b }: Contingency,
  except?: ReadonlySet<number>,
): { value: number; cell: number } {
  const p = shares(a);
  const q = shares(b);
  let value = 0;
  let cell = 0;
  for (let i = 0; i < p.length; i++) {
    if (except?.has(i)) continue;
    const difference = Math.abs(p[i] - q[i]);
    if (difference > value) {
      value = difference;
      cell = i;
    }
  }
  return { value, cell };
}
