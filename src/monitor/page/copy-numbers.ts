// SPDX-License-Identifier: Apache-2.0
/** What is a number, a vector or an array of either, and how many of them are copied at once. */

export type Numbers = Float32Array | Float64Array | Int32Array;

export function isTyped(source: unknown): boolean {
  return (
    ArrayBuffer.isView(source) &&
    !(source instanceof BigInt64Array || source instanceof BigUint64Array || source instanceof DataView)
  );
}

/** A Date has no length, and a string is none. */
export function isVector(value: unknown): value is ArrayLike<number> {
  return (
    typeof value === 'object' && value !== null && typeof (value as ArrayLike<number>).length === 'number'
  );
}

/** Undefined where it is no number. */
export function scalarOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : undefined;
}

export function copyStrided(
  source: ArrayLike<number>,
  offset: number,
  stride: number,
  target: Numbers,
  at: number,
  count: number,
): void {
  for (let i = 0, from = offset; i < count; i++, from += stride) target[at + i] = source[from];
}

/** `set` where it means the same: it would make a null a 0, and throws at a bigint. */
export function copyVector(
  source: ArrayLike<number>,
  from: number,
  count: number,
  target: Numbers,
  at: number,
): void {
  if (isTyped(source)) {
    target.set(
      from === 0 && source.length === count ? source : (source as Float32Array).subarray(from, from + count),
      at,
    );
    return;
  }
  for (let i = 0; i < count; i++) target[at + i] = scalarOf(source[from + i]) ?? Number.NaN;
}

export function grown<T extends Numbers | Uint8Array>(array: T, size: number): T {
  const larger = new (array.constructor as new (size: number) => T)(size);
  larger.set(array);
  return larger;
}
