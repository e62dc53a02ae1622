// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { isBlankMark, isNullToken, NULL_TOKENS, parseBoolean } from './parse-token.js';

function on<T>(text: string, read: (bytes: Uint8Array, start: number, end: number) => T): T {
  const bytes = new TextEncoder().encode(`N${text}A`);
  return read(bytes, 1, bytes.length - 1);
}

test('null tokens, and nothing near them', () => {
  for (const token of NULL_TOKENS) expect(on(token, isNullToken), token).toBe(true);
  for (const text of ['nan', 'Na', 'NAN', 'none', 'nulL', 'N', '#N/', '0', '-', '\\', 'nullx']) {
    expect(on(text, isNullToken), text).toBe(false);
  }
});

test('marks for missing among numbers', () => {
  for (const text of ['-', '--', '.', '..', '?', '***']) expect(on(text, isBlankMark), text).toBe(true);
  for (const text of ['', '----', '-1', 'a', '.5', '?a']) expect(on(text, isBlankMark), text).toBe(false);
});

test('booleans in any case', () => {
  for (const text of ['true', 'TRUE', 'True', 't', 'Yes', 'Y', '1'])
    expect(on(text, parseBoolean), text).toBe(1);
  for (const text of ['false', 'FALSE', 'F', 'no', 'N', '0']) expect(on(text, parseBoolean), text).toBe(0);
  for (const text of ['', 'tru', 'truee', '2', 'falsey', '01', 'on'])
    expect(on(text, parseBoolean), text).toBeNaN();
});
