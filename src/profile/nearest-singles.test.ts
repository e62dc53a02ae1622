// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { FrameBuilder } from '../baseline/frame-builder.js';
import { nextUp } from '../baseline/next-up.js';
import type { Column } from '../columns/column.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { FrameMeter } from './meter.js';
import { nearestSingles } from './nearest-singles.js';
import { emptyProfile } from './profile.js';

test('cuts go to the nearest f32, the ends of atoms to the f32 after', () => {
  const cuts = Float64Array.of(-0.7, 0, nextUp(0), 0.24, nextUp(0.24), nextUp(0.71));
  const singles = nearestSingles(cuts);
  expect([...singles]).toEqual([
    Math.fround(-0.7),
    0,
    2 ** -149,
    Math.fround(0.24),
    expect.any(Number),
    expect.any(Number),
  ]);
  expect(singles[4]).toBeGreaterThan(Math.fround(0.24));
  expect(singles[5]).toBeGreaterThan(Math.fround(0.71));
  for (const single of singles) expect(Math.fround(single)).toBe(single);
});

test('cuts that are f32, that f32 cannot tell apart, or that are beyond it stay', () => {
  for (const cuts of [
    [0.5, nextUp(0.5), nextUp(3)],
    [1, 1 + 2 ** -40, 2],
    [0.1, 1e300],
  ]) {
    const given = Float64Array.from(cuts);
    expect(nearestSingles(given)).toBe(given);
  }
});

test('the same numbers in f64 and rounded to f32 fall into the same bins', () => {
  const values = Float64Array.from(
    { length: 5000 },
    (_, i) => ((i * 37) % 90) / 100 + (i % 7 === 0 ? i / 1e4 : 0),
  );
  const schema = [
    { name: 'x', type: 'number' as const },
    { name: 'y', type: 'number' as const },
  ];
  const batch = (x: Float32Array | Float64Array) => {
    const column: Column = { type: 'number', values: x, status: null };
    return {
      rows: x.length,
      columns: new Map([
        ['x', column],
        ['y', column],
      ]),
    };
  };
  const builder = new FrameBuilder(schema, { columns: {} }, cpuKernels);
  builder.add(batch(values));
  const frame = builder.finish();
  const meter = new FrameMeter(frame, cpuKernels);
  const [double, single] = [values, Float32Array.from(values)].map((x) => {
    const profile = emptyProfile(frame);
    meter.addCounts(profile, meter.conformed(batch(x)));
    return profile;
  });
  const counts = (profile: typeof double) => {
    const part = profile!.parts.get('x')!;
    return part.kind === 'number' ? [...part.counts] : [];
  };
  expect(counts(double).length).toBeGreaterThan(50);
  expect(counts(single)).toEqual(counts(double));
  expect([...single!.table.jointCross]).toEqual([...double!.table.jointCross]);
});
