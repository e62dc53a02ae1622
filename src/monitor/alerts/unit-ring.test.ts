// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evidenceOf, makeWorld } from './testing/windows.js';
import { UnitRing } from './unit-ring.js';
import { UnitSeries } from './unit-series.js';

test('each of the latest rows keeps its own numbers', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 20 }), (rows, last) => {
      const ring = new UnitRing({ rows, slots: 2, features: 3 });
      for (let sequence = 0; sequence <= last; sequence++) {
        ring.rowOf(sequence).slots.set([sequence, sequence + 0.5]);
        ring.rowOf(sequence).quiet.fill(sequence);
      }
      for (let sequence = Math.max(0, last - rows + 1); sequence <= last; sequence++) {
        expect([...ring.rowOf(sequence).slots]).toEqual([sequence, sequence + 0.5]);
        expect([...ring.rowOf(sequence).quiet]).toEqual([sequence, sequence, sequence]);
      }
    }),
  );
});

test('what a series has saved stays as it was when units have taken the places of all that it holds', () => {
  const world = makeWorld();
  const windows = [0, 1].map((by) => world.window(300, { by }));
  const series = new UnitSeries();
  const add = (at: number): boolean => series.add(evidenceOf(world, windows[at % 2]!, { at }));
  // Half of a window: a unit that is open.
  series.add(evidenceOf(world, windows[0]!, { at: 0, overlap: 0.7 }));
  for (let at = 1; at < 5; at++) add(at);
  series.add(evidenceOf(world, windows[1]!, { at: 5, overlap: 0.7 }));
  const saved = series.save();
  const known = structuredClone(saved);
  const again = new UnitSeries(known);
  for (let at = 6; at < 110; at++) add(at);
  expect(series.units.length).toBeLessThan(104);
  expect(saved).toEqual(again.save());
  for (let at = 6; at < 110; at++) again.add(evidenceOf(world, windows[at % 2]!, { at }));
  expect(again.save()).toEqual(series.save());
});
