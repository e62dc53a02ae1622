// SPDX-License-Identifier: Apache-2.0
const TOKEN = /[\p{L}\p{N}]+/gu;
/** A token is cut to this many UTF-16 units. */
const TOKEN_LENGTH = 64;

/** Adds the tokens of a text (runs of letters and digits, in lower case) to `counts`; returns how many there were. */
export function countTokens(text: string, counts: Map<string, number>): number {
  let tokens = 0;
  for (const [match] of text.toLowerCase().matchAll(TOKEN)) {
    const token = match.length > TOKEN_LENGTH ? match.slice(0, TOKEN_LENGTH) : match;
    counts.set(token, (counts.get(token) ?? 0) + 1);
    tokens++;
  }
  return tokens;
}
