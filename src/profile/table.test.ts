// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Frame } from '../baseline/frame.js';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Batch } from '../columns/batch.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { Profiler } from './profile.js';
import { duplicateShare } from './testing/duplicate-share.js';

function batchOf(columns: Record<string, readonly number[]>): Batch {
  const list = Object.entries(columns);
  return {
    rows: list[0]![1].length,
    columns: new Map(
      list.map(([name, values]) => [
        name,
        { type: 'number', values: Float64Array.from(values), status: null },
      ]),
    ),
  };
}

const n = 200;
const begin = Array.from({ length: n }, (_, i) => (i * 37) % 101);
const end = begin.map((value, i) => value + (i % 9) + 1);
const id = begin.map((_, i) => 1_000 + i);
const builder = new FrameBuilder(['id', 'begin', 'end'].map((name) => ({ name, type: 'number' })));
builder.add(batchOf({ id, begin, end }));
const frame: Frame = builder.finish();

function tableOf(...batches: Batch[]) {
  const profiler = new Profiler(frame, cpuKernels);
  for (const batch of batches) profiler.add(batch);
  return profiler.profile.table;
}

test('an order is counted on rows where both sides are present, and where it is broken', () => {
  expect(frame.table.orders).toEqual([['begin', 'end']]);
  expect(tableOf(batchOf({ id, begin, end }))).toMatchObject({
    orderRows: Float64Array.of(n),
    orderBroken: Float64Array.of(0),
  });
  const missing = Number.NaN;
  const table = tableOf(
    batchOf({
      id: [1, 2, 3, 4, 5, 6],
      begin: [5, 5, 7, missing, 1, missing],
      end: [6, 5, 6, 1, missing, missing],
    }),
  );
  expect([...table.orderRows, ...table.orderBroken]).toEqual([3, 1]);
});

test('a batch without one of the columns breaks nothing and joins nothing', () => {
  const table = tableOf(batchOf({ id: [1, 2], begin: [5, 6] }));
  expect([...table.orderRows, table.jointRows]).toEqual([0, 0]);
});

test('repeated rows and repeated keys are told apart', () => {
  const again = (values: readonly number[]) => [...values, ...values.slice(0, 50)];
  const whole = tableOf(batchOf({ id: again(id), begin: again(begin), end: again(end) }));
  expect(duplicateShare(whole.duplicates)).toEqual({ share: 0.2, sampled: 250, repeats: 50, exact: true });
  expect(duplicateShare(whole.keys.get('id')!)!.repeats).toBe(50);

  const changed = again(end).map((value, i) => (i < n ? value : value + 0.5));
  const keys = tableOf(batchOf({ id: again(id), begin: again(begin), end: changed }));
  expect(duplicateShare(keys.duplicates)!.repeats).toBe(0);
  expect(duplicateShare(keys.keys.get('id')!)!.repeats).toBe(50);
});

test('missing keys are no duplicates of each other', () => {
  const status = Uint8Array.of(1, 1, 1, 0);
  const values = Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 7);
  const columns = new Map([['id', { type: 'number', values, status } as const]]);
  expect(duplicateShare(tableOf({ rows: 4, columns }).keys.get('id')!)).toMatchObject({
    sampled: 1,
    repeats: 0,
  });
});

test('columns in another order, or swapped values, are other rows', () => {
  const table = tableOf(batchOf({ id: [1, 1], begin: [2, 3], end: [3, 2] }));
  expect(duplicateShare(table.duplicates)!.repeats).toBe(0);
});
