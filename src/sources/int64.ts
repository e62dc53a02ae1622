// SPDX-License-Identifier: Apache-2.0
/**
 * Little-endian 64-bit integers as doubles divided by `divisor` (1, or the units of a timestamp in a millisecond),
 * without a BigInt each. Exact while the integer is below 2^53; beyond it, a divided value keeps what a double can hold
 * and an undivided one is rounded.
 *
 * @returns true when an undivided integer beyond 2^53 was rounded
 */
export function readInt64s(
  view: DataView,
  from: number,
  out: Float64Array | Float32Array,
  at: number,
  count: number,
  { signed, divisor, bigEndian = false }: { signed: boolean; divisor: number; bigEndian?: boolean },
): boolean {
  // hi·2^32 = hi·whole·divisor + hi·rest, so that nanoseconds beyond 2^53 become milliseconds without losing any
  const whole = Math.floor(2 ** 32 / divisor);
  const rest = 2 ** 32 - whole * divisor;
  const lowAt = bigEndian ? 4 : 0;
  const highAt = bigEndian ? 0 : 4;
  let rounded = false;
  for (let i = 0; i < count; i++) {
    const place = from + 8 * i;
    const low = view.getUint32(place + lowAt, !bigEndian);
    const high = signed
      ? view.getInt32(place + highAt, !bigEndian)
      : view.getUint32(place + highAt, !bigEndian);
    if (high >= -0x20_0000 && high < 0x20_0000) {
      out[at + i] = (high * 2 ** 32 + low) / divisor;
    } else if (divisor === 1) {
      out[at + i] = high * 2 ** 32 + low;
      rounded = true;
    } else {
      out[at + i] = high * whole + (high * rest + low) / divisor;
    }
  }
  return rounded;
}
