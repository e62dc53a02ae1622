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
import { messageOf } from './message-of.js';
import { standIn } from './stand-in.js';
import type { TensorFlow } from './tensorflow/types.js';
import { ModelWatch, type WatchOptions } from './tensorflow/watch.js';

export type { AdapterOptions, OfCall } from './call-observer.js';
export type { ClassColumns, ColumnFunction, ModelColumns, TensorColumns } from './columns.js';
export type { ReadTensor } from './read-tensor.js';
export type { EmbeddingChoice, WatchOptions } from './tensorflow/watch.js';
export type { TensorFlow };

const watches = new WeakMap<object, Set<ModelWatch>>();
/** Stand-ins, and the models that they stand for. */
const models = new WeakMap<object, object>();

/**
 * An object that behaves as the model, and whose predictions the monitor hears of: `predict`, `predictOnBatch`, `execute`,
 * `predictAsync`, `executeAsync`. The model itself is not changed. Values are read after the call has returned, under a
 * sampling budget (`sampling`). Never throws: what cannot be watched is told to the monitor's `onError`, and the model
 * comes back as it is.
 *
 * Given what `watch` gave, it stands for the model anew: each stand-in has its own monitor, and tells no other.
 */
export function watch<M extends object>(model: M, monitor: Monitor, options: WatchOptions): M {
  try {
    const target = (models.get(model) ?? model) as M;
    const watched = new ModelWatch(target, monitor, options);
    const known = watches.get(target) ?? new Set<ModelWatch>();
    watches.set(target, known.add(watched));
    const proxy = standIn(target, watched.methods(target));
    models.set(proxy, target);
    return proxy;
  } catch (error) {
    try {
      monitor.problem(error instanceof Error ? error : new Error(messageOf(error)));
    } catch {
      // Nobody is left to tell.
    }
    return model;
  }
}

/**
 * Stops watching a model, given itself or what `watch` gave, for all monitors, and frees all that was kept for it. The
 * stand-ins go on working as the model.
 */
export function unwatch(model: object): void {
  const target = models.get(model) ?? model;
  for (const watched of watches.get(target) ?? []) watched.stop();
  watches.delete(target);
}
