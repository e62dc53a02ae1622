// SPDX-License-Identifier: Apache-2.0
/**
 * windows-1252 to UTF-8, after the index of the WHATWG Encoding Standard. Own code since TextDecoder is not the same everywhere: Node 20
 * reads bytes 0x80 to 0x9F as control characters.
 */

const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const encoder = new TextEncoder();
/** UTF-8 of bytes 0x80 to 0xFF. */
const UTF8: readonly Uint8Array[] = Array.from({ length: 128 }, (_, i) =>
  encoder.encode(i < 32 ? HIGH[i] : String.fromCharCode(128 + i)),
);

export function windows1252ToUtf8(bytes: Uint8Array): Uint8Array {
  let length = 0;
  for (const byte of bytes) length += byte < 128 ? 1 : UTF8[byte - 128].length;
  if (length === bytes.length) return bytes;
  const utf8 = new Uint8Array(length);
  let to = 0;
  for (const byte of bytes) {
    if (byte < 128) utf8[to++] = byte;
    else for (const part of UTF8[byte - 128]) utf8[to++] = part;
  }
  return utf8;
}
