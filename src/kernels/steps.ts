// SPDX-License-Identifier: Apache-2.0
/** Sort and cdf in steps of about a millisecond, for a page that has to do the work itself and still draws its frames. */
import { CdfMerge } from './cpu/cdf.js';
import type { CdfPartial, Kernels, Numbers } from './kernels.js';

/** Values sorted, merged or compared in one step. */
const STEP = 16_384;

/** As `kernels.sort(values).values`: runs are sorted by the kernel, then merged in pairs. */
export function* sortSteps(values: Numbers, kernels: Kernels): Generator<void, Numbers> {
  let runs: Numbers[] = [];
  for (let from = 0; from < values.length; from += STEP) {
    runs.push(kernels.sort(values.subarray(from, from + STEP)).values);
    yield;
  }
  while (runs.length > 1) {
    const merged: Numbers[] = [];
    for (let i = 0; i < runs.length; i += 2)
      merged.push(i + 1 < runs.length ? yield* mergeSteps(runs[i]!, runs[i + 1]!) : runs[i]!);
    runs = merged;
  }
  return runs[0] ?? values.slice(0, 0);
}

function* mergeSteps(a: Numbers, b: Numbers): Generator<void, Numbers> {
  const size = a.length + b.length;
  const out = a instanceof Float32Array ? new Float32Array(size) : new Float64Array(size);
  const at = { i: 0, j: 0 };
  while (at.i + at.j < size) {
    mergeSome(a, b, out, at);
    yield;
  }
  return out;
}

/** Writes the next values of both, at most `STEP`, in order. */
function mergeSome(a: Numbers, b: Numbers, out: Numbers, at: { i: number; j: number }): void {
  let { i, j } = at;
  const until = Math.min(out.length, i + j + STEP);
  for (let k = i + j; k < until; k++) {
    const first = j === b.length || (i < a.length && a[i]! <= b[j]!);
    out[k] = first ? a[i++]! : b[j++]!;
  }
  at.i = i;
  at.j = j;
}

/** As `cdf` on the cpu. */
export function* cdfSteps(reference: Numbers, current: Numbers): Generator<void, CdfPartial> {
  const merge = new CdfMerge(reference, current);
  while (merge.advance(STEP)) yield;
  return merge.result();
}

/** The result of steps taken all at once. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
