// SPDX-License-Identifier: Apache-2.0
/** A model of TensorFlow.js under the true monitor in its worker: learnt from its first rows, then shifted. */
import { beforeAll, expect, test, vi } from 'vitest';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { createMonitor, type Monitor, type WindowVerdict } from '../../src/index.js';
import { setWeights } from './small-models.js';
import { type Backend, loadTensorFlow, type TensorFlowForTests, useBackend } from './tensorflow.js';

const ROWS = 250;
const WIDTH = 8;
let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
});

let state = 7;
/** Four uniforms: near enough to a bell. */
function bell(): number {
  let sum = -2;
  for (let i = 0; i < 4; i++) {
    state = (state * 48_271) % 2_147_483_647;
    sum += state / 2_147_483_647;
  }
  return sum;
}

function model() {
  const made = tf['sequential']();
  made.add(tf['layers'].dense({ inputShape: [WIDTH], units: 16, activation: 'tanh', name: 'embedding' }));
  made.add(tf['layers'].dense({ units: 2, activation: 'softmax', name: 'scores' }));
  setWeights(tf, made);
  return made;
}

/** The monitor, and how many rows of embeddings came as sums. */
function counting(monitor: Monitor): { monitor: Monitor; summed: () => number } {
  let rows = 0;
  const observe: Monitor['observe'] = (observed, options) => {
    for (const { partial } of options?.sums ?? []) rows += partial.rows;
    monitor.observe(observed, options);
  };
  const bound = (key: keyof Monitor) => {
    const value = monitor[key];
    return typeof value === 'function' ? value.bind(monitor) : value;
  };
  const forwarding = new Proxy(monitor, {
    get: (_, key) => (key === 'observe' ? observe : bound(key as keyof Monitor)),
  });
  return { monitor: forwarding, summed: () => rows };
}

test.each<Backend>(['wasm', 'webgpu'])('on %s', { timeout: 120_000 }, async (backend) => {
  await useBackend(tf, backend);
  const errors: Error[] = [];
  const verdicts: WindowVerdict[] = [];
  const live = createMonitor({
    reference: { first: 3000 },
    windows: [{ rows: 1000 }],
    store: 'memory',
    name: `adapter ${backend}`,
    onError: (error) => errors.push(error),
  });
  live.onVerdict((verdict) => verdicts.push(verdict));
  const { monitor, summed } = counting(live);
  const scorer = model();
  const watched = watch(scorer, monitor, {
    tf,
    inputs: Array.from({ length: WIDTH }, (_, i) => `x${i}`),
    outputs: { classes: ['no', 'yes'], prediction: 'late', score: 'score' },
    embedding: 'embedding',
    sampling: { share: 1 },
  });
  const before = tf.memory().numTensors;
  let handed = 0;
  const predict = async (shift: number) => {
    const values = Float32Array.from({ length: ROWS * WIDTH }, () => bell() + shift);
    const x = tf['tensor2d'](values, [ROWS, WIDTH]) as Tensor;
    const y = watched.predict(x, { batchSize: ROWS }) as Tensor;
    await y.data();
    y.dispose();
    x.dispose();
    handed += ROWS;
    await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before), { timeout: 30_000 });
  };
  for (let i = 0; i < 3000 / ROWS; i++) await predict(0);
  await live.flush();
  await expect.poll(async () => (await live.snapshot()).state, { timeout: 30_000 }).toBe('running');
  // By now a plan may be had.
  await expect.poll(() => live.embeddingPlan('embedding'), { timeout: 30_000 }).not.toBeNull();
  await new Promise((resolve) => setTimeout(resolve, 1100));
  for (let i = 0; i < 1000 / ROWS; i++) await predict(0);
  for (let i = 0; i < 1000 / ROWS; i++) await predict(0.7);
  await live.flush();
  await expect.poll(() => verdicts.length, { timeout: 30_000 }).toBe(2);
  expect(errors).toEqual([]);
  const [healthy, shifted] = verdicts.map(({ features }) =>
    Object.fromEntries(features.map((feature) => [feature.name, feature.rating])),
  );
  expect(Object.keys(healthy!)).toHaveLength(WIDTH + 3);
  expect(Object.values(healthy!)).not.toContain('drift');
  expect(shifted).toMatchObject({ x0: 'drift', x7: 'drift', embedding: 'drift' });
  const { rows } = await live.snapshot();
  expect(rows).toMatchObject({ observed: handed, measured: handed, skipped: 0, refused: 0 });
  // The system's samples come every few seconds.
  const system = async () => {
    const { total, backend: used } = (await live.snapshot()).system;
    return [used, total.calls];
  };
  await expect.poll(system, { timeout: 30_000 }).toEqual([backend, handed / ROWS]);
  const report = await live.report();
  expect(report?.features.find(({ name }) => name === 'embedding')?.current?.missing).toBe(0);
  if (backend === 'webgpu') expect(summed()).toBeGreaterThanOrEqual(2000 - ROWS);
  else expect(summed()).toBe(0);
  unwatch(watched);
  await live.dispose();
  scorer.dispose();
});
