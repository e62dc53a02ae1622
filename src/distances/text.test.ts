// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { TextPart } from '../profile/parts.js';
import { sidesOf } from './testing/samples.js';
import { textDistances } from './text.js';

const lengths = sidesOf(Float64Array.of(3, 5, 8, 9, 12, 15), Float64Array.of(30, 41, 52, 60));
const words = sidesOf(Float64Array.of(1, 1, 2, 2, 3, 3), Float64Array.of(5, 8, 9, 11));

function textPart(
  side: 'reference' | 'current',
  tokens: Record<string, number>,
  tokenError = 0,
  rest = 0,
): TextPart {
  return {
    kind: 'text',
    rows: 6,
    missing: 0,
    unparsable: 0,
    empty: 0,
    length: lengths[side],
    words: words[side],
    tokens: new Map(Object.entries(tokens)),
    tokenCount: Object.values(tokens).reduce((x, y) => x + y, rest),
    tokenError,
    distinct: new Uint8Array(0),
  };
}

const frame = { kind: 'text', length: lengths.frame, words: words.frame } as const;
const compare = (reference: TextPart, current: TextPart) =>
  textDistances({ frame, reference, current, level: 0.05 });

test('length and words are compared as numbers', () => {
  const { length, words: count } = compare(textPart('reference', { a: 1 }), textPart('current', { a: 1 }));
  expect(length.kolmogorovSmirnov!.value).toBe(1);
  expect(count.kolmogorovSmirnov!.value).toBe(1);
});

test('token shares: exact without sketch errors', () => {
  const { tokens } = compare(
    textPart('reference', { yes: 60, no: 40 }),
    textPart('current', { yes: 20, no: 70, maybe: 10 }),
  );
  expect(tokens!.value).toBeCloseTo(0.4, 12);
  expect(tokens!.lower).toBeCloseTo(0.4, 12);
  expect(tokens!.upper).toBeCloseTo(0.4, 12);
});

test('token shares: the error of the sketch widens the bounds', () => {
  // In truth: reference {a: 50, b: 30, c: 20}, current {a: 40, b: 40, d: 20}; the sketches forgot up to five of each.
  const { tokens } = compare(
    textPart('reference', { a: 45, b: 25 }, 5, 30),
    textPart('current', { a: 36, b: 38 }, 5, 26),
  );
  const truth = (0.1 + 0.1 + 0.2 + 0.2) / 2;
  expect(tokens!.lower!).toBeLessThanOrEqual(truth);
  expect(tokens!.upper!).toBeGreaterThanOrEqual(truth);
  expect(tokens!.value).toBeGreaterThanOrEqual(tokens!.lower!);
  expect(compare(textPart('reference', {}), textPart('current', { a: 1 })).tokens).toBeUndefined();
});
