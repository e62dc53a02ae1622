// SPDX-License-Identifier: Apache-2.0
import type { VectorPlan } from '../../vectors.js';

/** Writes u = directions · (row − center) to `projections` (k). */
export function projector({
  dimension: d,
  center,
  directions,
}: VectorPlan): (row: Float32Array, projections: Float64Array) => void {
  const k = directions.length / d;
  const shifted = new Float64Array(d);
  return (row, projections) => {
    for (let i = 0; i < d; i++) shifted[i] = row[i]! - center[i]!;
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let i = 0; i < d; i++) sum += directions[j * d + i]! * shifted[i]!;
      projections[j] = sum;
    }
  };
}
