// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from 'vitest';
import { recordingMonitor } from '../../../test/adapters/recording-monitor.js';
import { unwatch, watch } from '../tfjs.js';

const tensor = { shape: [1, 1], dtype: 'float32', dataId: {}, dataSync: () => Float32Array.of(7) };
const tf = {
  getBackend: () => 'cpu',
  backend: () => ({}),
  memory: () => ({ numTensors: 0, numBytes: 0 }),
} as never;
const model = () => ({
  name: 'model',
  inputs: [],
  outputs: [],
  inputNames: ['age', 'city'],
  outputNames: ['score'],
  getLayer: () => ({ output: [] }),
  predict: (_: unknown) => tensor,
  predictOnBatch: (_: unknown) => tensor,
});

test('a tensor that is called otherwise: what the model calls them is told', async () => {
  const { monitor, problems } = recordingMonitor();
  for (const [i, columns] of [{ inputs: { ages: 'age' } }, { outputs: { scores: 'score' } }].entries()) {
    const watched = watch(model(), monitor, { tf, ...columns, sampling: { share: 1 } });
    expect(watched.predict([tensor, tensor])).toBe(tensor);
    await vi.waitFor(() => expect(problems).toHaveLength(i + 1));
    unwatch(watched);
  }
  expect(problems.map(({ message }) => message)).toEqual([
    'a call cannot be read: the model has no tensor "ages": there are "age", "city"',
    'a call cannot be read: the model has no tensor "scores": there are "score"',
  ]);
});

test.each([{}, undefined])(
  'without the library the model comes back as it is, and what is missing is told',
  (options) => {
    const { monitor, problems } = recordingMonitor();
    const given = model();
    expect(watch(given, monitor, options as never)).toBe(given);
    expect(problems.map(({ message }) => message)).toEqual([
      'watch: give `tf`, the namespace of "@tensorflow/tfjs"',
    ]);
  },
);
