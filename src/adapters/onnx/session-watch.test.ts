// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from 'vitest';
import { recordingMonitor } from '../../../test/adapters/recording-monitor.js';
import { unwatch, watchSession } from '../onnx.js';

const tensor = (...values: number[]) => ({
  dims: [values.length, 1],
  type: 'float32',
  data: Float32Array.from(values),
});

test('a session with an input a column: names are theirs, in its order', async () => {
  const { monitor, problems, column } = recordingMonitor();
  const session = {
    inputNames: ['x1', 'x2'],
    outputNames: ['label', 'score'],
    run: async (_: object) => ({ score: tensor(0.5, 0.6), label: tensor(0, 1) }),
  };
  const watched = watchSession(session, monitor, {
    inputs: ['age', 'income'],
    outputs: ['predicted', 'score'],
    sampling: { share: 1 },
  });
  await watched.run({ x2: tensor(30, 40), x1: tensor(3, 4) });
  await vi.waitFor(() => expect(column('age')).toEqual([3, 4]));
  expect(column('income')).toEqual([30, 40]);
  expect(column('predicted')).toEqual([0, 1]);
  expect(column('score')).toEqual([0.5, 0.6].map(Math.fround));
  expect(problems).toEqual([]);
  unwatch(watched);
});
