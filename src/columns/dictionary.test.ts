// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DictionaryEncoder } from './dictionary.js';

test('every code leads back to its value, whatever the limits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.string({ maxLength: 3 }), { maxLength: 20 }), { maxLength: 8 }),
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 12 }),
      (batches, maxEntries, maxChars) => {
        const encoder = new DictionaryEncoder({ maxEntries, maxChars });
        const columns = batches.map((values) =>
          encoder.finish(Int32Array.from(values, (v) => encoder.encode(v))),
        );
        for (const [b, column] of columns.entries()) {
          expect(Array.from(column.codes, (code) => column.dictionary[code])).toEqual(batches[b]);
          expect(new Set(column.dictionary).size).toBe(column.dictionary.length);
        }
        expect(encoder.size).toBeLessThanOrEqual(maxEntries);
      },
    ),
  );
});

test('codes last from batch to batch, and an unchanged dictionary is the same array', () => {
  const encoder = new DictionaryEncoder();
  const first = encoder.finish(Int32Array.of(encoder.encode('a'), encoder.encode('b')));
  const second = encoder.finish(Int32Array.of(encoder.encode('b')));
  const third = encoder.finish(Int32Array.of(encoder.encode('c'), encoder.encode('a')));
  expect(second.dictionary).toBe(first.dictionary);
  expect(second.codes[0]).toBe(1);
  expect(third.dictionary).toEqual(['a', 'b', 'c']);
  expect(third.codes[1]).toBe(0);
  expect(first.dictionary).toEqual(['a', 'b']);
});

test('keys are forgotten between batches', () => {
  const encoder = new DictionaryEncoder({ maxEntries: 100 });
  for (let batch = 0; batch < 10; batch++) {
    const codes = new Int32Array(1000);
    for (let row = 0; row < codes.length; row++) codes[row] = encoder.encode(`key ${batch} ${row}`);
    const column = encoder.finish(codes);
    expect(column.dictionary.length).toBe(1000);
    expect(column.dictionary[codes[999]]).toBe(`key ${batch} 999`);
    expect(encoder.size).toBe(0);
  }
});
