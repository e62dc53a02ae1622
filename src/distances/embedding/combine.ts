// SPDX-License-Identifier: Apache-2.0
/**
 * Cauchy combination (Liu & Xie 2020): mean of tan((½ − p)π) under the null is close to Cauchy in its tail, however the
 * p-values depend on each other. A p near 1 would outweigh any small one, so it counts as .99 at most. 1 for none.
 */
export function cauchyCombined(pValues: readonly number[]): number {
  if (pValues.length === 0) return 1;
  let sum = 0;
  for (const p of pValues) sum += cotangent(Math.min(0.99, p));
  const mean = sum / pValues.length;
  // atan loses what is below 1e-16; its tail is 1/(π·mean).
  if (mean > 1e8) return Math.min(1, 1 / (Math.PI * mean));
  return Math.min(1, Math.max(0, 0.5 - Math.atan(mean) / Math.PI));
}

/** tan((½ − p)π), with the digits of a small p. */
function cotangent(p: number): number {
  return p < 1e-8 ? 1 / (Math.PI * Math.max(p, 1e-300)) : Math.tan((0.5 - p) * Math.PI);
}
