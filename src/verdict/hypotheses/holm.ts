// SPDX-License-Identifier: Apache-2.0
/**
 * Holm's step-down correction: the chance of any false rejection among all tests stays at the level, whatever their
 * dependence (Holm 1979). Adjusted p = running maximum of (tests − rank + 1) · p, at most 1; same order as given.
 */
export function holm(pValues: ArrayLike<number>): Float64Array {
  const count = pValues.length;
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Float64Array(count);
  let running = 0;
  for (let rank = 0; rank < count; rank++) {
    running = Math.max(running, Math.min(1, (count - rank) * pValues[order[rank]]));
    adjusted[order[rank]] = running;
  }
  return adjusted;
}
