// SPDX-License-Identifier: Apache-2.0
/**
 * Models of TensorFlow.js, watched:
 *
 *     import * as tf from '@tensorflow/tfjs';
 *     import { watch } from 'driftglass/tfjs';
 *
 *     const model = watch(await tf.loadLayersModel(url), monitor, { tf, inputs: ['age', 'income'], outputs: 'score' });
 */
import type { Monitor } from '../monitor/monitor.js';
import { standIn } from './stand-in.js';
import { ModelWatch, type WatchOptions } from './tensorflow/watch.js';
import { remembered } from './watches.js';

export type { AdapterOptions, OfCall } from './call-observer.js';
export type { ClassColumns, ColumnFunction, ModelColumns, TensorColumns } from './columns.js';
export type { ReadTensor } from './read-tensor.js';
export type { EmbeddingChoice } from './tensorflow/embedding-choice.js';
export type { TensorFlow } from './tensorflow/types.js';
export type { WatchOptions } from './tensorflow/watch.js';
export { unwatch } from './watches.js';

/**
 * An object that behaves as the model, and whose predictions the monitor hears of: `predict`, `predictOnBatch`, `execute`,
 * `predictAsync`, `executeAsync`. The model itself is not changed. Values are read after the call has returned, under a
 * sampling budget (`sampling`). Never throws: what cannot be watched is told to the monitor's `onError`, and the model
 * comes back as it is.
 *
 * Given what `watch` gave, it stands for the model anew: each stand-in has its own monitor, and tells no other.
 *
 * The time of a call is until it has returned: on webgl and webgpu that is when the model has been handed its work.
 */
export function watch<M extends object>(model: M, monitor: Monitor, options: WatchOptions): M {
  return remembered(model, monitor, (original) => {
    const watched = new ModelWatch(original, monitor, options);
    return { standIn: standIn(original, watched.methods(original)), watch: watched };
  });
}
