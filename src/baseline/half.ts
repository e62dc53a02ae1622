// SPDX-License-Identifier: Apache-2.0
/** IEEE 754 half precision: 11 significant bits, 6.1e-5 to 65,504, and multiples of 6e-8 below. Ties to even. */

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The 16 bits nearest to a number; beyond the range infinite. */
export function halfBits(value: number): number {
  float[0] = value;
  const word = bits[0]!;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = word & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // From 65,520 on the nearest is infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) return sign | roundedToEven(Math.abs(float[0]) * 2 ** 24);
  const rest = magnitude & 0x1fff;
  const kept = (magnitude - 0x38000000) >>> 13;
  return sign | (rest > 0x1000 || (rest === 0x1000 && kept & 1) ? kept + 1 : kept);
}

/** The number that 16 bits stand for. */
export function fromHalfBits(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/**
 * The power of two that brings the largest magnitude to 2¹⁴ … 2¹⁵: numbers times it keep eleven bits over 28 binary
 * orders, whatever their unit. 1 for zeros only.
 */
export function halfScale(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!));
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return 1;
  return 2 ** Math.min(120, Math.max(-120, 14 - Math.floor(Math.log2(largest))));
}

/** Each value as half precision holds it after scaling by `halfScale`. */
export function roundedToScaledHalf(values: ArrayLike<number>): Float32Array {
  const scale = halfScale(values);
  // A loop: an iterator costs ten times as much, and there are a million values.
  const rounded = new Float32Array(values.length);
  for (let i = 0; i < rounded.length; i++) {
    float[0] = values[i]! * scale;
    const word = bits[0]!;
    const magnitude = word & 0x7fffffff;
    if (magnitude >= 0x38800000 && magnitude < 0x477ff000) {
      // The lower 13 of 23 bits of the fraction are rounded away, ties to even.
      bits[0] = (word + 0xfff + ((word >>> 13) & 1)) & 0xffffe000;
      rounded[i] = float[0]! / scale;
    } else rounded[i] = fromHalfBits(halfBits(float[0]!)) / scale;
  }
  return rounded;
}

function roundedToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below & 1) ? below + 1 : below;
}
