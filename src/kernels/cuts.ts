// SPDX-License-Identifier: Apache-2.0
/** What both backends do with cuts before they meet a value. */
import { DriftglassError } from '../errors.js';

/** A copy of `cuts` with −0 as 0. Throws SettingsError unless they are finite and strictly increasing. */
export function checkedCuts(cuts: Float64Array): Float64Array {
  const copy = new Float64Array(cuts.length);
  for (let i = 0; i < cuts.length; i++) {
    const cut = cuts[i]!;
    if (!Number.isFinite(cut))
      throw new DriftglassError('SettingsError', `cuts[${i}] is ${cut}: cuts must be finite`);
    if (i > 0 && !(cuts[i - 1]! < cut)) {
      throw new DriftglassError(
        'SettingsError',
        `cuts[${i}] = ${cut} does not follow ${cuts[i - 1]}: cuts must be strictly increasing`,
      );
    }
    copy[i] = cut + 0;
  }
  return copy;
}

/**
 * The smallest f32 ≥ cut, for each cut: for every f32 x, x < cut holds exactly when x < that f32. Beyond the largest
 * f32 it is +Infinity, which every finite x is below.
 */
export function singleCuts(cuts: Float64Array): Float32Array {
  const single = new Float32Array(cuts.length);
  const bits = new Int32Array(single.buffer);
  for (let i = 0; i < cuts.length; i++) {
    const cut = cuts[i]!;
    single[i] = cut;
    if (single[i]! >= cut) continue;
    // Rounded down: one step towards +Infinity, which is up from zero and away from −Infinity.
    bits[i]! += single[i]! < 0 ? -1 : 1;
  }
  return single;
}
