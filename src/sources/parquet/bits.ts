// SPDX-License-Identifier: Apache-2.0
/**
 * Unpacks `count` unsigned integers of `width` bits (0 to 32), least significant bit first, from `bytes` at `pos`.
 * The caller has checked that the bytes are there.
 */
export function unpackBits(
  bytes: Uint8Array,
  pos: number,
  width: number,
  out: Int32Array | Uint8Array | Float64Array,
  at: number,
  count: number,
): void {
  if (width === 0) {
    out.fill(0, at, at + count);
  } else if (width <= 24) {
    unpackNarrow(bytes, pos, width, out, at, count);
  } else {
    unpackWide(bytes, pos, width, out, at, count);
  }
}

function unpackNarrow(
  bytes: Uint8Array,
  pos: number,
  width: number,
  out: Int32Array | Uint8Array | Float64Array,
  at: number,
  count: number,
): void {
  const mask = (1 << width) - 1;
  let held = 0;
  let bits = 0;
  for (let i = 0; i < count; i++) {
    while (bits < width) {
      held |= bytes[pos++] << bits;
      bits += 8;
    }
    out[at + i] = held & mask;
    held >>>= width;
    bits -= width;
  }
}

/** Beyond 24 bits an accumulator of 32 overflows: five bytes in a double hold any value and its offset exactly. */
function unpackWide(
  bytes: Uint8Array,
  pos: number,
  width: number,
  out: Int32Array | Uint8Array | Float64Array,
  at: number,
  count: number,
): void {
  const modulus = 2 ** width;
  for (let i = 0; i < count; i++) {
    const bit = i * width;
    const first = pos + Math.floor(bit / 8);
    let window = 0;
    for (let k = 4; k >= 0; k--) window = window * 256 + (first + k < bytes.length ? bytes[first + k] : 0);
    out[at + i] = Math.floor(window / 2 ** (bit % 8)) % modulus;
  }
}
