// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { decodeBaseline } from '../../profile/baseline-file.js';
import { FrameMeter } from '../../profile/meter.js';
import type { WindowSpec } from '../specs.js';
import { RowWindows } from './row-windows.js';
import { Stream } from './stream.js';
import { baselineFileOf, rowsOf, START } from './testing/rows.js';
import { planWindows } from './window-plan.js';

const { frame } = decodeBaseline(baselineFileOf(rowsOf({ rows: 1_000, seed: 1 })));

/** Blocks that are held after each window that ended, and the rows of the window. */
async function heldAfter(spec: WindowSpec, rows: number): Promise<(readonly [number, number])[]> {
  const held: (readonly [number, number])[] = [];
  let ids = 0;
  const stream = new Stream({
    frame,
    meter: new FrameMeter(frame, cpuKernels),
    plans: planWindows([spec]).windows,
    nextId: () => ids++,
    onWindow: ({ blocks }) => {
      const [windows] = stream.rowWindows;
      held.push([windows!.save().ring.length, blocks.reduce((sum, { profile }) => sum + profile.rows, 0)]);
    },
  });
  const times = Float64Array.from({ length: rows }, (_, row) => START + row);
  await stream.add(rowsOf({ rows, seed: 2 }), { times, version: '', skipped: 0, now: START + rows });
  expect(stream.rowWindows[0]).toBeInstanceOf(RowWindows);
  return held;
}

test('of a window that has ended, only what the next one shares with it is held', async () => {
  expect(await heldAfter({ rows: 100 }, 350)).toEqual([
    [0, 100],
    [0, 100],
    [0, 100],
  ]);
  expect(await heldAfter({ rows: 100, step: 50 }, 220)).toEqual([
    [1, 100],
    [1, 100],
    [1, 100],
  ]);
});
