// SPDX-License-Identifier: Apache-2.0
/** What an app writes, with the libraries' own types: compiled, never run. */
import { type FeatureExtractionPipeline, pipeline } from '@huggingface/transformers';
import * as tf from '@tensorflow/tfjs';
import { createMonitor } from 'driftglass';
import { drawnImageFeatures, imageColumns, textFeatures } from 'driftglass/derived';
import { watchFunction } from 'driftglass/functions';
import { watchSession } from 'driftglass/onnx';
import { unwatch, watch } from 'driftglass/tfjs';
import { watchPipeline } from 'driftglass/transformers';
import * as ort from 'onnxruntime-web';

const monitor = createMonitor({ baseline: '/model/flights.baseline' });

const layers: tf.LayersModel = watch(await tf.loadLayersModel('/model.json'), monitor, {
  tf,
  inputs: ['distance', 'hour'],
  outputs: { classes: ['on time', 'late'], prediction: 'late', score: 'score' },
  embedding: 'dense_2',
  ids: ([x]) => [(x as tf.Tensor).id],
});
const graph: tf.GraphModel = watch(await tf.loadGraphModel('/graph.json'), monitor, {
  tf,
  inputs: imageColumns({ prefix: 'photo ' }),
  outputs: { scores: ['a', 'b'] },
  embedding: { of: ([first]) => first as tf.Tensor, name: 'embedding' },
});
const sequential: tf.Sequential = watch(tf.sequential(), monitor, { tf });
unwatch(layers);
// @ts-expect-error: the app's own library is needed
watch(layers, monitor, { inputs: ['distance'] });
// @ts-expect-error: columns have names
watch(layers, monitor, { tf, inputs: [1, 2] });

const session: ort.InferenceSession = watchSession(await ort.InferenceSession.create('/m.onnx'), monitor, {
  ort,
  inputs: { x: ['a', 'b'] },
  embedding: 'embedding',
});
await session.run({ x: new ort.Tensor('float32', [1, 2], [1, 2]) });

const extract: FeatureExtractionPipeline = watchPipeline(
  await pipeline('feature-extraction', 'model'),
  monitor,
  { names: { embedding: 'sentence' } },
);

const score: (row: { age: number }) => number = watchFunction(
  (row: { age: number }) => row.age / 2,
  monitor,
  {
    inputs: (row) => row,
    outputs: (half) => ({ half }),
  },
);

export { drawnImageFeatures, extract, graph, score, sequential, textFeatures };
