// SPDX-License-Identifier: Apache-2.0
/** 10,000 predictions of a watched model on each backend of TensorFlow.js, and what is left of them. */
import { beforeAll, expect, test, vi } from 'vitest';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { layersModel, NAMED } from './layers-model.js';
import { countOf, recordingMonitor, total } from './recording-monitor.js';
import { type Callable, SMALL_MODELS } from './small-models.js';
import { BACKENDS, loadTensorFlow, type TensorFlowForTests, useBackend } from './tensorflow.js';

const PREDICTIONS = 10_000;

let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
});

test.each(BACKENDS)('nothing is left on %s', { timeout: 300_000 }, async (backend) => {
  await useBackend(tf, backend);
  const model = layersModel(tf);
  const { monitor, observed, calls, problems } = recordingMonitor();
  const watched = watch(model, monitor, { tf, ...NAMED });
  const x = tf['tensor2d']([[0.1, 0.2, 0.3]]) as Tensor;
  const runs = [
    () => watched.predict(x) as Tensor,
    () => watched.predictOnBatch(x) as Tensor,
    () => watched.execute(x, model.outputs[0].name) as Tensor,
  ];
  const before = tf.memory();
  for (let i = 0; i < PREDICTIONS; i++) {
    const y = runs[i % runs.length]!();
    // An app that reads: also what keeps a GPU's queue short.
    if (i % 100 === 0) await y.data();
    y.dispose();
  }
  // While the latest are read the model is still watched.
  await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before.numTensors), { timeout: 60_000 });
  expect(tf.memory().numBytes).toBe(before.numBytes);
  expect(observed.length).toBeGreaterThan(1);
  const y = runs[0]!();
  y.dispose();
  unwatch(watched);
  await vi.waitFor(() => expect(total(calls)).toEqual({ calls: PREDICTIONS + 1, rows: PREDICTIONS + 1 }));
  await vi.waitFor(() => expect(countOf(observed)).toBe(PREDICTIONS + 1));
  expect(problems).toEqual([]);
  x.dispose();
  model.dispose();
  await vi.waitFor(() => expect(tf.memory().numTensors).toBeLessThan(before.numTensors));
});

test.each(['cpu', 'wasm'] as const)('nothing is left of a graph model on %s', async (backend) => {
  await useBackend(tf, backend);
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const model: Callable = await SMALL_MODELS.find(({ kind }) => kind === 'a graph model')!.make(tf);
  const { monitor, observed, calls, problems } = recordingMonitor();
  const watched = watch(model, monitor, {
    tf,
    inputs: ['a', 'b', 'c'],
    outputs: ['no', 'yes'],
    embedding: 'embedding',
  });
  const x = tf['tensor2d']([[0.1, 0.2, 0.3]]) as Tensor;
  const runs = [
    () => watched.predict(x),
    () => watched.execute(x),
    () => watched.executeAsync(x),
    () => watched.predictAsync(x),
  ];
  const before = tf.memory();
  for (let i = 0; i < PREDICTIONS; i++) {
    ((await runs[i % runs.length]!()) as Tensor).dispose();
    // Values are read when the page can breathe.
    if (i % 200 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  unwatch(watched);
  await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before.numTensors), { timeout: 60_000 });
  expect(tf.memory().numBytes).toBe(before.numBytes);
  await vi.waitFor(() => expect(countOf(observed)).toBe(PREDICTIONS));
  expect(total(calls)).toEqual({ calls: PREDICTIONS, rows: PREDICTIONS });
  expect(observed.length).toBeGreaterThan(1);
  expect(problems).toEqual([]);
  x.dispose();
  model.dispose();
  vi.restoreAllMocks();
});
