// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Batch } from '../columns/batch.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { column } from '../kernels/testing/samples.js';
import { startColumns } from '../kernels/wasm/columns.js';
import { ColumnsMeter, columnPlans, type RowMeter } from './columns-meter.js';
import { FrameMeter } from './meter.js';
import { emptyPacked } from './packed-profile.js';

function batchOf(rows: number, seed: number): Batch {
  const columns = Array.from({ length: 30 }, (_, i) => {
    const values = column('signed', rows, i % 2 === 0 ? 'f32' : 'f64', seed + 10 * i);
    for (let row = 50 + i; row < rows; row += 1_500) values[row] = i % 3 === 0 ? Number.NaN : Infinity;
    return [`c${i}`, { type: 'number', values, status: null }] as const;
  });
  return { rows, columns: new Map(columns) };
}

test('columns measured together are as measured one by one, in this browser', async () => {
  const reference = batchOf(3_000, 1);
  const schema = [...reference.columns].map(([name, { type }]) => ({ name, type }));
  const builder = new FrameBuilder(schema, {}, cpuKernels);
  builder.add(reference);
  const frame = builder.finish();
  expect(frame.table.joint.length).toBeGreaterThan(1);
  const columns = (await startColumns())(columnPlans(frame))!;
  const meters: RowMeter[] = [
    new ColumnsMeter(frame, columns, cpuKernels),
    new FrameMeter(frame, cpuKernels),
  ];
  const [together, apart] = meters.map((meter) => {
    const profile = emptyPacked(frame);
    for (const rows of [2_050, 7, 1_024]) {
      const batch = meter.conformed(batchOf(rows, 99));
      meter.addOwnCounts(profile, batch);
      meter.addJoint(profile, batch);
    }
    return profile;
  });
  expect(together!.table).toEqual(apart!.table);
  expect(together!.table.jointRows).toBeGreaterThan(2_900);
  for (const [name, part] of together!.parts) {
    const other = apart!.parts.get(name)!;
    if (part.kind !== 'number' || other.kind !== 'number') throw new Error(`${name} is no number`);
    const { sums, binSums, ...counted } = part;
    const { sums: otherSums, binSums: otherBins, ...otherCounted } = other;
    expect(counted).toEqual(otherCounted);
    sums.forEach((sum, k) => {
      expect(Math.abs(sum - otherSums[k]!)).toBeLessThanOrEqual(1e-12 * part.rows);
    });
    binSums.forEach((sum, bin) => {
      expect(Math.abs(sum - otherBins[bin]!)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(sum)));
    });
  }
});
