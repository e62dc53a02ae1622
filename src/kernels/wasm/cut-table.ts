// SPDX-License-Identifier: Apache-2.0
/** Cuts as assembly/histogram.ts reads them: a header, one record per bin, and the guide. */
import { singleCuts } from '../cuts.js';

export interface PackedCuts {
  /** Header, records with zero sums and counts, and guide in one block, to be copied to a multiple of 16. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly recordsAt: number;
  readonly guideAt: number;
}

/** Sum, count, cut, padding. */
export const RECORD_BYTES = 32;
/** The guide's entries are u16, and the bin of NaN behind the last one must fit too. */
export const MOST_CUTS = 65_533;

const HEADER_BYTES = 64;
/** 8 kB of guide: it stays in the first-level cache and costs little to copy with every batch. */
const CELLS = 4096;

/** How x becomes a cell, see assembly/histogram.ts. */
interface Spread {
  readonly origin: number;
  readonly softness: number;
  readonly keys: Float64Array;
  readonly shift: number;
  readonly lastCell: number;
  /** Most cuts that share a cell. */
  readonly crowd: number;
}

/** `cuts`: finite, strictly increasing, at most MOST_CUTS. */
export function packCuts(cuts: Float64Array, width: 4 | 8): PackedCuts {
  const exact = width === 4 ? singleCuts(cuts) : cuts;
  const spread = bestSpread(exact);
  const steps = Math.max(1, Math.ceil(Math.log2(spread.crowd + 1)));
  const records = cuts.length + 2 + 2 ** steps;
  const recordsAt = HEADER_BYTES;
  const guideAt = recordsAt + records * RECORD_BYTES;
  const bytes = new Uint8Array(guideAt + (spread.lastCell + 2) * 2);

  const header = new DataView(bytes.buffer, 0, HEADER_BYTES);
  header.setInt32(0, spread.keys[0] ?? 0, true);
  header.setInt32(4, spread.shift, true);
  header.setInt32(8, spread.lastCell, true);
  header.setInt32(12, steps, true);
  header.setFloat64(16, 0 - spread.origin, true);
  header.setFloat32(24, spread.softness, true);
  header.setFloat32(28, 0 - spread.origin, true);

  const room =
    width === 4
      ? new Float32Array(bytes.buffer, 0, guideAt / 4)
      : new Float64Array(bytes.buffer, 0, guideAt / 8);
  for (let i = 0; i < records; i++) {
    room[(recordsAt + i * RECORD_BYTES + 16) / width] = i < exact.length ? exact[i]! : Number.NaN;
  }
  fillGuide(new Uint16Array(bytes.buffer, guideAt), spread, cuts.length);
  return { bytes, recordsAt, guideAt };
}

/** Per cell the number of cuts in earlier cells; for NaN and ±Infinity the record behind the last bin. */
function fillGuide(guide: Uint16Array, { keys, shift, lastCell }: Spread, cutCount: number): void {
  let cell = 0;
  for (let i = 0; i < keys.length; i++) {
    const own = cellOf(keys, i, shift);
    while (cell < own) guide[++cell] = i;
  }
  guide[lastCell + 1] = cutCount + 1;
}

/**
 * Cuts are dense where the reference is. Around zero the plain key wastes its cells on tiny exponents, and far from
 * zero a cell is coarse: measuring from the median cut, linearly within the softness and by exponent beyond it, serves
 * bell shapes, heavy tails and offsets alike. The least crowded of a few is taken.
 */
function bestSpread(cuts: Float32Array | Float64Array): Spread {
  let best = spreadOf(cuts, 0, 0);
  const middle = cuts[cuts.length >> 1] ?? 0;
  for (const origin of [0, middle]) {
    const sizes = new Float64Array(cuts);
    for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(sizes[i]! - origin);
    sizes.sort();
    for (const rank of [1 / 64, 1 / 8, 1 / 2]) {
      if (best.crowd <= 1) return best;
      const softness = Math.fround(sizes[Math.floor(rank * sizes.length)]!);
      if (!(softness > 0 && softness < Number.POSITIVE_INFINITY && Number.isFinite(Math.fround(origin))))
        continue;
      const other = spreadOf(cuts, origin, softness);
      if (other.crowd < best.crowd) best = other;
    }
  }
  return best;
}

function spreadOf(cuts: Float32Array | Float64Array, origin: number, softness: number): Spread {
  const keys = keysOf(cuts, origin, softness);
  const span = keys.length === 0 ? 0 : keys[keys.length - 1]! - keys[0]!;
  let shift = 0;
  while (Math.floor(span / 2 ** shift) >= CELLS) shift++;
  let crowd = 0;
  let cell = -1;
  let here = 0;
  for (let i = 0; i < keys.length; i++) {
    const own = cellOf(keys, i, shift);
    here = own === cell ? here + 1 : 1;
    cell = own;
    crowd = Math.max(crowd, here);
  }
  return { origin, softness, keys, shift, lastCell: Math.floor(span / 2 ** shift), crowd };
}

function cellOf(keys: Float64Array, i: number, shift: number): number {
  return Math.floor((keys[i]! - keys[0]!) / 2 ** shift);
}

/** The kernel's key, by the same roundings. */
function keysOf(cuts: Float32Array | Float64Array, origin: number, softness: number): Float64Array {
  const offset = cuts instanceof Float32Array ? Math.fround(0 - origin) : 0 - origin;
  const distance = new Float32Array(cuts.length);
  const size = new Float32Array(cuts.length);
  for (let i = 0; i < cuts.length; i++) {
    distance[i] = cuts[i]! + offset;
    size[i] = Math.abs(distance[i]!) + softness;
  }
  const signs = new Int32Array(distance.buffer);
  const words = new Int32Array(size.buffer);
  const zero = new Int32Array(new Float32Array([softness]).buffer)[0]!;
  const keys = new Float64Array(cuts.length);
  for (let i = 0; i < keys.length; i++) keys[i] = signs[i]! < 0 ? -1 - (words[i]! - zero) : words[i]! - zero;
  return keys;
}
