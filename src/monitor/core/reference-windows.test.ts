// SPDX-License-Identifier: Apache-2.0
/** The baseline's own days tell alerts how far all inputs move together without a change. */
import { expect, test } from 'vitest';
import { FrameBuilder } from '../../baseline/frame-builder.js';
import type { Batch } from '../../columns/batch.js';
import type { Column } from '../../columns/column.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { encodeBaseline } from '../../profile/baseline-file.js';
import { WindowedProfiler } from '../../profile/windowed.js';
import { normals } from '../../verdict/testing/compare-tables.js';
import { chunkOf, openHost } from './testing/rows.js';

const DAY = 86_400_000;
const ROWS = 150;
const START = Date.UTC(2026, 0, 1);
const normal = normals(5);

/** Days of five inputs, all of which lie `shift` sd further. */
function daysOf(days: number, { from = 0, shift = 0 } = {}): Batch {
  const rows = days * ROWS;
  const columns = new Map<string, Column>();
  const times = Float64Array.from({ length: rows }, (_, row) => START + (from + row / ROWS) * DAY);
  columns.set('time', { type: 'time', values: times, status: null });
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    columns.set(name, {
      type: 'number',
      values: Float64Array.from({ length: rows }, () => normal() + shift),
      status: null,
    });
  return { rows, columns };
}

function baselineOf(batch: Batch, { hasWindows }: { hasWindows: boolean }): ArrayBuffer {
  const builder = new FrameBuilder(
    [...batch.columns].map(([name, { type }]) => ({ name, type })),
    {},
    cpuKernels,
  );
  builder.add(batch);
  const frame = builder.finish();
  const profiler = new WindowedProfiler(frame, cpuKernels);
  profiler.add(batch);
  const windows = [...profiler.windows].map(([start, profile]) => ({ start, profile }));
  return encodeBaseline({
    name: 'days',
    createdBy: 'test',
    frame,
    profile: profiler.total(),
    windows: hasWindows ? windows : [],
  });
}

test.each([
  { what: 'with windows of its own, a change of all inputs is told after two weeks', hasWindows: true },
  { what: 'without, it is taken for one visitor', hasWindows: false },
])('of a baseline $what', async ({ hasWindows }) => {
  const baseline = baselineOf(daysOf(24), { hasWindows });
  const { host, news } = await openHost({ baseline, windows: [{ every: '1d' }] });
  for (let day = 0; day < 20; day++) {
    const batch = daysOf(1, { from: 30 + day, shift: day < 14 ? 0 : 2 });
    const { values } = batch.columns.get('time') as { values: Float64Array };
    await host.chunk(chunkOf(batch, { times: values }));
  }
  await host.flush();
  const raised = news.flatMap(({ alerts }) => alerts).filter(({ state }) => state === 'raised');
  const names = raised.map(({ subject }) => subject.name).sort();
  expect(names).toEqual(hasWindows ? ['a', 'b', 'c', 'd', 'e'] : []);
});
