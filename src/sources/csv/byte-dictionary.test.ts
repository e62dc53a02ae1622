// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ByteDictionary, hashOf } from './byte-dictionary.js';

function encodeAll(dictionary: ByteDictionary, values: readonly Uint8Array[]): Int32Array {
  return Int32Array.from(values, (bytes) =>
    dictionary.encode(bytes, 0, bytes.length, hashOf(bytes, 0, bytes.length)),
  );
}

const text = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.string({ unit: 'binary', maxLength: 3 }),
  fc.string({ maxLength: 60 }),
);

test('every code leads back to its text, texts are distinct, whatever the limits', () => {
  const batches = fc.array(fc.array(text, { maxLength: 40 }), { maxLength: 6 });
  fc.assert(
    fc.property(batches, fc.nat(30), fc.nat(100), (texts, maxEntries, maxChars) => {
      const dictionary = new ByteDictionary({ maxEntries, maxChars });
      const encoder = new TextEncoder();
      const columns = texts.map((batch) => {
        return dictionary.finish(
          encodeAll(
            dictionary,
            batch.map((value) => encoder.encode(value)),
          ),
        );
      });
      for (const [b, column] of columns.entries()) {
        expect(Array.from(column.codes, (code) => column.dictionary[code])).toEqual(texts[b]);
        expect(new Set(column.dictionary).size).toBe(column.dictionary.length);
      }
      expect(dictionary.size).toBeLessThanOrEqual(maxEntries);
      expect(dictionary.invalid).toBe(0);
    }),
    { numRuns: 300 },
  );
});

test('any bytes: equal bytes share a code, texts stay distinct', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 3 }), { maxLength: 60 }), (values) => {
      const dictionary = new ByteDictionary();
      const { codes, dictionary: texts } = dictionary.finish(encodeAll(dictionary, values));
      const seen = new Map<string, number>();
      for (const [i, bytes] of values.entries()) {
        expect(seen.get(bytes.join()) ?? codes[i]).toBe(codes[i]);
        seen.set(bytes.join(), codes[i]);
      }
      expect(new Set(texts).size).toBe(texts.length);
      expect(codes.every((code) => code >= 0 && code < texts.length)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('bytes that are not UTF-8 are windows-1252, and one text with those that are', () => {
  const dictionary = new ByteDictionary();
  const codes = encodeAll(dictionary, [
    Uint8Array.of(0xe9),
    new TextEncoder().encode('é'),
    Uint8Array.of(0xe9),
    Uint8Array.of(0x80),
  ]);
  const column = dictionary.finish(codes);
  expect([...column.codes]).toEqual([0, 0, 0, 1]);
  expect(column.dictionary).toEqual(['é', '€']);
  expect(dictionary.invalid).toBe(2);
});

test('100,000 keys survive growth', () => {
  const dictionary = new ByteDictionary({ maxEntries: 1000 });
  const encoder = new TextEncoder();
  const keys = Array.from({ length: 100_000 }, (_, i) => `key ${i * 7919}`);
  const column = dictionary.finish(
    encodeAll(
      dictionary,
      keys.map((key) => encoder.encode(key)),
    ),
  );
  expect(column.dictionary).toEqual(keys);
  expect(dictionary.size).toBe(0);
});
