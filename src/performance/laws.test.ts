// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addOutcome,
  emptyClasses,
  emptyLike,
  emptyNumbers,
  mergeOutcomes,
  outcomeRows,
  type Pair,
} from './add-outcome.js';
import { decodeOutcomes, encodeOutcomes } from './outcome-codec.js';
import type { Outcomes } from './outcomes.js';

const NAMES = ['no', 'yes', '', 'naïve 🚀', '\ud800'];

const code = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 32, max: 40 }));
const score = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.constantFrom(0, 1, 0.5, Number.NaN, -0.1, 1.5, Infinity),
);
const classPairs = fc.array(fc.record({ predicted: code, label: code, score }), { maxLength: 40 });
/** Whole numbers, whose sums are exact in any order. */
const whole = fc.integer({ min: -1_000_000, max: 1_000_000 });
const numberPairs = fc.array(fc.record({ predicted: whole, label: whole, score: fc.constant(Number.NaN) }), {
  maxLength: 40,
});

function measured(empty: Outcomes, pairs: readonly Pair[]): Outcomes {
  for (const pair of pairs) addOutcome(empty, pair, { scoreOf: 'positive' });
  return empty;
}

const ofClasses = (pairs: readonly Pair[]) => measured(emptyClasses(NAMES), pairs);
const ofNumbers = (pairs: readonly Pair[]) => measured(emptyNumbers(), pairs);

/** Counts to the bit; sums of scores to rounding. */
function expectAlike(a: Outcomes, b: Outcomes): void {
  if (a.kind === 'numbers' || b.kind === 'numbers') {
    expect(a).toEqual(b);
    return;
  }
  expect({ ...a, scores: null }).toEqual({ ...b, scores: null });
  expect(a.scores === null).toBe(b.scores === null);
  if (a.scores === null || b.scores === null) return;
  expect(a.scores.rows).toBe(b.scores.rows);
  expect(a.scores.counts).toEqual(b.scores.counts);
  expect(a.scores.events).toEqual(b.scores.events);
  expect(a.scores.logLoss).toBeCloseTo(b.scores.logLoss, 8);
  expect(a.scores.brier).toBeCloseTo(b.scores.brier, 8);
  a.scores.sums.forEach((sum, i) => {
    expect(sum).toBeCloseTo((b.kind === 'classes' && b.scores?.sums[i]) || 0, 8);
  });
}

describe.each([
  ['classes', classPairs, ofClasses],
  ['numbers', numberPairs, ofNumbers],
] as const)('%s', (_, pairs, of) => {
  test('adding is merging', () => {
    fc.assert(
      fc.property(pairs, pairs, (a, b) => {
        expectAlike(mergeOutcomes(of(a), of(b)), of([...a, ...b]));
      }),
    );
  });

  test('merging is commutative and associative, and knows nothing of order', () => {
    fc.assert(
      fc.property(pairs, pairs, pairs, (a, b, c) => {
        expectAlike(mergeOutcomes(of(a), of(b)), mergeOutcomes(of(b), of(a)));
        expectAlike(
          mergeOutcomes(of(a), mergeOutcomes(of(b), of(c))),
          mergeOutcomes(mergeOutcomes(of(a), of(b)), of(c)),
        );
        expectAlike(of(a), of([...a].reverse()));
      }),
    );
  });

  test('nothing is the identity, and merging leaves both as they were', () => {
    fc.assert(
      fc.property(pairs, (a) => {
        const outcomes = of(a);
        const merged = mergeOutcomes(outcomes, emptyLike(outcomes));
        expect(merged).toEqual(outcomes);
        addOutcome(merged, { predicted: 0, label: 1, score: 0.5 });
        expect(outcomes).toEqual(of(a));
      }),
    );
  });

  test('every pair is counted once', () => {
    fc.assert(
      fc.property(pairs, (a) => {
        expect(outcomeRows(of(a))).toBe(a.length);
      }),
    );
  });

  test('what is taken back leaves what was there', () => {
    fc.assert(
      fc.property(pairs, pairs, (a, b) => {
        const outcomes = of([...a, ...b]);
        for (const pair of b) addOutcome(outcomes, pair, { scoreOf: 'positive', sign: -1 });
        const left = of(a);
        // sums of scores stand where there once were any
        if (outcomes.kind === 'classes' && left.kind === 'classes' && left.scores === null) {
          if (outcomes.scores !== null) expect(outcomes.scores.rows).toBe(0);
          outcomes.scores = null;
        }
        expectAlike(outcomes, left);
      }),
    );
  });

  test('decoding gives what was encoded', () => {
    fc.assert(
      fc.property(pairs, (a) => {
        expect(decodeOutcomes(encodeOutcomes(of(a)))).toEqual(of(a));
      }),
    );
  });

  test('a cut or foreign buffer is a CodecError', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), (a, at) => {
        const bytes = encodeOutcomes(of(a));
        const cut = bytes.subarray(0, 1 + (at % (bytes.length - 1)));
        expect(() => decodeOutcomes(cut)).toThrow(expect.objectContaining({ name: 'CodecError' }));
        const foreign = bytes.slice();
        foreign[0] = 9;
        expect(() => decodeOutcomes(foreign)).toThrow(/version 9/);
      }),
    );
  });
});

test('no outcomes are no bytes', () => {
  expect(encodeOutcomes(null)).toHaveLength(0);
  expect(decodeOutcomes(new Uint8Array(0))).toBeNull();
});

test('outcomes of different models do not merge', () => {
  const message = { name: 'BaselineMismatchError' };
  expect(() => mergeOutcomes(emptyClasses(['a']), emptyNumbers())).toThrow(expect.objectContaining(message));
  expect(() => mergeOutcomes(emptyClasses(['a']), emptyClasses(['b']))).toThrow(/\(a\) and classes \(b\)/);
});
