// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Frame } from '../baseline/frame.js';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Batch } from '../columns/batch.js';
import type { Column, NumberColumn } from '../columns/column.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { createWasmKernels } from '../kernels/wasm/wasm.js';
import { partition } from './partition.js';
import { Profiler } from './profile.js';
import { expectSameProfile, plain } from './testing/expect-profile.js';
import { MAX_WINDOWS, mostWindows, WindowedProfiler } from './windowed.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 2, 1);

/** Rows at `times`, with a number, a single-precision number with gaps, and a name. */
function batchAt(times: readonly number[]): Batch {
  const n = times.length;
  const spread = (i: number) => (Math.imul(i + 1, 0x9e3779b1) >>> 0) / 2 ** 32;
  const status = Uint8Array.from({ length: n }, (_, i) => (i % 11 === 0 ? 1 : 0));
  const single = Float32Array.from({ length: n }, (_, i) => (status[i] ? Number.NaN : spread(i) * 10));
  return {
    rows: n,
    columns: new Map([
      ['when', { type: 'time', values: Float64Array.from(times), status: null }],
      [
        'size',
        { type: 'number', values: Float64Array.from({ length: n }, (_, i) => spread(i)), status: null },
      ],
      ['single', { type: 'number', values: single, status }],
      [
        'name',
        {
          type: 'string',
          codes: Int32Array.from({ length: n }, (_, i) => (i % 7) - 1),
          dictionary: ['a', 'b', 'c', 'd', 'e', 'f'],
        },
      ],
    ]),
  };
}

function frameOf(batch: Batch): Frame {
  const schema = [...batch.columns].map(([name, { type }]) => ({ name, type }));
  const builder = new FrameBuilder(schema, {}, cpuKernels);
  builder.add(batch);
  return builder.finish();
}

const ordered = Array.from({ length: 4_000 }, (_, i) => START + (i / 4_000) * 30 * DAY);
const shuffled = ordered.map((_, i) => ordered[(i * 1_597) % ordered.length]!);

describe('partition', () => {
  const time = (batch: Batch) => batch.columns.get('when') as NumberColumn;

  test('rows in time order become views, others are gathered, and no row is lost', () => {
    for (const times of [ordered, shuffled]) {
      const batch = batchAt(times);
      const pieces = partition(batch, time(batch), 'day');
      expect(pieces.map(({ start }) => start).sort()).toEqual(
        Array.from({ length: 30 }, (_, i) => START + i * DAY),
      );
      const views = pieces.every((piece) => time(piece.batch).values.buffer === time(batch).values.buffer);
      expect(views).toBe(times === ordered);
      for (const { start, batch: piece } of pieces) {
        expect(time(piece).values.every((each) => each >= start && each < start + DAY)).toBe(true);
        for (const column of piece.columns.values()) {
          expect(column.type === 'string' ? column.codes.length : column.values.length).toBe(piece.rows);
        }
      }
      expect(pieces.reduce((sum, { batch: { rows } }) => sum + rows, 0)).toBe(4_000);
    }
  });

  test('a batch within one window is passed on as it is', () => {
    const batch = batchAt(ordered);
    expect(partition(batch, time(batch), 'month')[0]!.batch).toBe(batch);
  });

  test('rows keep their order within a window', () => {
    const batch = batchAt([START + 2, START + DAY, START + 1, START + DAY + 5, START + 3]);
    const [first, second] = partition(batch, time(batch), 'day');
    expect([...time(first!.batch).values]).toEqual([START + 2, START + 1, START + 3]);
    expect([...time(second!.batch).values]).toEqual([START + DAY, START + DAY + 5]);
  });
});

