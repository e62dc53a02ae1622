// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PredictionRing, REPLACED, SEGMENT } from './prediction-ring.js';

describe('the ring of predictions', () => {
  test('finds what a map finds, whatever the hashes', () => {
    // few hashes, so that they collide and wrap around the table's end
    const hash = fc.constantFrom(0, 1, 2, -1, -2, 2_047, 2_046, 4_096);
    const push = fc.record({ upper: hash, lower: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(fc.oneof(push, fc.constant(null)), { maxLength: 400 }), (list) => {
        const ring = new PredictionRing(10_000);
        const model: { upper: number; lower: number; place: number }[] = [];
        for (const entry of list) {
          if (entry === null) {
            if (ring.head === ring.tail) continue;
            ring.shift();
            model.shift();
          } else {
            const before = model.findLast(
              ({ upper, lower }) => upper === entry.upper && lower === entry.lower,
            );
            const replaced = ring.push({ ...entry, time: 0, predicted: 0, score: 0, slice: 0 });
            expect(replaced).toBe(before?.place ?? -1);
            if (replaced >= 0) ring.segmentOf(replaced).states[replaced % SEGMENT] = REPLACED;
            model.push({ ...entry, place: ring.tail - 1 });
          }
        }
        for (const { upper, lower } of model) {
          const newest = model.findLast((one) => one.upper === upper && one.lower === lower)!;
          expect(ring.find(upper, lower)).toBe(newest.place);
        }
        expect(ring.find(3, 3)).toBe(-1);
      }),
    );
  });
});
