// SPDX-License-Identifier: Apache-2.0
/** Entries that what an app sends could make more and more of. */
import { expect, test } from 'vitest';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { decodeBaseline } from '../../profile/baseline-file.js';
import { FrameMeter } from '../../profile/meter.js';
import { Groups } from '../labels/groups.js';
import { Stream } from './stream.js';
import { baselineFileOf, rowsOf, START } from './testing/rows.js';
import { planWindows } from './window-plan.js';

const HOUR = 3_600_000;
const baseline = baselineFileOf(rowsOf({ rows: 2_000, seed: 1 }));

test('metrics of any time open a bounded number of blocks', () => {
  const { frame } = decodeBaseline(baseline);
  let ids = 0;
  const stream = new Stream({
    frame,
    meter: new FrameMeter(frame, cpuKernels),
    plans: planWindows([{ every: '1h' }, { rows: 100 }]).windows,
    nextId: () => ids++,
    onWindow: () => {},
  });
  for (let i = 0; i < 5_000; i++) stream.blocksAt(START + i * HOUR, START);
  expect(ids).toBeLessThan(10);
  for (let i = 0; i < 5_000; i++) stream.blocksAt(START - i * HOUR, START);
  expect(ids).toBeLessThan(500);
  expect(stream.blocksAt(START + 0.5 * HOUR, START)).toHaveLength(2);
  expect(stream.blocksAt(START + 100 * HOUR, START)).toHaveLength(1);
});

test('predictions one by one for a day are few groups', () => {
  const groups = new Groups(7 * 24 * HOUR);
  for (let second = 0; second < 86_400; second++) {
    const at = START + second * 1_000;
    const blocks = [Math.floor(second / 3_600)];
    groups.add({ start: second, at, latest: at, version: '', blocks });
  }
  expect(groups.size).toBeLessThan(2_000);
  expect(groups.of(4_000).blocks).toEqual([1]);
});
