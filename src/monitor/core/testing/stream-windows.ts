// SPDX-License-Identifier: Apache-2.0
import { expect } from 'vitest';
import { FrameBuilder } from '../../../baseline/frame-builder.js';
import type { Batch } from '../../../columns/batch.js';
import { sliceBatch } from '../../../columns/slice-rows.js';
import { cpuKernels } from '../../../kernels/cpu/cpu.js';
import { FrameMeter } from '../../../profile/meter.js';
import type { NumberPart } from '../../../profile/parts.js';
import type { WindowSpec } from '../../specs.js';
import { type ClosedWindow, sumOf } from '../block.js';
import { Stream } from '../stream.js';
import { planWindows } from '../window-plan.js';

export const HOUR = 3_600_000;
export const NOON = Date.UTC(2026, 2, 2, 12);

/** Row i holds i. */
function numbered(rows: number): Batch {
  const values = Float64Array.from({ length: rows }, (_, row) => row);
  return { rows, columns: new Map([['row', { type: 'number', values, status: null }]]) };
}

const builder = new FrameBuilder([{ name: 'row', type: 'number' }]);
builder.add(numbered(64));
const frame = builder.finish();

export interface Told {
  readonly spec: string;
  readonly start: number;
  readonly end: number;
  readonly rows: readonly number[];
  readonly late: number;
  readonly version: string;
}

export interface Step {
  readonly rows: number;
  readonly version?: string;
  readonly now?: number;
  /** What the clock says when it is looked at after these rows, before any others; not at all by default. */
  readonly tick?: number;
  /** Whether all is brought into blocks then, as it is to be saved. */
  readonly saves?: boolean;
}

/** Windows that come of rows of these times, cut into chunks as given, each with all the rows that are in it. */
export async function windowsOf(
  specs: readonly WindowSpec[],
  times: readonly number[],
  { steps = [{ rows: times.length }], end = false }: { steps?: readonly Step[]; end?: boolean } = {},
): Promise<{ told: Told[]; stream: Stream; profiles: ClosedWindow[]; measured: Set<unknown> }> {
  const told: Told[] = [];
  const profiles: ClosedWindow[] = [];
  const rowsOfBlock = new Map<number, number[]>();
  let id = 0;
  let offset = 0;
  const measured = new Set<unknown>();
  const stream = new Stream({
    frame,
    meter: new FrameMeter(frame, cpuKernels),
    plans: planWindows(specs).windows,
    nextId: () => id++,
    onRows: ({ profile, from, to, blocks }) => {
      measured.add(profile);
      for (const block of blocks) {
        const rows = rowsOfBlock.get(block) ?? [];
        rowsOfBlock.set(block, rows);
        for (let row = from; row < to; row++) rows.push(offset + row);
      }
    },
    onWindow: (window) => {
      const { plan, start, end, blocks, late, version } = window;
      const rows = blocks.flatMap((block) => rowsOfBlock.get(block.id) ?? []).sort((a, b) => a - b);
      const { profile } = sumOf(blocks);
      // Which rows are in a window is told twice: by its blocks, and by what was measured.
      expect(profile.rows).toBe(rows.length);
      const part = profile.parts.get('row') as NumberPart;
      expect(part.binSums.reduce((a, b) => a + b, 0)).toBeCloseTo(
        rows.reduce((a, b) => a + b, 0),
        6,
      );
      profiles.push(window);
      told.push({ spec: plan.label, start, end, rows, late, version });
    },
  });
  const batch = numbered(times.length);
  for (const { rows, version = '', now = NOON, tick, saves } of steps) {
    const to = Math.min(times.length, offset + rows);
    await stream.add(sliceBatch(batch, offset, to), {
      times: Float64Array.from(times.slice(offset, to)),
      version,
      skipped: 0,
      now,
    });
    offset = to;
    if (saves) stream.settleBlocks();
    if (tick !== undefined) stream.tick(tick);
  }
  if (end) stream.endAll();
  return { told, stream, profiles, measured };
}

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);
export const everyMs = (rows: number, ms: number): number[] => range(0, rows).map((row) => NOON + row * ms);
