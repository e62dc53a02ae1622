// SPDX-License-Identifier: Apache-2.0
import { checkPlan, rowsOf } from '../../rows.js';
import type { VectorMeter, VectorPartial, VectorPlan, VectorSums } from '../../vectors.js';
import { binOf } from './bins.js';
import { fourierAdder } from './fourier.js';
import { inspectRow } from './inspect.js';
import { emptyPartial } from './partial.js';
import { projector } from './project.js';

/** Rows against a plan, one at a time, in f64. Norms are binned as the f32 nearest to them. */
export function prepare(plan: VectorPlan): VectorMeter {
  checkPlan(plan);
  const addRow = rowAdder(plan);
  return {
    open(): VectorSums {
      let partial = emptyPartial(plan);
      return {
        add(rows) {
          const d = plan.dimension;
          const n = rowsOf(rows, d);
          for (let r = 0; r < n; r++) addRow(rows.subarray(r * d, (r + 1) * d), partial);
        },
        room: () => undefined,
        take() {
          const taken = partial;
          partial = emptyPartial(plan);
          return taken;
        },
        close() {},
      };
    },
    close() {},
  };
}

/** Adds one row to a partial. */
export function rowAdder(plan: VectorPlan): (row: Float32Array, partial: VectorPartial) => void {
  const addFourier = fourierAdder(plan.fourier);
  const project = projector(plan);
  const projections = new Float64Array(plan.directions.length / plan.dimension);
  return (row, partial) => {
    const { norm, zero, constant } = inspectRow(row);
    if (Number.isNaN(norm)) {
      partial.nonFinite++;
      return;
    }
    partial.rows++;
    if (zero) partial.zero++;
    if (constant) partial.constant++;
    partial.normSum += norm;
    partial.normSquares += norm * norm;
    partial.norms[binOf(Math.fround(norm), plan.normCuts)]!++;
    addFourier(row, partial.fourier);
    project(row, projections);
    for (let j = 0; j < projections.length; j++) {
      const u = projections[j]!;
      partial.sums[j]! += u;
      partial.squares[j]! += u * u;
      const cuts = plan.drawn[j];
      if (cuts !== undefined) partial.drawn[j]![binOf(u, cuts)]!++;
    }
  };
}
