// SPDX-License-Identifier: Apache-2.0
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { countOf, recordingMonitor, total } from './recording-monitor.js';
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

describe('the app', () => {
  test('has nothing left over after 10,000 predictions, whatever it does with its tensors', {
    timeout: 120_000,
  }, async () => {
    const model = layersModel();
    const { monitor, observed, calls, problems } = recordingMonitor();
    const watched = watch(model, monitor, {
      tf,
      inputs: ['a', 'b', 'c'],
      outputs: ['no', 'yes'],
      embedding: 'embedding',
    });
    const before = tf.memory().numTensors;
    for (let i = 0; i < 10_000; i++) {
      const x = tf['tensor2d']([[i, 1, 2]]) as Tensor;
      if (i % 3 === 0) tf.tidy(() => watched.predict(x) as never);
      if (i % 3 === 1) (watched.predict(x) as Tensor).dispose();
      if (i % 3 === 2) tf.tidy(() => tf['add'](watched.predictOnBatch(x), 1)).dispose();
      x.dispose();
      // In tidy what is returned is the app's.
      if (i % 3 === 0) continue;
      if (i % 500 === 1) await pause(1);
    }
    const kept = Math.ceil(10_000 / 3);
    await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before + kept), { timeout: 10_000 });
    expect(problems).toEqual([]);
    expect(observed.length).toBeGreaterThan(2);
    unwatch(watched);
    expect(total(calls)).toEqual({ calls: 10_000, rows: 10_000 });
    expect(countOf(observed)).toBe(10_000);
    tf['disposeVariables']();
  });

  test('is given the very errors of its model, which are counted', async () => {
    const model = layersModel();
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
    expect(calls).toEqual([expect.objectContaining({ failed: true, rows: 1 }), expect.anything()]);
    expect(problems).toEqual([]);
    unwatch(model);
  });

  test('works on when what it asked for cannot be had, and hears of it once', async () => {
    const model = layersModel();
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
    const model = layersModel();
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
    const model = layersModel();
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

describe('watching', () => {
  test('ends with unwatch, by the model or by its stand-in, for all monitors', async () => {
    const model = layersModel();
    const one = recordingMonitor();
    const two = recordingMonitor();
    const options = { tf, inputs: ['a', 'b', 'c'], embedding: 'embedding', ...everything };
    const first = watch(model, one.monitor, options);
    const second = watch(first, two.monitor, options);
    const x = tf['tensor2d']([[1, 2, 3]]);
    const before = tf.memory().numTensors;
    const heard = () => [one.observed.length, two.observed.length];
    second.predict(x).dispose();
    await vi.waitFor(() => expect(heard()).toEqual([0, 1]));
    first.predict(x).dispose();
    await vi.waitFor(() => expect(heard()).toEqual([1, 1]));
    expect(two.column('embedding')).toEqual(one.column('embedding'));
    first.predict(x).dispose();
    second.predict(x).dispose();
    unwatch(second);
    first.predict(x).dispose();
    second.predict(x).dispose();
    await pause(20);
    // A call that still waited counts as left out.
    for (const { observed } of [one, two]) {
      expect(observed.slice(1)).toEqual([{ observed: { columns: {} }, options: { skipped: 1 } }]);
      expect(countOf(observed)).toBe(2);
    }
    expect(tf.memory().numTensors).toBe(before);
    unwatch(watch(model, one.monitor, options));
  });

  test('reads many rows of a call by a sample of them, the same of all its tensors', async () => {
    const model = layersModel();
    const { monitor, observed, column } = recordingMonitor();
    const watched = watch(model, monitor, {
      tf,
      inputs: ['a', 'b', 'c'],
      outputs: ['no', 'yes'],
      embedding: 'embedding',
      ids: () => Array.from({ length: 10_000 }, (_, i) => i),
      sampling: { share: 1, values: 6000 },
    });
    const x = tf['tensor2d'](
      Float32Array.from({ length: 30_000 }, (_, i) => i / 30_000),
      [10_000, 3],
    );
    const before = tf.memory().numTensors;
    const y = watched.predict(x, { batchSize: 10_000 });
    const all = valuesOf(y);
    y.dispose();
    await vi.waitFor(() => expect(observed).toHaveLength(1));
    const { ids, skipped } = observed[0]!.options as { ids: number[]; skipped: number };
    expect(ids).toHaveLength(2000);
    expect(skipped).toBe(8000);
    expect(new Set(ids).size).toBe(2000);
    expect(column('a')).toEqual(ids.map((id) => Math.fround((3 * id) / 30_000)));
    expect(column('yes')).toEqual(ids.map((id) => all[2 * id + 1]));
    const embedding = layerValues(model, 'embedding', x);
    expect(column('embedding')).toEqual(ids.map((id) => embedding.slice(4 * id, 4 * id + 4)));
    await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before));
    unwatch(model);
  });

  test('keeps within its share of the time in a loop that does nothing else, and counts what it leaves out', async () => {
    const model = layersModel();
    const { monitor, observed, calls } = recordingMonitor();
    const watched = watch(model, monitor, { tf, inputs: ['a', 'b', 'c'], outputs: ['no', 'yes'] });
    const x = tf['tensor2d'](new Float32Array(300), [100, 3]);
    const end = performance.now() + 1000;
    let n = 0;
    for (; performance.now() < end; n++) {
      watched.predict(x).dispose();
      await Promise.resolve();
      if (n % 20 === 0) await pause(0);
    }
    // What is left out is told with the next call that is measured.
    const measured = observed.length;
    for (; observed.length === measured; n++) {
      watched.predict(x).dispose();
      await pause(50);
    }
    expect(observed.length).toBeGreaterThan(5);
    expect(observed.length).toBeLessThan(n / 2);
    unwatch(model);
    expect(total(calls)).toEqual({ calls: n, rows: 100 * n });
    expect(countOf(observed, 100)).toBe(100 * n);
  });

  test('tells of outputs that are no numbers, and of the backend and its tensors', async () => {
    const model = layersModel();
    const { monitor, calls } = recordingMonitor();
    const watched = watch(model, monitor, { tf, outputs: ['no', 'yes'], ...everything });
    watched.predict(tf['tensor2d']([[1, Number.NaN, 3]])).dispose();
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    expect(calls[0]).toMatchObject({ nonFinite: true, backend: 'cpu', rows: 1 });
    expect(calls[0]!.tensors).toBeGreaterThan(0);
    expect(calls[0]!.tensorBytes).toBeGreaterThan(0);
    unwatch(model);
  });
});

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
