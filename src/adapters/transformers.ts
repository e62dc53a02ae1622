// SPDX-License-Identifier: Apache-2.0
/**
 * Pipelines and models of Transformers.js, watched:
 *
 *     import { pipeline } from '@huggingface/transformers';
 *     import { watchPipeline } from 'driftglass/transformers';
 *
 *     const classify = watchPipeline(await pipeline('text-classification', name), monitor);
 */
import type { Monitor } from '../monitor/monitor.js';
import { type AnyFunction, type FunctionOptions, FunctionWatch } from './function-watch.js';
import { standIn } from './stand-in.js';
import { modelOptions, type TransformersModelOptions } from './transformers/model-rows.js';
import { type PipelineOptions, pipelineOptions } from './transformers/pipeline-rows.js';
import { remembered } from './watches.js';

export type { ClassColumns, ColumnFunction, ModelColumns, TensorColumns } from './columns.js';
export type { FunctionOptions } from './function-watch.js';
export type { ReadTensor } from './read-tensor.js';
export type { TransformersModelOptions } from './transformers/model-rows.js';
export type { PipelineOptions } from './transformers/pipeline-rows.js';
export { unwatch } from './watches.js';

/**
 * A pipeline that does as the one given, and whose calls the monitor hears of: of texts their length and words, of a
 * classifier the best label and its score, of embeddings the vectors, each token's averaged where they are not pooled.
 * `inputs` and `outputs` say otherwise.
 */
export function watchPipeline<P extends AnyFunction>(
  pipeline: P,
  monitor: Monitor,
  options: PipelineOptions = {},
): P {
  return watchCallable(pipeline, monitor, () =>
    pipelineOptions(options, (pipeline as { readonly task?: unknown }).task),
  );
}

/** A model that does as the one given, and the tensors of whose calls (`await model(inputs)`) the monitor hears of. */
export function watchModel<M extends AnyFunction>(
  model: M,
  monitor: Monitor,
  options: TransformersModelOptions,
): M {
  return watchCallable(model, monitor, () => modelOptions(options));
}

function watchCallable<F extends AnyFunction>(
  callable: F,
  monitor: Monitor,
  options: () => FunctionOptions<AnyFunction>,
): F {
  return remembered(callable, monitor, (original) => {
    const watch = new FunctionWatch<AnyFunction>(original, monitor, options());
    const call = (self: unknown, args: readonly unknown[]) => watch.call(self, args);
    return { standIn: standIn(original, new Map(), call), watch };
  });
}
