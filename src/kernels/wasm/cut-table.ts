// SPDX-License-Identifier: Apache-2.0
/** Cuts as assembly/histogram.ts reads them: a header, the cuts padded with NaN, and the guide. */
import { singleCuts } from '../cuts.js';

export interface PackedCuts {
  /** Header, cuts and guide in one block, to be copied to a multiple of 16. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly cutsAt: number;
  readonly guideAt: number;
  /** Two more than cuts: the last takes NaN and ±Infinity and is thrown away. */
  readonly bins: number;
}

/** The guide's entries are u16, and one past the last bin must fit too. */
export const MOST_CUTS = 65_533;

const HEADER_BYTES = 16;
/** 8 kB of guide: it stays in the first-level cache and costs little to copy with every batch. */
const CELLS = 4096;

/** `cuts`: finite, strictly increasing, at most MOST_CUTS. */
export function packCuts(cuts: Float64Array, width: 4 | 8): PackedCuts {
  const exact = width === 4 ? singleCuts(cuts) : cuts;
  const keys = orderedKeys(exact);
  const base = keys[0] ?? 0;
  const span = (keys[keys.length - 1] ?? 0) - base;
  let shift = 0;
  while (Math.floor(span / 2 ** shift) >= CELLS) shift++;
  const lastCell = Math.floor(span / 2 ** shift);

  const starts = new Uint16Array(lastCell + 2);
  let cell = 0;
  let crowd = 0;
  let most = 0;
  for (let i = 0; i < keys.length; i++) {
    const own = Math.floor((keys[i]! - base) / 2 ** shift);
    if (own > cell) crowd = 0;
    while (cell < own) starts[++cell] = i;
    crowd++;
    most = Math.max(most, crowd);
  }
  // NaN and ±Infinity: past every cut, where only padding follows.
  starts[lastCell + 1] = cuts.length + 1;
  const steps = Math.ceil(Math.log2(most + 1));

  const padded = cuts.length + 2 + 2 ** Math.max(steps, 1);
  const cutsAt = HEADER_BYTES;
  const guideAt = cutsAt + padded * width;
  const bytes = new Uint8Array(guideAt + starts.byteLength);
  new Uint32Array(bytes.buffer, 0, 4).set([base, shift, lastCell, steps]);
  const room =
    width === 4
      ? new Float32Array(bytes.buffer, cutsAt, padded)
      : new Float64Array(bytes.buffer, cutsAt, padded);
  room.fill(Number.NaN);
  room.set(exact);
  new Uint16Array(bytes.buffer, guideAt, starts.length).set(starts);
  return { bytes, cutsAt, guideAt, bins: cuts.length + 2 };
}

/** u32 keys in the order of the numbers rounded to f32; as `orderedKeys` in assembly/lanes.ts. */
function orderedKeys(values: Float32Array | Float64Array): Uint32Array {
  const singles = Float32Array.from(values, (value) => value + 0);
  const bits = new Int32Array(singles.buffer);
  return Uint32Array.from(bits, (word) => word ^ ((word >> 31) | 0x80000000));
}
