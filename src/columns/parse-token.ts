// SPDX-License-Identifier: Apache-2.0
/** The words for missing, true and false, read from bytes. Quoted or not makes no difference: writers do not agree on it. */

/** Texts that stand for a missing value in any column. `nan` is not one: it is a number that is NaN, and is counted as such. */
export const NULL_TOKENS: readonly string[] = [
  '',
  'NA',
  'N/A',
  'n/a',
  '#N/A',
  'null',
  'NULL',
  'Null',
  'None',
  '\\N',
];

const LONGEST_TOKEN = 4;
const byFirst: (readonly Uint8Array[] | undefined)[] = new Array(256).fill(undefined);
for (const token of NULL_TOKENS.slice(1)) {
  const bytes = new TextEncoder().encode(token);
  byFirst[bytes[0]] = [...(byFirst[bytes[0]] ?? []), bytes];
}

export function isNullToken(bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length === 0) return true;
  if (length > LONGEST_TOKEN) return false;
  const candidates = byFirst[bytes[start]];
  if (candidates === undefined) return false;
  for (const token of candidates) {
    if (token.length !== length) continue;
    let i = 1;
    while (i < length && bytes[start + i] === token[i]) i++;
    if (i === length) return true;
  }
  return false;
}

/** One to three marks such as `-`, `..`, `?` or `*`: missing where numbers, times or booleans are expected, text elsewhere. */
export function isBlankMark(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 1 || end - start > 3) return false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i];
    if (byte !== 45 && byte !== 46 && byte !== 63 && byte !== 42) return false;
  }
  return true;
}

const TRUE_WORDS: ReadonlySet<string> = new Set(['true', 't', 'yes', 'y', '1']);
const FALSE_WORDS: ReadonlySet<string> = new Set(['false', 'f', 'no', 'n', '0']);

/**
 * 1 or 0 for the usual words in any case, NaN for anything else. Only true and false make a column boolean by
 * themselves (infer.ts); yes, no, 1 and 0 are understood where a schema asks for booleans.
 */
export function parseBoolean(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 1 || end - start > 5) return NaN;
  let word = '';
  for (let i = start; i < end; i++)
    word += String.fromCharCode(bytes[i] >= 65 && bytes[i] <= 90 ? bytes[i] | 32 : bytes[i]);
  return TRUE_WORDS.has(word) ? 1 : FALSE_WORDS.has(word) ? 0 : NaN;
}
