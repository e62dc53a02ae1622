// SPDX-License-Identifier: Apache-2.0
import { nextDown, nextUp } from '../baseline/next-up.js';

/**
 * Cuts for values that were rounded to f32, as tensors hold them: a baseline of a text file knows .24, a tensor .23999999.
 * `cuts` are a frame's. Each goes to the nearest f32, as its values did, and the end of an atom [v, nextUp(v)) to the f32 after v. Strictly
 * increasing as `cuts` are; `cuts` themselves where they are f32 already, or where f32 cannot tell them apart.
 */
export function nearestSingles(cuts: Float64Array): Float64Array {
  const singles = new Float64Array(cuts.length);
  let isSame = true;
  for (let i = 0; i < cuts.length; i++) {
    const cut = cuts[i]!;
    // The last cut is the end of the greatest value, which need not be a cut itself.
    const endsAtom = i === cuts.length - 1 || (i > 0 && cut === nextUp(cuts[i - 1]!));
    const single = endsAtom ? singleAfter(Math.fround(nextDown(cut))) : Math.fround(cut);
    if (!Number.isFinite(single) || (i > 0 && !(single > singles[i - 1]!))) return cuts;
    singles[i] = single + 0;
    // Of cuts that are f32 a kernel finds the ends of atoms by itself.
    isSame &&= endsAtom || single === cut;
  }
  return isSame ? cuts : singles;
}

const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

function singleAfter(single: number): number {
  if (single === 0) return 2 ** -149;
  float[0] = single;
  bits[0]! += single > 0 ? 1 : -1;
  return float[0]!;
}
