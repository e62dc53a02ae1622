// SPDX-License-Identifier: Apache-2.0
/** Kinds of models × methods × backends of TensorFlow.js: what the app gets, what is observed, and that nothing is left. */
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Tensor } from '../../src/adapters/tensorflow/types.js';
import { unwatch, watch } from '../../src/adapters/tfjs.js';
import { recordingMonitor } from './recording-monitor.js';
import { type Callable, SMALL_MODELS, type SmallModel, weights } from './small-models.js';
import { BACKENDS, loadTensorFlow, type TensorFlowForTests, useBackend } from './tensorflow.js';

const ROWS = 5;
let tf: TensorFlowForTests;
beforeAll(async () => {
  tf = await loadTensorFlow();
  // "You can use model.execute() instead", at every executeAsync.
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

describe.each(BACKENDS)('on %s', (backend) => {
  beforeAll(() => useBackend(tf, backend));

  test.each(SMALL_MODELS.map((small) => [small.kind, small] as const))('%s', async (_, small) => {
    const model = await small.make(tf);
    const x = small.widths.map(
      (width, i) => tf['tensor2d'](weights(ROWS * width, 50 * i), [ROWS, width]) as Tensor,
    );
    for (const [name, call] of Object.entries(small.calls)) {
      const { monitor, observed, calls, problems, column } = recordingMonitor();
      const watched = watch(model, monitor, {
        tf,
        inputs: Object.fromEntries(small.widths.map((width, i) => [i, namesOf(i, width)])),
        outputs: outputsSeen(),
        embedding: small.embedding,
        sampling: { share: 1 },
      });
      const plain = await read(await call(model, x));
      const before = tf.memory().numTensors;
      const given = await call(watched, x);
      expect(await read(given), name).toEqual(plain);
      await vi.waitFor(() => expect(observed.length, name).toBe(1), { timeout: 30_000 });
      expect(problems, name).toEqual([]);
      expect(tf.memory().numTensors, name).toBe(before);
      expect(calls, name).toEqual([expect.objectContaining({ rows: ROWS, backend })]);
      for (const [i, width] of small.widths.entries()) {
        const values = weights(ROWS * width, 50 * i);
        for (const [j, columnName] of namesOf(i, width).entries()) {
          const expected = Array.from({ length: ROWS }, (_, row) => values[row * width + j]);
          expect(column(columnName), `${name}: ${columnName}`).toEqual(expected);
        }
      }
      expect(column('output'), name).toEqual(Object.values(plain)[0]!.filter((_, i) => i % 2 === 0));
      expect(rounded(column('embedding') as number[][]), name).toEqual(rounded(embeddingOf(small)));
      unwatch(watched);
    }
    model.dispose();
    for (const tensor of x) tensor.dispose();
  });
});

function namesOf(input: number, width: number): string[] {
  return Array.from({ length: width }, (_, j) => `x${input}_${j}`);
}

/** The first column of the first output. */
function outputsSeen() {
  return { 0: ['output', 'other'] };
}

/** All values by output, and the tensors disposed of. */
async function read(given: Awaited<ReturnType<Callable['predictAsync']>>): Promise<Record<string, number[]>> {
  const tensors = 'dataId' in given ? [given as Tensor] : (given as Record<string, Tensor>);
  const values: Record<string, number[]> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    values[name] = Array.from((await tensor.data()) as ArrayLike<number>);
    tensor.dispose();
  }
  return values;
}

/** tanh(x·W + b), by hand. */
function embeddingOf({ kind }: SmallModel): number[][] {
  const x = weights(ROWS * 3);
  const isGraph = kind.includes('graph');
  // Layers' weights follow from how many came before: see setWeights.
  const w = isGraph ? weights(20) : weights(12, 12);
  const b = isGraph ? new Float32Array(4) : weights(4, 16);
  return Array.from({ length: ROWS }, (_, i) =>
    Array.from({ length: 4 }, (_, j) => {
      let sum = b[j]!;
      for (let k = 0; k < 3; k++) sum += x[3 * i + k]! * w[4 * k + j]!;
      return Math.tanh(sum);
    }),
  );
}

function rounded(rows: readonly (readonly number[])[]): number[][] {
  return rows.map((row) => row.map((value) => Math.round(value * 1e3) / 1e3 + 0));
}
