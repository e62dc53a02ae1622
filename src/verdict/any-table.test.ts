// SPDX-License-Identifier: Apache-2.0
/** Whatever two tables hold, a report comes out that can be read. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTables, type Table } from './testing/compare-tables.js';

const number = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    1e308,
    -1e308,
    5e-324,
  ),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true }),
);
const word = fc.oneof(
  fc.constantFrom('', 'a', 'b', '<b>x</b>', '=1+1', 'constructor', '__proto__', 'ü'),
  fc.string({ maxLength: 4 }),
);
const time = fc.integer({ min: 978_307_200_000, max: 1_010_000_000_000 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 6, nil: null });
const side = fc.integer({ min: 1, max: 40 }).chain((rows) =>
  fc.record({
    number: fc.array(maybe(number), { minLength: rows, maxLength: rows }),
    other: fc.array(number, { minLength: rows, maxLength: rows }),
    word: fc.array(maybe(word), { minLength: rows, maxLength: rows }),
    when: fc.array(maybe(time), { minLength: rows, maxLength: rows }),
  }),
);

test('every number is a number, every p a probability, every sentence a sentence', () => {
  fc.assert(
    fc.property(side, side, fc.boolean(), (reference, current, drop) => {
      const now: Table = drop ? { number: current.number, when: current.when } : current;
      const { rated } = compareTables(reference as Table, now, { times: ['when'] });
      for (const verdict of rated.verdicts.values()) {
        expect(verdict.sentence).toMatch(/\S.*\.$/s);
        expect(verdict.threshold).not.toBeNaN();
        for (const { metric, value, low, high, pValue, adjustedPValue } of verdict.tests) {
          for (const n of [value, low, high, pValue, adjustedPValue])
            expect([metric, n]).not.toEqual([metric, Number.NaN]);
          expect(pValue).toBeGreaterThanOrEqual(0);
          expect(adjustedPValue).toBeGreaterThanOrEqual(pValue);
          expect(adjustedPValue).toBeLessThanOrEqual(1);
        }
      }
      for (const { expected, observed, rows } of rated.checks) {
        expect(`${expected}${observed}`).not.toMatch(/NaN|undefined|\[object/);
        expect(rows).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 150, seed: 20_261_123 },
  );
}, 30_000);