describe('WindowedProfiler', { timeout: 60_000 }, () => {
  const frame = frameOf(batchAt(ordered));
  const windowed = (...batches: Batch[]) => {
    const profiler = new WindowedProfiler(frame, cpuKernels);
    for (const batch of batches) profiler.add(batch);
    return profiler;
  };

  test('windows are the same whatever the order of rows, neighbours aside', () => {
    expect(frame.windowing).toEqual({ column: 'when', unit: 'day' });
    const batch = batchAt(ordered);
    const order = ordered.map((_, i) => (i * 1_597) % 4_000);
    const columns = new Map(
      [...batch.columns].map(([name, column]): [string, Column] => {
        if (column.type === 'string')
          return [name, { ...column, codes: Int32Array.from(order, (i) => column.codes[i]!) }];
        const values =
          column.values instanceof Float32Array ? new Float32Array(4_000) : new Float64Array(4_000);
        order.forEach((from, i) => {
          values[i] = column.values[from]!;
        });
        const status = column.status && Uint8Array.from(order, (i) => column.status![i]!);
        return [name, { ...column, values, status }];
      }),
    );
    const one = windowed(batch);
    const two = windowed({ rows: 4_000, columns });
    expect(one.windows.size).toBe(30);
    for (const [start, profile] of one.windows) {
      expectSameProfile(two.windows.get(start)!, profile, { neighbours: false });
    }
    expectSameProfile(two.total(), one.total(), { neighbours: false });
  });

  test('windows count neither distinct values nor duplicates, the total does', () => {
    const profiler = windowed(batchAt(ordered));
    const [window] = [...profiler.windows.values()];
    const number = (profile: typeof window) => {
      const part = profile!.parts.get('size')!;
      if (part.kind !== 'number') throw new Error('size is a number');
      return part.distinct.length;
    };
    expect([number(window), window!.table.duplicates.threshold]).toEqual([0, 0]);
    expect([number(profiler.total()), profiler.total().table.duplicates.hashes.size]).toEqual([4_096, 4_000]);
  });

  test('rows without a time count in the total only', () => {
    const profiler = windowed(batchAt([START, Number.NaN, 1e300, Infinity]));
    expect([...profiler.windows.keys()]).toEqual([START]);
    expect([profiler.rest.rows, profiler.total().rows]).toEqual([3, 4]);
  });

  test('windows are bounded, rows are not lost', () => {
    const batch = batchAt(Array.from({ length: MAX_WINDOWS + 500 }, (_, i) => START + i * DAY));
    const profiler = windowed(batch);
    expect([profiler.windows.size, profiler.rest.rows, profiler.total().rows]).toEqual([
      MAX_WINDOWS,
      500,
      MAX_WINDOWS + 500,
    ]);
  });

  test('wide tables keep fewer windows apart', () => {
    expect(mostWindows(frame)).toBe(MAX_WINDOWS);
    const wide = (copies: number) => ({
      ...frame,
      features: Array.from({ length: copies }, () => frame.features).flat(),
    });
    expect(mostWindows(wide(250))).toBeLessThan(300);
    expect(mostWindows(wide(250))).toBeGreaterThan(50);
    expect(mostWindows(wide(50_000))).toBe(24);
  });

  test('adding goes on after a total was taken', () => {
    const profiler = windowed(batchAt(ordered.slice(0, 100)));
    const before = plain(profiler.total());
    const total = profiler.total();
    profiler.add(batchAt(ordered.slice(100)));
    expect(plain(total)).toEqual(before);
    expect(profiler.total().rows).toBe(4_000);
  });
});

test('wasm and cpu kernels make the same profile', async () => {
  const wasm = await createWasmKernels();
  const batch = batchAt(shuffled);
  const frame = frameOf(batch);
  const profileBy = (kernels: typeof wasm) => {
    const profiler = new Profiler(frame, kernels);
    profiler.add(batch);
    profiler.add(batchAt([]));
    profiler.add(batchAt([START - DAY]));
    // A column without a single value, and so without a dictionary.
    profiler.add({
      rows: 2,
      columns: new Map([['name', { type: 'string', codes: Int32Array.of(-1, -1), dictionary: [] }]]),
    });
    return profiler.profile;
  };
  expectSameProfile(profileBy(wasm), profileBy(cpuKernels));
});
