// SPDX-License-Identifier: Apache-2.0

import { shuffled } from '../../baseline/embedding/halves.js';
import { rowsAt } from '../../baseline/embedding/rows.js';
import { randomStream } from '../../kernels/random-stream.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { Distance } from '../distance.js';

const DIRECTIONS = 128;
/** Rows of a side that are projected at most. */
const MOST_ROWS = 5_000;

/** ∫|F − G| of two ascending samples: Wasserstein-1. */
export function areaBetween(a: Float32Array, b: Float32Array): number {
  let [i, j, area] = [0, 0, 0];
  let before = Math.min(a[0]!, b[0]!);
  while (i < a.length || j < b.length) {
    const x = i < a.length && (j === b.length || a[i]! <= b[j]!) ? a[i]! : b[j]!;
    area += Math.abs(i / a.length - j / b.length) * (x - before);
    before = x;
    while (i < a.length && a[i]! === x) i++;
    while (j < b.length && b[j]! === x) j++;
  }
  return area;
}

/** Mean Wasserstein-1 along random unit directions (Rabin et al. 2011 with p = 1), in the unit of the rows. */
export function slicedWasserstein(
  rows: { readonly reference: Float32Array; readonly current: Float32Array },
  d: number,
  { linear, seed }: { linear: LinearKernels; seed: number },
): Distance {
  const { normal } = randomStream(seed);
  const directions = Float32Array.from({ length: DIRECTIONS * d }, normal);
  for (let i = 0; i < directions.length; i += d) {
    let sum = 0;
    for (let j = i; j < i + d; j++) sum += directions[j]! ** 2;
    const length = Math.sqrt(sum);
    for (let j = i; j < i + d; j++) directions[j]! /= length;
  }
  const project = (values: Float32Array, side: number) => {
    const count = values.length / d;
    const taken =
      count > MOST_ROWS
        ? rowsAt(
            values,
            d,
            shuffled(count, seed + side)
              .slice(0, MOST_ROWS)
              .sort(),
          )
        : values;
    // One direction a row, so that each sorts in place.
    const turned = linear.multiply(directions, taken, d);
    const each = taken.length / d;
    return Array.from({ length: DIRECTIONS }, (_, i) => turned.subarray(i * each, (i + 1) * each).sort());
  };
  const [a, b] = [project(rows.reference, 0), project(rows.current, 1)];
  const value = a.reduce((sum, sorted, i) => sum + areaBetween(sorted, b[i]!), 0) / DIRECTIONS;
  const whole = Math.max(rows.reference.length, rows.current.length) <= MOST_ROWS * d;
  return {
    value,
    exact: whole,
    convention: `mean Wasserstein-1 along ${DIRECTIONS} random unit directions${
      whole ? '' : `, of at most ${MOST_ROWS} rows a side`
    }, in the unit of the embedding`,
  };
}
