// SPDX-License-Identifier: Apache-2.0
/** How figures are made and said. */

export const number = (value, digits = 1) =>
  value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });

export const verdict = (isGood) => (isGood ? 'reached' : 'NOT REACHED');

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
