// SPDX-License-Identifier: Apache-2.0
import type { Bytes } from './source.js';

/** How the note begins of a file that seems to be a part of one; the report's headline asks about it. */
export const CUT_OFF = 'ends in the middle of a row';

export function cutOffNote(place: string): string {
  return `${CUT_OFF} (${place}), which is left out: was the file cut off?`;
}

/** The first `size` bytes: all rows but the one that was cut. */
export function upTo(bytes: Bytes, size: number): Bytes {
  return { name: bytes.name, size, slice: (start, end) => bytes.slice(start, end) };
}
