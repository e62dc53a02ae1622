// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../baseline/frame.js';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Batch } from '../columns/batch.js';
import { sliceBatch } from '../columns/slice-rows.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { column } from '../kernels/testing/samples.js';
import { startColumns } from '../kernels/wasm/columns.js';
import { ColumnsMeter, columnPlans, type RowMeter } from './columns-meter.js';
import { FrameMeter } from './meter.js';
import type { Profile } from './parts.js';
import { emptyProfile } from './profile.js';
import { frameOf as arbitraryFrame, arbitraryRows, batchOf, SETTINGS } from './testing/arbitrary-data.js';
import { expectSameProfile } from './testing/expect-profile.js';

const columnsOf = await startColumns();

function frameOf(batch: Batch, settings: ConstructorParameters<typeof FrameBuilder>[1] = SETTINGS): Frame {
  const schema = [...batch.columns].map(([name, { type }]) => ({ name, type }));
  const builder = new FrameBuilder(schema, settings, cpuKernels);
  builder.add(batch);
  return builder.finish();
}

function bothMeters(frame: Frame): readonly [RowMeter, RowMeter] {
  const columns = columnsOf(columnPlans(frame))!;
  return [new ColumnsMeter(frame, columns, cpuKernels), new FrameMeter(frame, cpuKernels)];
}

function profileOf(frame: Frame, meter: RowMeter, batches: readonly Batch[]): Profile {
  const profile = emptyProfile(frame, { sketches: false });
  for (const batch of batches) {
    const conformed = meter.conformed(batch);
    meter.addOwnCounts(profile, conformed);
    meter.addJoint(profile, conformed);
  }
  return profile;
}

function expectSameByBoth(frame: Frame, ...batches: Batch[]): Profile {
  const [together, apart] = bothMeters(frame).map((meter) => profileOf(frame, meter, batches));
  expectSameProfile(together!, apart!);
  return together!;
}

const SHAPES = [
  'signed',
  'many ties',
  'forty orders of magnitude',
  'far from zero',
  'ascending',
  'all minus zero',
];

/** Columns of many shapes and both widths, all values finite. */
function wide(rows: number, columns: number, seed: number): Batch {
  return {
    rows,
    columns: new Map(
      Array.from({ length: columns }, (_, i) => {
        const values = column(SHAPES[i % SHAPES.length]!, rows, i % 4 === 0 ? 'f64' : 'f32', seed + i);
        return [`c${i}`, { type: 'number', values, status: null }];
      }),
    ),
  };
}

const NUMBERS = (columns: number) => ({
  columns: Object.fromEntries(
    Array.from({ length: columns }, (_, i) => [`c${i}`, { kind: 'number', role: 'input' } as const]),
  ),
});

describe('columns measured together are as measured one by one', () => {
  test('whatever the rows', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryRows, arbitraryRows, (reference, one, two) => {
        expectSameByBoth(arbitraryFrame(reference), batchOf(one), batchOf(two));
      }),
      { numRuns: 80 },
    );
  });

  test.each([1, 2, 3, 4, 7, 30, 64])('%i columns, any number of rows', (columns) => {
    const reference = wide(2_500, columns, 1);
    const frame = frameOf(reference, NUMBERS(columns));
    expect(frame.table.joint.length > 0).toBe(columns > 1);
    for (const rows of [0, 1, 2, 7, 8, 9, 33, 1_000, 1_023, 1_024, 1_025, 2_500]) {
      const { table } = expectSameByBoth(frame, wide(rows, columns, 99));
      expect(table.jointRows).toBe(columns > 1 ? rows : 0);
    }
  });

  test('rows that are not complete, in blocks and at their ends', () => {
    const reference = wide(2_500, 5, 1);
    const frame = frameOf(reference, NUMBERS(5));
    const batch = wide(2_051, 5, 7);
    const holes = [0, 7, 8, 1_023, 1_024, 2_047, 2_048, 2_050];
    for (const [i, row] of holes.entries()) {
      const { values } = batch.columns.get(`c${i % 5}`) as { values: Float32Array };
      values[row] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][i % 3]!;
    }
    const { table } = expectSameByBoth(frame, batch);
    expect(table.jointRows).toBe(2_051 - holes.length);
  });

  test('a column that is absent, of the other width, without cuts, or text', () => {
    const reference = wide(2_000, 6, 1);
    const frame = frameOf(reference, NUMBERS(6));
    const whole = wide(1_500, 6, 5);
    const columns = new Map(whole.columns);
    columns.delete('c2');
    expect(expectSameByBoth(frame, { rows: 1_500, columns }).table.jointRows).toBe(0);
    const other = wide(1_500, 6, 5);
    const turned = new Map(
      [...other.columns].map(([name, each]) => {
        if (each.type !== 'number') return [name, each];
        const Other = each.values.BYTES_PER_ELEMENT === 4 ? Float64Array : Float32Array;
        return [name, { ...each, values: Other.from(each.values) }];
      }),
    );
    expectSameByBoth(frame, whole, { rows: 1_500, columns: turned }, whole);
    const text = { type: 'string', codes: Int32Array.of(0, 1, -1), dictionary: ['1', 'n/a'] } as const;
    const short = sliceBatch(whole, 0, 3);
    expectSameByBoth(frame, { rows: 3, columns: new Map(short.columns).set('c1', text) });

    const constant: Batch = {
      rows: 50,
      columns: new Map([
        ['c0', { type: 'number', values: new Float64Array(50).fill(Number.NaN), status: null }],
      ]),
    };
    const empty = frameOf(constant, NUMBERS(1));
    const [feature] = empty.features;
    expect(feature?.frame.kind === 'number' && feature.frame.cuts.length).toBe(0);
    expectSameByBoth(empty, wide(1_030, 1, 3));
  });

  test('nothing of one call is left for the next', () => {
    const reference = wide(2_000, 4, 1);
    const frame = frameOf(reference, NUMBERS(4));
    const [together] = bothMeters(frame);
    const once = profileOf(frame, together, [wide(1_100, 4, 3)]);
    profileOf(frame, together, [wide(37, 4, 4)]);
    expect(profileOf(frame, together, [wide(1_100, 4, 3)])).toEqual(once);
  });
});

test('more cuts than a table holds, or tables that are too large, are left to others', () => {
  const cuts = (n: number) => ({
    cuts: Float64Array.from({ length: n }, (_, i) => i),
    shift: 0,
    ranks: null,
  });
  expect(columnsOf([cuts(65_534)])).toBeNull();
  expect(columnsOf(Array.from({ length: 3_000 }, () => cuts(10)))).toBeNull();
  expect(columnsOf([cuts(60_000)])).not.toBeNull();
});
