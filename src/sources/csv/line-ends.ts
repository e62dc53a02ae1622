// SPDX-License-Identifier: Apache-2.0
/** Bytes between cells and rows. */

export const LF = 10;
export const CR = 13;
export const SPACE = 32;
const TAB = 9;

/** A space or tab that is not the delimiter itself. */
export function isPadding(byte: number, delimiter: number): boolean {
  return (byte === SPACE || byte === TAB) && byte !== delimiter;
}

/** The position after the newline (LF, CR or both) at `i`; −1 when the bytes end before it is complete. */
export function afterNewline(bytes: Uint8Array, i: number, end: number, isLast: boolean): number {
  if (isLast) return bytes[i] === CR && i + 1 < end && bytes[i + 1] === LF ? i + 2 : i + 1;
  if (i >= end) return -1;
  if (bytes[i] === LF) return i + 1;
  if (i + 1 >= end) return -1;
  return bytes[i + 1] === LF ? i + 2 : i + 1;
}
