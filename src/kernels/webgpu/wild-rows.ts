// SPDX-License-Identifier: Apache-2.0
/**
 * Rows whose squares f32 cannot sum: with a value of 2⁴⁸ or more, or, zeros apart, with none of 2⁻⁴⁰ or more. The device leaves them out and counts them; they are measured
 * here in f64, row by row, as the cpu twin does.
 */
import { rowAdder } from '../cpu/vectors/meter.js';
import type { VectorPartial, VectorPlan } from '../vectors.js';

const HUGE = 2 ** 48;
const TINY = 2 ** -40;

export type WildAdder = (rows: Float32Array, n: number, partial: VectorPartial) => void;

/** Adds the wild ones among n rows, `stride` apart. */
export function wildAdder(plan: VectorPlan, stride: number): WildAdder {
  const { dimension: d } = plan;
  const addRow = rowAdder(plan);
  return (rows, n, partial) => {
    for (let r = 0; r < n; r++) {
      const row = rows.subarray(r * stride, r * stride + d);
      if (isWild(row)) addRow(row, partial);
    }
  };
}

function isWild(row: Float32Array): boolean {
  let peak = 0;
  for (const value of row) {
    const size = Math.abs(value);
    // NaN and infinities: counted by the device.
    if (!(size < Number.POSITIVE_INFINITY)) return false;
    if (size > peak) peak = size;
  }
  return peak >= HUGE || (peak < TINY && peak > 0);
}
