// SPDX-License-Identifier: Apache-2.0
import { checkedCuts } from '../cuts.js';
import type { BinPartial, CutTable, Numbers } from '../kernels.js';

/** Throws SettingsError unless the cuts are finite and strictly increasing. */
export function prepareCuts(cuts: Float64Array): CutTable {
  return { cuts: checkedCuts(cuts) };
}

/** Bin of a finite x = number of cuts ≤ x, by binary search. An f32 value compares as the f64 that it is. */
export function histogram(values: Numbers, table: CutTable): BinPartial {
  const { cuts } = table;
  const counts = new Float64Array(cuts.length + 1);
  const sums = new Float64Array(cuts.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cuts[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    counts[low]!++;
    sums[low]! += value;
  }
  return { counts, sums };
}
