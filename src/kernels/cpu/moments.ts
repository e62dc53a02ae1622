// SPDX-License-Identifier: Apache-2.0
import type { Moments, Numbers } from '../kernels.js';

/** Sums are gathered in runs of this many values, so that rounding does not grow with the column. */
const RUN = 1024;

/** Counts, extremes and Σ(x − shift)^k, k = 1…4. Sums overflow to ±Infinity where the powers leave f64. */
export function moments(values: Numbers, shift: number): Moments {
  const whole: Moments = {
    finite: 0,
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    sums: [0, 0, 0, 0],
  };
  for (let from = 0; from < values.length; from += RUN)
    addRun(whole, values.subarray(from, from + RUN), shift);
  // Adding 0 writes −0 as 0.
  whole.min += 0;
  whole.max += 0;
  return whole;
}

function addRun(whole: Moments, values: Numbers, shift: number): void {
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let sum4 = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) whole.nan++;
    else if (value === Number.POSITIVE_INFINITY) whole.positiveInfinity++;
    else if (value === Number.NEGATIVE_INFINITY) whole.negativeInfinity++;
    else {
      whole.finite++;
      if (value < whole.min) whole.min = value;
      if (value > whole.max) whole.max = value;
      const d = value - shift;
      const dd = d * d;
      sum1 += d;
      sum2 += dd;
      sum3 += dd * d;
      sum4 += dd * dd;
    }
  }
  whole.sums[0] += sum1;
  whole.sums[1] += sum2;
  whole.sums[2] += sum3;
  whole.sums[3] += sum4;
}
