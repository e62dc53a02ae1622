// SPDX-License-Identifier: Apache-2.0
/** `unwatch` while calls are under way, and what it frees. */
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { vectorPlan } from '../../src/kernels/testing/vector-rows.js';
import { countOf, recordingMonitor, total } from './recording-monitor.js';
import { SMALL_MODELS, weights } from './small-models.js';
import { loadTensorFlow, type TensorFlowForTests, useBackend } from './tensorflow.js';

const ROWS = 5;
const everything = { sampling: { share: 1 } };
let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
beforeEach(() => useBackend(tf, 'cpu'));

const graph = () => SMALL_MODELS.find(({ kind }) => kind === 'a graph model')!.make(tf);
const input = (rows = ROWS) => tf['tensor2d'](weights(rows * 3), [rows, 3]) as Tensor;

test('a call that is under way gives the app its result, counts as left out, and leaves nothing', async () => {
  const model = await graph();
  const x = input();
  const { monitor, observed, calls, problems } = recordingMonitor();
  const watched = watch(model, monitor, {
    tf,
    inputs: ['a', 'b', 'c'],
    outputs: ['no', 'yes'],
    embedding: 'embedding',
    ...everything,
  });
  const expected = (await model.executeAsync(x)) as Tensor;
  const before = tf.memory().numTensors;
  const running = watched.executeAsync(x);
  unwatch(model);
  const y = (await running) as Tensor;
  expect(Array.from(y.dataSync() as Float32Array)).toEqual(Array.from(expected.dataSync() as Float32Array));
  y.dispose();
  expect(tf.memory().numTensors).toBe(before);
  expect(total(calls)).toEqual({ calls: 1, rows: ROWS });
  expect(countOf(observed)).toBe(ROWS);
  expect(problems).toEqual([]);
});

test('one whose values are being read is not observed any more', async () => {
  await useBackend(tf, 'webgl');
  const model = await graph();
  const x = input();
  const { monitor, observed, column, calls } = recordingMonitor();
  const watched = watch(model, monitor, {
    tf,
    outputs: ['no', 'yes'],
    embedding: 'embedding',
    ...everything,
  });
  (watched.execute(x) as Tensor).dispose();
  const reading = vi.spyOn(tf.backend() as { read(id: object): Promise<unknown> }, 'read');
  await vi.waitFor(() => expect(reading).toHaveBeenCalled(), { interval: 1, timeout: 30_000 });
  const before = observed.length;
  unwatch(watched);
  await Promise.all(reading.mock.results.map(({ value }) => value));
  reading.mockRestore();
  await vi.waitFor(() => expect(countOf(observed)).toBe(ROWS), { timeout: 10_000 });
  expect(before).toBe(0);
  expect(column('yes')).toEqual([]);
  expect(total(calls)).toEqual({ calls: 1, rows: ROWS });
});

test('an app that fails while it is watched leaves nothing behind', async () => {
  const model = await graph();
  const { monitor, calls } = recordingMonitor();
  const watched = watch(model, monitor, {
    tf,
    inputs: ['a', 'b', 'c'],
    embedding: 'embedding',
    ...everything,
  });
  const wrong = tf['tensor2d'](new Float32Array(10_000), [5000, 2]) as Tensor;
  const before = tf.memory().numTensors;
  await expect(watched.executeAsync(wrong)).rejects.toThrow();
  expect(() => watched.predict(wrong)).toThrow();
  expect(tf.memory().numTensors).toBe(before);
  expect(calls).toMatchObject([
    { failed: true, rows: 5000 },
    { failed: true, rows: 5000 },
  ]);
  unwatch(model);
});

const DIMENSION = 64;

function embedder() {
  const made = tf['sequential']();
  made.add(tf['layers'].dense({ inputShape: [3], units: DIMENSION, activation: 'tanh', name: 'embedding' }));
  made.add(tf['layers'].dense({ units: 1, name: 'score' }));
  return made;
}

test('what was kept on the GPU goes', { timeout: 120_000 }, async () => {
  await useBackend(tf, 'webgpu');
  const model = embedder();
  const x = input(300);
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  const { monitor, observed, problems } = recordingMonitor({ frameId: 'f', plan: vectorPlan(DIMENSION) });
  // The library's own buffers are there by then, and are used again.
  (model.predictOnBatch(x) as Tensor).dispose();
  const made = vi.spyOn(GPUDevice.prototype, 'createBuffer');
  const others = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
  const watched = watch(model, monitor, { tf, outputs: 'score', embedding: 'embedding', ...everything });
  (watched.predictOnBatch(x) as Tensor).dispose();
  await vi.waitFor(() => expect(observed.length + problems.length).toBe(1), { timeout: 60_000 });
  expect(problems).toEqual([]);
  expect(observed[0]!.options.sums).toHaveLength(1);
  // All on the device of the model.
  expect(others).not.toHaveBeenCalled();
  expect(new Set(made.mock.contexts)).toEqual(new Set([device]));
  const kept = vi.spyOn(GPUBuffer.prototype, 'destroy');
  unwatch(watched);
  expect((kept.mock.contexts as GPUBuffer[]).some(({ label }) => label === 'driftglass')).toBe(true);
  vi.restoreAllMocks();
  model.dispose();
  x.dispose();
});

test('a device that refuses is told of once, and the vectors come', { timeout: 120_000 }, async () => {
  await useBackend(tf, 'webgpu');
  const model = embedder();
  const x = input(300);
  const { monitor, observed, problems, column } = recordingMonitor({
    frameId: 'f',
    plan: vectorPlan(DIMENSION),
  });
  const watched = watch(model, monitor, { tf, outputs: 'score', embedding: 'embedding', ...everything });
  (model.predictOnBatch(x) as Tensor).dispose();
  const { device } = tf.backend() as unknown as { device: GPUDevice };
  let refusals = 0;
  const createBuffer = device.createBuffer.bind(device);
  vi.spyOn(device, 'createBuffer').mockImplementation((descriptor) => {
    if (descriptor.label !== 'driftglass') return createBuffer(descriptor);
    refusals++;
    throw new Error('no more');
  });
  const before = tf.memory().numTensors;
  for (let i = 1; i <= 3; i++) {
    (watched.predictOnBatch(x) as Tensor).dispose();
    await vi.waitFor(() => expect(observed).toHaveLength(i), { timeout: 60_000 });
  }
  vi.restoreAllMocks();
  expect(refusals).toBe(1);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/embedding "embedding" cannot be measured on the GPU: .*no more/),
  ]);
  expect(column('embedding')).toHaveLength(900);
  expect(observed.every(({ options }) => options.sums === undefined)).toBe(true);
  expect(tf.memory().numTensors).toBe(before);
  unwatch(watched);
  model.dispose();
  x.dispose();
});
