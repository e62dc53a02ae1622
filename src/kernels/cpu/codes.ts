// SPDX-License-Identifier: Apache-2.0

/** Occurrences of codes 0…size−1; index `size` counts every other code. */
export function codes(codes: Int32Array, size: number): Float64Array {
  const counts = new Float64Array(size + 1);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    counts[code >= 0 && code < size ? code : size]!++;
  }
  return counts;
}
