// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { recordingMonitor } from './recording-monitor.js';
import { loadTensorFlow, type TensorFlowForTests, useBackend, valuesOf } from './tensorflow.js';

let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
  await useBackend(tf, 'cpu');
});

const everything = { sampling: { share: 1 } };

/** 3 inputs → "embedding" (4) → 2 scores. */
function layersModel() {
  const model = tf['sequential']();
  model.add(tf['layers'].dense({ inputShape: [3], units: 4, activation: 'tanh', name: 'embedding' }));
  model.add(tf['layers'].dense({ units: 2, activation: 'softmax', name: 'scores' }));
  return model;
}

/** What a layer gives for x, by a model made for it. */
function layerValues(model: ReturnType<typeof layersModel>, name: string, x: Tensor): number[] {
  const layer = tf.model({ inputs: model.inputs, outputs: [model.getLayer(name).output], name });
  const given = layer.predict(x) as Tensor;
  const values = valuesOf(given);
  given.dispose();
  return values;
}

describe('a layers model', () => {
  test('its inputs, outputs and an embedding are observed, and the app gets what the model gives', async () => {
    const model = layersModel();
    const { monitor, observed, calls, problems, column } = recordingMonitor();
    const watched = watch(model, monitor, {
      tf,
      inputs: ['a', 'b', 'c'],
      outputs: { scores: { classes: ['no', 'yes'], prediction: 'late', score: 'confidence' } },
      embedding: 'embedding',
      ids: () => [7, 8],
      version: '3',
      ...everything,
    });
    const x = tf['tensor2d']([
      [1, 2, 3],
      [-4, 5, 0.5],
    ]);
    const expected = model.predict(x);
    const before = tf.memory().numTensors;
    const y = watched.predict(x);
    expect(y.shape).toEqual([2, 2]);
    expect(valuesOf(y)).toEqual(valuesOf(expected));
    const scores = valuesOf(y);
    y.dispose();
    await vi.waitFor(() => expect(observed).toHaveLength(1));
    expect(problems).toEqual([]);
    expect(column('a')).toEqual([1, -4]);
    expect(column('c')).toEqual([3, 0.5]);
    expect(column('late')).toEqual([
      scores[0]! >= scores[1]! ? 'no' : 'yes',
      scores[2]! >= scores[3]! ? 'no' : 'yes',
    ]);
    expect(column('confidence')).toEqual([
      Math.max(scores[0]!, scores[1]!),
      Math.max(scores[2]!, scores[3]!),
    ]);
    expect((column('embedding') as number[][]).flat()).toEqual(layerValues(model, 'embedding', x));
    expect(observed[0]!.options).toMatchObject({ ids: [7, 8], version: '3' });
    expect(calls).toEqual([expect.objectContaining({ rows: 2, backend: 'cpu' })]);
    expect(tf.memory().numTensors).toBe(before);
    unwatch(model);
  });
});
