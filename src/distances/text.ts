// SPDX-License-Identifier: Apache-2.0
/** Distances of free text by what can be counted: length and words as numbers, frequent tokens as categories. */
import type { TextFrame } from '../baseline/frame.js';
import type { TextPart } from '../profile/parts.js';
import type { Distance, Distances } from './distance.js';
import { numericDistances } from './numeric.js';

export interface TextSides {
  readonly frame: TextFrame;
  readonly reference: TextPart;
  readonly current: TextPart;
  readonly level: number;
}

export interface TextDistances {
  /** Length in UTF-16 code units. */
  readonly length: Distances;
  readonly words: Distances;
  /** Bounds of the total variation of token shares; absent without tokens. */
  readonly tokens?: Distance;
}

export function textDistances({ frame, reference, current, level }: TextSides): TextDistances {
  const tokens = tokenVariation(reference, current);
  return {
    length: numericDistances({
      frame: frame.length,
      reference: reference.length,
      current: current.length,
      level,
    }),
    words: numericDistances({
      frame: frame.words,
      reference: reference.words,
      current: current.words,
      level,
    }),
    ...(tokens && { tokens }),
  };
}

/**
 * Total variation over tokens. A sketch gives each count within [c, c + error] (0 for a token that it lacks), so |p − q|
 * of a kept token lies between the gap of the two ranges and their span; tokens kept by neither side may differ by all
 * the mass that is left. `value` is over the kept tokens' lower counts with the rest as one. Tokens of one text hang
 * together, so there is no p-value and no interval.
 */
function tokenVariation(reference: TextPart, current: TextPart): Distance | undefined {
  const [m, n] = [reference.tokenCount, current.tokenCount];
  if (m === 0 || n === 0) return undefined;
  const names = new Set([...reference.tokens.keys(), ...current.tokens.keys()]);
  let [value, lower] = [0, 0];
  let [restA, restB] = [m, n];
  let upper = 0;
  for (const name of names) {
    const a = reference.tokens.get(name) ?? 0;
    const b = current.tokens.get(name) ?? 0;
    const p = [a / m, Math.min(1, (a + reference.tokenError) / m)];
    const q = [b / n, Math.min(1, (b + current.tokenError) / n)];
    value += Math.abs(p[0] - q[0]) / 2;
    lower += Math.max(0, p[0] - q[1], q[0] - p[1]) / 2;
    upper += Math.max(p[1] - q[0], q[1] - p[0]) / 2;
    restA -= a;
    restB -= b;
  }
  value += Math.abs(restA / m - restB / n) / 2;
  upper = Math.min(1, upper + (restA / m + restB / n) / 2);
  return {
    value: Math.min(upper, Math.max(lower, value)),
    lower,
    upper,
    exact: lower === upper,
    convention: `half the sum of absolute differences of token shares, ${names.size} frequent tokens and the rest as one`,
  };
}
