// SPDX-License-Identifier: Apache-2.0
/** A model of TensorFlow.js on WebGPU: its embedding is measured where it lies. */
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { cpuVectorKernels } from '../../src/kernels/cpu/vectors/vectors.js';
import { vectorPlan } from '../../src/kernels/testing/vector-rows.js';
import type { VectorPartial } from '../../src/kernels/vectors.js';
import { expectAlike } from '../../src/kernels/webgpu/testing/alike.js';
import { recordingMonitor } from './recording-monitor.js';
import { setWeights, weights } from './small-models.js';
import { loadTensorFlow, type TensorFlowForTests, useBackend } from './tensorflow.js';

const ROWS = 300;
const DIMENSION = 64;
const plan = vectorPlan(DIMENSION);

let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
});
beforeEach(() => useBackend(tf, 'webgpu'));

function model() {
  const made = tf['sequential']();
  made.add(tf['layers'].dense({ inputShape: [8], units: DIMENSION, activation: 'tanh', name: 'embedding' }));
  made.add(tf['layers'].dense({ units: 1, name: 'score' }));
  setWeights(tf, made);
  return made;
}

async function vectorsOf(of: ReturnType<typeof model>, x: Tensor): Promise<Float32Array> {
  const layer = tf.model({ inputs: of.inputs, outputs: [of.getLayer('embedding').output], name: 'layer' });
  const given = layer.predictOnBatch(x) as Tensor;
  const values = (await given.data()) as Float32Array;
  given.dispose();
  return values.slice();
}

async function measured(rows: Float32Array): Promise<VectorPartial> {
  const sums = cpuVectorKernels.prepare(plan).open();
  sums.add(rows);
  return sums.take();
}

const options = { outputs: 'score', embedding: 'embedding', sampling: { share: 1, values: 1e9 } };

describe('an embedding on the GPU', () => {
  test('comes back as sums alone, and no tensor or buffer is left', { timeout: 120_000 }, async () => {
    const scorer = model();
    const x = tf['tensor2d'](weights(ROWS * 8), [ROWS, 8]) as Tensor;
    const expected = await measured(await vectorsOf(scorer, x));
    const { monitor, observed, problems, column } = recordingMonitor({ frameId: 'f1', plan });
    const watched = watch(scorer, monitor, { tf, ...options });
    const before = tf.memory().numTensors;
    const maps = vi.spyOn(GPUBuffer.prototype, 'mapAsync');
    for (let i = 0; i < 3; i++) {
      watched.predictOnBatch(x).dispose();
      await vi.waitFor(() => expect(observed.length + problems.length).toBe(i + 1), { timeout: 30_000 });
    }
    expect(problems).toEqual([]);
    expect(column('embedding')).toEqual([]);
    expect(column('score')).toHaveLength(3 * ROWS);
    const read = maps.mock.calls.reduce((sum, [, , size]) => sum + (size ?? 0), 0);
    expect(read).toBeLessThan((3 * ROWS * DIMENSION * 4) / 4);
    vi.restoreAllMocks();
    for (const { options: told } of observed) {
      const [sums] = told.sums!;
      expect(sums).toMatchObject({ name: 'embedding', frameId: 'f1' });
      expectAlike(sums!.partial, expected);
    }
    expect(tf.memory().numTensors).toBe(before);
    unwatch(watched);
    scorer.dispose();
    x.dispose();
  });

  test('of some of the rows where a call has too many', { timeout: 120_000 }, async () => {
    const scorer = model();
    const x = tf['tensor2d'](weights(ROWS * 8), [ROWS, 8]) as Tensor;
    const { monitor, observed, problems, column } = recordingMonitor({ frameId: 'f1', plan });
    const watched = watch(scorer, monitor, {
      tf,
      ...options,
      inputs: [...'abcdefgh'],
      sampling: { share: 1, values: 800 },
    });
    const before = tf.memory().numTensors;
    watched.predictOnBatch(x).dispose();
    await vi.waitFor(() => expect(observed.length + problems.length).toBe(1), { timeout: 30_000 });
    expect(problems).toEqual([]);
    await vi.waitFor(() => expect(tf.memory().numTensors).toBe(before));
    const drawn = column('a').length;
    expect(drawn).toBe(100);
    const [sums] = observed[0]!.options.sums!;
    expect(sums!.partial.rows).toBe(drawn);
    expect(observed[0]!.options.skipped).toBe(ROWS - drawn);
    // The very rows whose columns were read.
    const columns = [...'abcdefgh'].map((name) => column(name) as number[]);
    const same = tf['tensor2d'](
      Float32Array.from({ length: drawn * 8 }, (_, i) => columns[i % 8]![i >> 3]!),
      [drawn, 8],
    );
    expectAlike(sums!.partial, await measured(await vectorsOf(scorer, same)));
    unwatch(watched);
    scorer.dispose();
  });

  test.each([
    ['there is no plan', null],
    ['the plan is of another dimension', { frameId: 'f1', plan: vectorPlan(32) }],
  ])('comes as vectors where %s', async (_, known) => {
    const scorer = model();
    const x = tf['tensor2d'](weights(ROWS * 8), [ROWS, 8]) as Tensor;
    const expected = await vectorsOf(scorer, x);
    const { monitor, observed, column } = recordingMonitor(known);
    const watched = watch(scorer, monitor, { tf, ...options });
    const before = tf.memory().numTensors;
    watched.predictOnBatch(x).dispose();
    await vi.waitFor(() => expect(observed).toHaveLength(1), { timeout: 30_000 });
    expect((column('embedding') as number[][]).flat()).toEqual(Array.from(expected));
    expect(tf.memory().numTensors).toBe(before);
    unwatch(watched);
    scorer.dispose();
    x.dispose();
  });

  test('comes as vectors where the tensor lies on the processor', async () => {
    const scorer = model();
    const { monitor, observed, problems, column } = recordingMonitor({ frameId: 'f1', plan });
    const values = weights(3 * DIMENSION);
    const watched = watch(scorer, monitor, {
      tf,
      ...options,
      // A tensor that was never used on the GPU is not there yet.
      embedding: { name: 'embedding', of: () => tf['tensor2d'](values, [3, DIMENSION]) },
    });
    const x = tf['tensor2d'](weights(3 * 8), [3, 8]) as Tensor;
    const before = tf.memory().numTensors;
    watched.predictOnBatch(x).dispose();
    await vi.waitFor(() => expect(observed.length + problems.length).toBe(1), { timeout: 30_000 });
    expect(problems).toEqual([]);
    expect((column('embedding') as number[][]).flat()).toEqual(Array.from(values));
    expect(tf.memory().numTensors).toBe(before);
    unwatch(watched);
    scorer.dispose();
    x.dispose();
  });
});
