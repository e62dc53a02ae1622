// SPDX-License-Identifier: Apache-2.0
import type { TextFrame } from '../baseline/frame.js';
import { countWords } from '../baseline/words.js';
import type { StringColumn } from '../columns/column.js';
import type { Kernels } from '../kernels/kernels.js';
import { combineCounts } from './counts.js';
import { emptyDistinct, mergeDistinct } from './hyperloglog.js';
import { MAX_TOKENS, mergeTokens, pruneTokens } from './misra-gries.js';
import {
  addNumber,
  emptyNumber,
  mergeNumber,
  type NumberMeter,
  numberMeter,
  subtractNumber,
} from './number.js';
import type { TextPart } from './parts.js';
import { countTokens } from './tokens.js';

export interface TextMeter {
  readonly length: NumberMeter;
  readonly words: NumberMeter;
}

export function textMeter(frame: TextFrame, kernels: Kernels): TextMeter {
  return { length: numberMeter(frame.length, kernels), words: numberMeter(frame.words, kernels) };
}

export function emptyText(frame: TextFrame, distinct: Uint8Array = emptyDistinct()): TextPart {
  return {
    kind: 'text',
    rows: 0,
    missing: 0,
    unparsable: 0,
    empty: 0,
    // Distinct lengths tell nothing: not counted.
    length: emptyNumber(frame.length, new Uint8Array(0)),
    words: emptyNumber(frame.words, new Uint8Array(0)),
    tokens: new Map(),
    tokenCount: 0,
    tokenError: 0,
    distinct,
  };
}

/** Adds a column's rows, but not to the distinct registers. Empty means no word. */
export function addText(
  part: TextPart,
  column: StringColumn | undefined,
  rows: number,
  meter: TextMeter,
): void {
  part.rows += rows;
  if (!column) {
    part.missing += rows;
    return;
  }
  const lengths = new Float64Array(rows);
  const words = new Float64Array(rows);
  let present = 0;
  for (const code of column.codes) {
    if (code < 0) {
      part.missing++;
      continue;
    }
    const text = column.dictionary[code]!;
    lengths[present] = text.length;
    const count = countWords(text);
    words[present++] = count;
    if (count === 0) part.empty++;
    part.tokenCount += countTokens(text, part.tokens);
    // Pruning seldom and much keeps the cost of a token constant.
    if (part.tokens.size > 8 * MAX_TOKENS) settleTokens(part);
  }
  const asColumn = (values: Float64Array) => ({
    type: 'number' as const,
    values: values.subarray(0, present),
    status: null,
  });
  addNumber(part.length, asColumn(lengths), present, meter.length);
  addNumber(part.words, asColumn(words), present, meter.words);
  settleTokens(part);
}

function settleTokens(part: TextPart): void {
  const { tokens, error } = pruneTokens(part.tokens);
  part.tokens = tokens;
  part.tokenError += error;
}

export function mergeText(a: TextPart, b: TextPart): TextPart {
  const { tokens, count, error } = mergeTokens(
    { tokens: a.tokens, count: a.tokenCount, error: a.tokenError },
    { tokens: b.tokens, count: b.tokenCount, error: b.tokenError },
  );
  return {
    ...combineCounts(a, b, 1),
    kind: 'text',
    empty: a.empty + b.empty,
    length: mergeNumber(a.length, b.length),
    words: mergeNumber(a.words, b.words),
    tokens,
    tokenCount: count,
    tokenError: error,
    distinct: mergeDistinct(a.distinct, b.distinct),
  };
}

/** a without b, exact for counts; tokens and distinct registers stay those of a. */
export function subtractText(a: TextPart, b: TextPart): TextPart {
  return {
    ...combineCounts(a, b, -1),
    kind: 'text',
    empty: a.empty - b.empty,
    length: subtractNumber(a.length, b.length),
    words: subtractNumber(a.words, b.words),
    tokens: new Map(a.tokens),
    tokenCount: a.tokenCount,
    tokenError: a.tokenError,
    distinct: a.distinct.slice(),
  };
}
