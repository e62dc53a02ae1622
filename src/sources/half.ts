// SPDX-License-Identifier: Apache-2.0
/** IEEE 754 half precision from its 16 bits. */
export function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let table: Float32Array | undefined;

/** The value of every half by its bits: 256 KiB, made on first use, for where there are millions of them. */
export function halfTable(): Float32Array {
  if (table) return table;
  const made = new Float32Array(65_536);
  for (let bits = 0; bits < made.length; bits++) made[bits] = half(bits);
  table = made;
  return made;
}
