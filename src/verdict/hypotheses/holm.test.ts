// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holm } from './holm.js';

test("Holm's own steps: the smallest of four times four, the next times three, never decreasing", () => {
  const adjusted = Array.from(holm([0.01, 0.04, 0.03, 0.005]));
  const expected = [0.03, 0.06, 0.06, 0.02];
  adjusted.forEach((p, i) => {
    expect(p).toBeCloseTo(expected[i]!, 12);
  });
});

test('adjusted p keeps the order, lies between p and tests · p, and at most 1', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (pValues) => {
      const adjusted = holm(pValues);
      pValues.forEach((p, i) => {
        expect(adjusted[i]).toBeGreaterThanOrEqual(p);
        expect(adjusted[i]).toBeLessThanOrEqual(1);
        pValues.forEach((q, j) => {
          if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j]!);
        });
      });
      const least = Math.min(...pValues, 1);
      if (pValues.length > 0)
        expect(Math.min(...adjusted)).toBeCloseTo(Math.min(1, pValues.length * least), 12);
    }),
  );
});

test('no tests, no adjustment', () => {
  expect(holm([])).toHaveLength(0);
});
