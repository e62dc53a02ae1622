// SPDX-License-Identifier: Apache-2.0
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { type TensorFlowForTests, valuesOf } from './tensorflow.js';

/** 3 inputs → "embedding" (4) → 2 scores. */
export function layersModel(tf: TensorFlowForTests) {
  const model = tf['sequential']();
  model.add(tf['layers'].dense({ inputShape: [3], units: 4, activation: 'tanh', name: 'embedding' }));
  model.add(tf['layers'].dense({ units: 2, activation: 'softmax', name: 'scores' }));
  return model;
}

/** What its values are called in rows. */
export const NAMED = { inputs: ['a', 'b', 'c'], outputs: ['no', 'yes'], embedding: 'embedding' } as const;

/** What a layer gives for x, by a model made for it. */
export function layerValues(
  tf: TensorFlowForTests,
  model: ReturnType<typeof layersModel>,
  name: string,
  x: Tensor,
): number[] {
  const layer = tf.model({ inputs: model.inputs, outputs: [model.getLayer(name).output], name });
  const given = layer.predict(x) as Tensor;
  const values = valuesOf(given);
  given.dispose();
  return values;
}
