// SPDX-License-Identifier: Apache-2.0
import type { Numbers, Sorted } from '../kernels.js';

/** A sorted copy without NaN, −0 as +0. The input is not touched. */
export function sort(values: Numbers): Sorted {
  const copy = values.slice();
  let kept = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // Adding 0 turns −0 into +0 and leaves every other number as it is.
    if (!Number.isNaN(value)) copy[kept++] = value + 0;
  }
  return { values: copy.slice(0, kept).sort(), nan: values.length - kept };
}
