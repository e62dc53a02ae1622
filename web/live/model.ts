// SPDX-License-Identifier: Apache-2.0

import * as core from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel, model } from '@tensorflow/tfjs-layers';
import { BACKEND } from './cpu-backend.js';
import type { Flights } from './rows.js';

/** What the page and the monitor need of TensorFlow.js: named one by one, so that a bundler can leave out the rest. */
export const tf = {
  getBackend: core.getBackend,
  backend: core.backend,
  memory: core.memory,
  keep: core.keep,
  tidy: core.tidy,
  gather: core.gather,
  tensor1d: core.tensor1d,
  model,
};

export interface FlightModel {
  readonly network: LayersModel;
  /** Names of the places, from 1. */
  readonly airports: readonly string[];
  /** Score from which on a flight is said to be late. */
  readonly threshold: number;
  /** On January's flights that it was not trained on. */
  readonly accuracy: { readonly value: number; readonly rows: number };
}

/** The shipped model and what stands in its file beside the weights. */
export async function loadModel(address: string): Promise<FlightModel> {
  await core.setBackend(BACKEND);
  const network = await loadLayersModel(address);
  const known = network.getUserDefinedMetadata() as Omit<FlightModel, 'network'>;
  return { network, ...known };
}

/** One score a flight. `network` may be the watched one. */
export function scores(network: LayersModel, flights: Flights): Float32Array {
  return core.tidy(() => {
    const rows = flights.time.length;
    const column = (values: Float32Array) => core.tensor2d(values, [rows, 1]);
    const { hour, distance, origin, destination } = flights;
    const output = network.predict([hour, distance, origin, destination].map(column));
    return (output as core.Tensor).dataSync<'float32'>();
  });
}
