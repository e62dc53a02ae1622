// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { countOf, recordingMonitor, total } from '../../../test/adapters/recording-monitor.js';
import { unwatch, watchModel, watchPipeline } from '../transformers.js';

const N = 1000;
const ROWS = 4;

test('the texts of calls that are left out are counted', async () => {
  const { monitor, observed, calls, problems } = recordingMonitor();
  const classify = async (texts: string[]) => texts.map((label) => ({ label, score: 1 }));
  const watched = watchPipeline(classify, monitor);
  for (let i = 0; i < N; i++) await watched(['a', 'b', 'c', 'd']);
  unwatch(watched);
  expect(problems).toEqual([]);
  expect(total(calls)).toEqual({ calls: N, rows: ROWS * N });
  expect(countOf(observed, ROWS)).toBe(ROWS * N);
  expect(observed.length).toBeLessThan(N);
});

test('so are the rows of a model, by the first of its tensors', async () => {
  const { monitor, observed, calls, problems } = recordingMonitor();
  const tensor = (width: number) => ({
    dims: [ROWS, width],
    type: 'float32',
    location: 'cpu',
    data: new Float32Array(ROWS * width),
  });
  const model = async (_: object) => ({ logits: tensor(2) });
  const watched = watchModel(model, monitor, { outputs: { logits: ['no', 'yes'] } });
  for (let i = 0; i < N; i++) await watched({ options: 3, input_ids: tensor(7) });
  unwatch(watched);
  expect(problems).toEqual([]);
  expect(total(calls)).toEqual({ calls: N, rows: ROWS * N });
  expect(countOf(observed, ROWS)).toBe(ROWS * N);
  expect(observed.length).toBeLessThan(N);
});

test('a pipeline or model without options is given back as it was, or watched: nothing is thrown', async () => {
  const { monitor, problems } = recordingMonitor();
  const model = async () => ({});
  expect(watchModel(model, monitor, undefined as never)).toBe(model);
  expect(problems).toHaveLength(1);
  expect(await watchPipeline(model, monitor)()).toEqual({});
});
