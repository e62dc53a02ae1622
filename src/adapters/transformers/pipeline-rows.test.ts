// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { recordingMonitor } from '../../../test/adapters/recording-monitor.js';
import { watchPipeline } from '../transformers.js';

const labelled = (task: string) =>
  Object.assign(async (_: string) => [{ label: 'tiger', score: 0.9 }], { task });

test.each([
  ['text-classification', ['text length', 'text words', 'prediction', 'score']],
  ['image-classification', ['prediction', 'score']],
  ['audio-classification', ['prediction', 'score']],
  ['object-detection', ['prediction', 'score']],
  ['text-to-audio', ['text length', 'text words', 'prediction', 'score']],
])('of %s: an address is no text', async (task, columns) => {
  const { monitor, observed, problems } = recordingMonitor();
  const watched = watchPipeline(labelled(task), monitor, { sampling: { share: 1 } });
  await watched('https://example.org/tiger.jpg');
  const rows = observed[0]?.observed as { columns?: object; parts?: { columns: object }[] };
  const parts = rows.parts ?? [rows];
  expect(parts.flatMap((part) => Object.keys(part.columns ?? {}))).toEqual(columns);
  expect(problems).toEqual([]);
});
