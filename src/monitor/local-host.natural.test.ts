// SPDX-License-Identifier: Apache-2.0
/** Baselines with calendar windows: what is usual from day to day is no drift, and a whole flight of days is judged. */
import { expect, test } from 'vitest';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Batch } from '../columns/batch.js';
import { uniform } from '../engine/testing/tables.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { encodeBaseline } from '../profile/baseline-file.js';
import { WindowedProfiler } from '../profile/windowed.js';
import { chunkOf, openHost, START } from './core/testing/rows.js';

const DAY = 86_400_000;

/** Days whose mean goes up and down by `sway` standard deviations. */
function days(
  count: number,
  { seed, rows = 200, sway = 0.3 }: { seed: number; rows?: number; sway?: number },
): Batch {
  const random = uniform(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const speed = new Float64Array(count * rows);
  const when = new Float64Array(count * rows);
  for (let day = 0; day < count; day++) {
    const mean = sway * normal();
    for (let row = 0; row < rows; row++) {
      speed[day * rows + row] = mean + normal();
      when[day * rows + row] = START - 100 * DAY + day * DAY + (row / rows) * DAY;
    }
  }
  return {
    rows: count * rows,
    columns: new Map([
      ['when', { type: 'time', values: when, status: null }],
      ['speed', { type: 'number', values: speed, status: null }],
    ]),
  };
}

test('a reference that sways by days takes the alarm off windows that do the same', async () => {
  const reference = days(60, { seed: 1 });
  const builder = new FrameBuilder([
    { name: 'when', type: 'time' },
    { name: 'speed', type: 'number' },
  ]);
  builder.add(reference);
  const frame = builder.finish();
  expect(frame.windowing?.unit).toBe('day');
  const profiler = new WindowedProfiler(frame, cpuKernels);
  profiler.add(reference);
  const windows = [...profiler.windows].map(([start, profile]) => ({ start, profile }));
  const file = { name: 'sixty days', createdBy: 'test', frame, profile: profiler.total() };
  const send = async (baseline: ArrayBuffer) => {
    const opened = await openHost({ baseline, windows: [{ every: '1d' }] });
    const current = days(12, { seed: 5, rows: 600 });
    const speed = new Map([['speed', current.columns.get('speed')!]]);
    await opened.host.chunk(chunkOf({ rows: current.rows, columns: speed }, { everyMs: DAY / 600 }));
    await opened.host.flush();
    return opened;
  };
  const swaying = await send(encodeBaseline({ ...file, windows }));
  const plain = await send(encodeBaseline({ ...file, windows: [] }));
  const drifting = ({ verdicts }: typeof plain): number =>
    verdicts.filter(({ features }) => features.some(({ rating }) => rating === 'drift')).length;
  expect(swaying.errors).toEqual([]);
  expect(drifting(plain)).toBeGreaterThan(drifting(swaying));
  expect(drifting(swaying)).toBe(0);
  const [{ features }] = swaying.verdicts;
  expect(features.find(({ name }) => name === 'speed')?.thresholdFrom).toContain('61 reference days');
  // hours of the week say nothing in a window of hours, and an app need not send its clock
  expect(features.find(({ name }) => name === 'when')?.rating).toBe('notRated');
});
