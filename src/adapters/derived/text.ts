// SPDX-License-Identifier: Apache-2.0
import { countWords } from '../../baseline/words.js';

export interface TextFeatures {
  /** UTF-16 code units. */
  readonly length: number;
  /** As the columns of text count them: what white space parts. */
  readonly words: number;
  /** Share of the tokens (runs of letters, marks and digits, in lower case) that the vocabulary lacks; null without either. */
  readonly unknown: number | null;
}

export interface TextOptions {
  /** Tokens that are known, in lower case: a Set, or whatever can tell. */
  readonly vocabulary?: { has(token: string): boolean };
  /** Length beyond which a text is cut before its words are counted. Default 100,000. */
  readonly most?: number;
}

const TOKEN = /[\p{L}\p{M}\p{N}]+/gu;
const MOST = 100_000;

/** What a text comes to in three numbers: enough to see languages, forms and topics change. */
export function textFeatures(text: string, { vocabulary, most = MOST }: TextOptions = {}): TextFeatures {
  const read = text.length > most ? text.slice(0, most) : text;
  return { length: text.length, words: countWords(read), unknown: unknownShare(read, vocabulary) };
}

/** The same of many texts, as columns to observe. */
export function textColumns(
  texts: readonly string[],
  { prefix = '', ...options }: TextOptions & { readonly prefix?: string } = {},
): { readonly columns: Readonly<Record<string, readonly (number | null)[]>> } {
  const rows = texts.map((text) => textFeatures(text, options));
  const column = (key: keyof TextFeatures): [string, (number | null)[]] => [
    prefix + key,
    rows.map((row) => row[key]),
  ];
  const keys = options.vocabulary
    ? (['length', 'words', 'unknown'] as const)
    : (['length', 'words'] as const);
  return { columns: Object.fromEntries(keys.map(column)) };
}

function unknownShare(text: string, vocabulary: TextOptions['vocabulary']): number | null {
  if (vocabulary === undefined) return null;
  let tokens = 0;
  let unknown = 0;
  for (const [token] of text.toLowerCase().matchAll(TOKEN)) {
    tokens++;
    if (!vocabulary.has(token)) unknown++;
  }
  return tokens === 0 ? null : unknown / tokens;
}
