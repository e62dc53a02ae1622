// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { layersModel, layerValues, NAMED } from './layers-model.js';
import { countOf, recordingMonitor, total } from './recording-monitor.js';
import { loadTensorFlow, type TensorFlowForTests, useBackend, valuesOf } from './tensorflow.js';

let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
  await useBackend(tf, 'cpu');
});

const everything = { sampling: { share: 1 } };

describe('a layers model', () => {
  test('its inputs, outputs and an embedding are observed, and the app gets what the model gives', async () => {
    const model = layersModel(tf);
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
    expect((column('embedding') as number[][]).flat()).toEqual(layerValues(tf, model, 'embedding', x));
    expect(observed[0]!.options).toMatchObject({ ids: [7, 8], version: '3' });
    expect(calls).toEqual([expect.objectContaining({ rows: 2, backend: 'cpu' })]);
    expect(tf.memory().numTensors).toBe(before);
    unwatch(model);
  });
});

describe('the app', () => {
  test('has nothing left over, whatever it does with its tensors', async () => {
    const predictions = 1_000;
    const model = layersModel(tf);
    const { monitor, observed, calls, problems } = recordingMonitor();
    const watched = watch(model, monitor, { tf, ...NAMED });
    const before = tf.memory().numTensors;
    for (let i = 0; i < predictions; i++) {
      const x = tf['tensor2d']([[i, 1, 2]]) as Tensor;
      if (i % 3 === 0) tf.tidy(() => watched.predict(x) as never);
      if (i % 3 === 1) (watched.predict(x) as Tensor).dispose();
      if (i % 3 === 2) tf.tidy(() => tf['add'](watched.predictOnBatch(x), 1)).dispose();
      x.dispose();
      // In tidy what is returned is the app's.
      if (i % 3 === 0) continue;
      if (i % 500 === 1) await pause(1);
    }
    const kept = Math.ceil(predictions / 3);
    await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before + kept), { timeout: 10_000 });
    expect(problems).toEqual([]);
    expect(observed.length).toBeGreaterThan(2);
    unwatch(watched);
    expect(total(calls)).toEqual({ calls: predictions, rows: predictions });
    expect(countOf(observed)).toBe(predictions);
    tf['disposeVariables']();
  });

  test('is given the very errors of its model, which are counted', async () => {
    const model = layersModel(tf);
    const { monitor, calls, problems } = recordingMonitor();
    const watched = watch(model, monitor, {
      tf,
      outputs: ['no', 'yes'],
      embedding: 'embedding',
      ...everything,
    });
    const wrong = tf['tensor2d']([[1, 2]]);
    const message = (run: () => void): string => {
      try {
        run();
      } catch (error) {
        return (error as Error).message;
      }
      return 'nothing was thrown';
    };
    const before = tf.memory().numTensors;
    expect(message(() => watched.predict(wrong))).toBe(message(() => model.predict(wrong)));
    expect(message(() => watched.predict(wrong))).not.toBe('nothing was thrown');
    expect(tf.memory().numTensors).toBe(before);
    expect(calls).toMatchObject([
      { failed: true, rows: 1 },
      { failed: true, rows: 1 },
    ]);
    expect(problems).toEqual([]);
    unwatch(model);
  });

  test('works on when what it asked for cannot be had, and hears of it once', async () => {
    const model = layersModel(tf);
    const { monitor, observed, problems } = recordingMonitor();
    const watched = watch(model, monitor, {
      tf,
      inputs: ['only', 'two'],
      outputs: ['no', 'yes'],
      embedding: 'no such layer',
      ...everything,
    });
    const x = tf['tensor2d']([[1, 2, 3]]);
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) {
      watched.predict(x).dispose();
      await pause(5);
    }
    await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before));
    // A call that was left waiting on a busy machine is heard of a little later.
    await vi.waitFor(() => expect(problems).toHaveLength(2));
    expect(observed).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/layer "no such layer" cannot be watched: .*no such layer/i),
      expect.stringMatching(/has 3 values in a row, but 2 names/),
    ]);
    unwatch(model);
  });

  test('works on when its own functions or the monitor throw', async () => {
    const model = layersModel(tf);
    const { monitor, problems } = recordingMonitor();
    const angry = () => {
      throw new Error('ouch');
    };
    const x = tf['tensor2d']([[1, 2, 3]]);
    const before = tf.memory().numTensors;
    for (const [given, options] of [
      [monitor, { ids: angry }],
      [monitor, { outputs: angry }],
      [{ ...monitor, observe: angry }, {}],
      [{ ...monitor, call: angry }, {}],
      [{ ...monitor, observe: angry, problem: angry }, {}],
    ] as const) {
      const watched = watch(model, given, { tf, outputs: ['no', 'yes'], ...everything, ...options });
      watched.predict(x).dispose();
      await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before));
      unwatch(model);
    }
    expect(new Set(problems.map(({ message }) => message.split(': ')[1]))).toEqual(new Set(['ouch']));
    const nothing = {};
    expect(watch(nothing, monitor, { tf })).toBe(nothing);
    expect(problems.at(-1)?.message).toMatch(/neither a LayersModel nor a GraphModel/);
  });

  test('does with the stand-in what it does with the model, which is as it was', async () => {
    const model = layersModel(tf);
    const keys = Reflect.ownKeys(model);
    const { predict } = model;
    const { monitor } = recordingMonitor();
    const watched = watch(model, monitor, { tf, ...everything });
    expect(Reflect.ownKeys(model)).toEqual(keys);
    expect(model.predict).toBe(predict);
    expect(watched).toBeInstanceOf(tf['Sequential']);
    expect(watched.layers).toBe(model.layers);
    expect(watched.getLayer).toBe(watched.getLayer);
    watched.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const x = tf['tensor2d']([[1, 2, 3]]);
    const y = tf['tensor2d']([[0, 1]]);
    const { history } = await watched.fit(x, y, { epochs: 2 });
    expect(history.loss[1]).toBeLessThan(history.loss[0]);
    const before = tf.memory().numTensors;
    // 4 of weights, 1 of the optimizer.
    expect(watched.dispose().numDisposedVariables).toBe(5);
    expect(tf.memory().numTensors).toBe(before - 5);
    unwatch(watched);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
