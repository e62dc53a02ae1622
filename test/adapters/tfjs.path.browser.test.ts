// SPDX-License-Identifier: Apache-2.0
/** What a watched call does before it returns: the model's own work once, and nothing is waited for. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { recordingMonitor } from './recording-monitor.js';
import { type Callable, SMALL_MODELS, type SmallModel, weights } from './small-models.js';
import { BACKENDS, loadTensorFlow, type TensorFlowForTests, useBackend } from './tensorflow.js';

let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

function inputsOf({ widths }: SmallModel, rows: number): Tensor[] {
  return widths.map((width, i) => tf['tensor2d'](weights(rows * width, 50 * i), [rows, width]) as Tensor);
}

function watchedAs(small: SmallModel, model: Callable) {
  const recording = recordingMonitor();
  const columns = (width: number) => Array.from({ length: width }, (_, j) => `${j}`);
  const watched = watch(model, recording.monitor, {
    tf,
    inputs: { 0: columns(small.widths[0]!).map((name) => `x${name}`) },
    outputs: { 0: ['output', 'other'] },
    embedding: small.embedding,
    sampling: { share: 1 },
  });
  return { ...recording, watched };
}

/** Names of what a backend computes in a call, copies and shapes left out. */
async function workOf(call: () => unknown): Promise<string[]> {
  const { kernels } = await tf['profile'](async () => {
    await call();
    return [];
  });
  return kernels
    .map(({ name }: { name: string }) => name)
    .filter((name: string) => /MatMul|Tanh|Softmax|Conv/.test(name));
}

test.each(SMALL_MODELS.map((small) => [small.kind, small] as const))(
  '%s runs once, an embedding or not',
  async (_, small) => {
    await useBackend(tf, 'cpu');
    const model = await small.make(tf);
    const x = inputsOf(small, 3);
    for (const [name, call] of Object.entries(small.calls)) {
      const { watched, observed, column } = watchedAs(small, model);
      const plain = await workOf(() => call(model, x));
      expect(plain.length, name).toBeGreaterThan(1);
      expect(await workOf(() => call(watched, x)), name).toEqual(plain);
      await vi.waitFor(() => expect(observed, name).toHaveLength(1));
      expect(column('embedding'), name).toHaveLength(3);
      unwatch(watched);
    }
    tf['disposeVariables']();
  },
);

describe.each(BACKENDS)('on %s', (backend) => {
  beforeAll(() => useBackend(tf, backend));
  /** Where tensors lie in memory, more than what is copied on the spot. */
  const rows = backend === 'cpu' || backend === 'wasm' ? 3000 : 300;

  test.each(
    SMALL_MODELS.filter(({ kind }) => /sequential|a graph model$/.test(kind)).map(
      (small) => [small.kind, small] as const,
    ),
  )('nothing is read back before a call of %s has returned', async (_, small) => {
    const model = await small.make(tf);
    const x = inputsOf(small, rows);
    const storage = tf.backend() as { read(id: object): unknown; readSync(id: object): unknown };
    const { watched, observed, column, problems } = watchedAs(small, model);
    const asked = [vi.spyOn(storage, 'read'), vi.spyOn(storage, 'readSync')];
    // Some kernels of a backend in memory read on their own; by batches there would be one more for each.
    const call = small.calls['predictOnBatch'] ?? small.calls['predict']!;
    const reads = (of: Callable) => {
      for (const spy of asked) spy.mockClear();
      const y = call(of, x) as Tensor;
      const count = asked.map(({ mock }) => mock.calls.length);
      y.dispose();
      return count;
    };
    const plain = reads(model);
    expect(reads(watched)).toEqual(plain);
    await vi.waitFor(() => expect(observed.length + problems.length).toBe(1), { timeout: 30_000 });
    expect(problems).toEqual([]);
    expect(column('x0')).toHaveLength(rows);
    expect(column('embedding')).toHaveLength(rows);
    expect(column('output')).toHaveLength(rows);
    for (const spy of asked) spy.mockRestore();
    unwatch(watched);
    model.dispose();
    for (const tensor of x) tensor.dispose();
  });

  test('what an app writes to afterwards was observed as it was', async () => {
    const [small] = SMALL_MODELS;
    const model = await small!.make(tf);
    const values = weights(9);
    const { watched, observed, column } = watchedAs(small!, model);
    // Some backends take the array of the app itself for the tensor's memory.
    const x = tf['tensor2d'](values, [3, 3]) as Tensor;
    const y = small!.calls['predict']!(watched, [x]) as Tensor;
    const expected = [0, 3, 6].map((i) => values[i]);
    const output = Array.from((await y.data()) as Float32Array).filter((_, i) => i % 2 === 0);
    values.fill(9);
    ((await y.data()) as Float32Array).fill(9);
    await vi.waitFor(() => expect(observed).toHaveLength(1), { timeout: 30_000 });
    expect(column('x0')).toEqual(expected);
    if (backend === 'cpu' || backend === 'wasm') expect(column('output')).toEqual(output);
    y.dispose();
    x.dispose();
    unwatch(watched);
    model.dispose();
  });
});
