// SPDX-License-Identifier: Apache-2.0
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { TensorFlow } from '../../src/adapters/tfjs.js';

/** What the page has at hand when it begins to watch its model. */
export interface App {
  readonly tf: TensorFlow;
  readonly network: LayersModel;
  /** Score from which on a flight is said to be late. */
  readonly threshold: number;
  /** What the model achieved when it was evaluated, and on how many flights. */
  readonly accuracy: { readonly value: number; readonly rows: number };
  /** Names of the places in the model's list of airports. */
  readonly airportNames: (places: ArrayLike<number | string>) => string[];
  /** The flights that are being predicted: ids, and departures in ms. */
  readonly flights: () => { readonly ids: readonly number[]; readonly times: ArrayLike<number> };
  readonly report: (error: Error) => void;
}
