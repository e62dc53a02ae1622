// SPDX-License-Identifier: Apache-2.0
import type { NumberFrame } from '../baseline/frame.js';
import type { NumberColumn } from '../columns/column.js';
import type { CutTable, Kernels } from '../kernels/kernels.js';
import { accumulate, combineCounts, countAbsent, differenceOf } from './counts.js';
import { emptyDistinct, mergeDistinct } from './hyperloglog.js';
import { nearestSingles } from './nearest-singles.js';
import type { NumberPart } from './parts.js';

/** A frame's cuts, prepared once for many batches. */
export interface NumberMeter {
  readonly frame: NumberFrame;
  /** null without cuts: all finite values are one bin. */
  readonly table: CutTable | null;
  /** The same for values that were rounded to f32. */
  readonly singleTable: CutTable | null;
  readonly kernels: Kernels;
}

export function numberMeter(frame: NumberFrame, kernels: Kernels): NumberMeter {
  const tableOf = (cuts: Float64Array) => (cuts.length > 0 ? kernels.prepareCuts(cuts) : null);
  const table = tableOf(frame.cuts);
  const singles = nearestSingles(frame.cuts);
  return { frame, table, singleTable: singles === frame.cuts ? table : tableOf(singles), kernels };
}

export function emptyNumber(frame: NumberFrame, distinct: Uint8Array = emptyDistinct()): NumberPart {
  return {
    kind: 'number',
    rows: 0,
    missing: 0,
    unparsable: 0,
    nan: 0,
    positiveInfinity: 0,
    negativeInfinity: 0,
    min: Infinity,
    max: -Infinity,
    sums: new Float64Array(4),
    counts: new Float64Array(frame.cuts.length + 1),
    binSums: new Float64Array(frame.cuts.length + 1),
    distinct,
  };
}

/** Adds a column's rows, but not to the distinct registers. */
export function addNumber(
  part: NumberPart,
  column: NumberColumn | undefined,
  rows: number,
  meter: NumberMeter,
): void {
  const absent = countAbsent(part, column, rows);
  if (!column || rows === 0) return;
  const moments = meter.kernels.moments(column.values, meter.frame.shift);
  part.nan += moments.nan - absent;
  part.positiveInfinity += moments.positiveInfinity;
  part.negativeInfinity += moments.negativeInfinity;
  part.min = Math.min(part.min, moments.min);
  part.max = Math.max(part.max, moments.max);
  accumulate(part.sums, moments.sums);
  const table = column.values instanceof Float32Array ? meter.singleTable : meter.table;
  if (table) {
    const bins = meter.kernels.histogram(column.values, table);
    accumulate(part.counts, bins.counts);
    accumulate(part.binSums, bins.sums);
  } else {
    part.counts[0]! += moments.finite;
    part.binSums[0]! += moments.sums[0] + moments.finite * meter.frame.shift;
  }
}

export function mergeNumber(a: NumberPart, b: NumberPart): NumberPart {
  return sumNumbers([a, b]);
}

/** The part of all rows together, in one copy: windows of wide tables would leave much to clean up otherwise. */
export function sumNumbers([first, ...others]: readonly [NumberPart, ...NumberPart[]]): NumberPart {
  const sum: NumberPart = {
    ...first,
    sums: first.sums.slice(),
    counts: first.counts.slice(),
    binSums: first.binSums.slice(),
    distinct: first.distinct.slice(),
  };
  for (const part of others) absorb(sum, part);
  return sum;
}

function absorb(into: NumberPart, part: NumberPart): void {
  Object.assign(into, combineCounts(into, part, 1));
  into.nan += part.nan;
  into.positiveInfinity += part.positiveInfinity;
  into.negativeInfinity += part.negativeInfinity;
  into.min = Math.min(into.min, part.min);
  into.max = Math.max(into.max, part.max);
  accumulate(into.sums, part.sums);
  accumulate(into.counts, part.counts);
  accumulate(into.binSums, part.binSums);
  into.distinct = mergeDistinct(into.distinct, part.distinct);
}

/** a without b, exact for counts. Sums lose bits; min, max and distinct stay those of a (bounds of what is left). */
export function subtractNumber(a: NumberPart, b: NumberPart): NumberPart {
  return {
    ...a,
    ...combineCounts(a, b, -1),
    nan: a.nan - b.nan,
    positiveInfinity: a.positiveInfinity - b.positiveInfinity,
    negativeInfinity: a.negativeInfinity - b.negativeInfinity,
    sums: differenceOf(a.sums, b.sums),
    counts: differenceOf(a.counts, b.counts),
    binSums: differenceOf(a.binSums, b.binSums),
    distinct: a.distinct.slice(),
  };
}
