// SPDX-License-Identifier: Apache-2.0
/** What every backend asks of rows and plans before it starts. */
import { DriftglassError } from '../errors.js';
import type { VectorPlan } from './vectors.js';

/** Rows of `d` values in `values`. Throws SchemaError when they do not fill whole rows. */
export function rowsOf(values: Float32Array | Float64Array, d: number): number {
  const n = values.length / d;
  if (!(d >= 1 && Number.isInteger(n))) {
    throw new DriftglassError('SchemaError', `${values.length} values are not whole rows of ${d}`);
  }
  return n;
}

/** k, the number of directions. Throws SchemaError or SettingsError when the lengths or cuts of a plan contradict each other. */
export function checkPlan({ dimension, fourier, center, directions, drawn, normCuts }: VectorPlan): number {
  const wrong = (what: string): never => {
    throw new DriftglassError('SchemaError', `vector plan of ${dimension} dimensions: ${what}`);
  };
  if (fourier.dimension !== dimension) wrong(`its Fourier features have ${fourier.dimension}`);
  if (center.length !== dimension) wrong(`its center has ${center.length}`);
  const k = rowsOf(directions, dimension);
  if (drawn.length > k) wrong(`${drawn.length} directions are drawn, there are ${k}`);
  for (const cuts of [...drawn, normCuts]) {
    for (let i = 0; i < cuts.length; i++) {
      if (Number.isNaN(cuts[i]!) || (i > 0 && !(cuts[i - 1]! < cuts[i]!))) {
        throw new DriftglassError('SettingsError', `cuts of a vector plan must be strictly increasing`);
      }
    }
  }
  return k;
}
