// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { testOf, verdictOf } from '../../../test/look/fixture-report.js';
import { metricValue, why } from './why.js';

const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test.each([
  [
    'drift',
    { value: 0.2, low: 0.1, high: 0.3, adjustedPValue: 1e-9 },
    'even the low end of its interval, 0.1, is',
  ],
  ['drift', { value: 1, low: 0.01, high: 1, adjustedPValue: 1e-9 }, 'It is beyond your tolerance of 0.05.'],
  [
    'watch',
    { value: 0.06, low: 0.03, adjustedPValue: 0.001 },
    'its interval begins at 0.03, so it may be less',
  ],
  [
    'watch',
    { value: 0.04, low: 0.03, adjustedPValue: 0.001 },
    'below your tolerance of 0.05, but over half of it',
  ],
  [
    'watch',
    { value: 0.08, low: 0.07, adjustedPValue: 1e-9 },
    'only just outside what the reference holds, so it is worth a look and no more',
  ],
  ['unknown', { high: 0.2 }, 'could be as large as 0.2, and your tolerance is 0.05.'],
  ['stable', { value: 0.004, adjustedPValue: 1e-9 }, 'real but small: 0.004 against a tolerance of 0.05'],
  ['stable', { high: 0.02 }, 'Nothing beyond chance, and at most 0.02'],
  ['stable', { value: 0.04, high: 0.09 }, 'within what chance and natural variation make'],
  [
    'notRated',
    { reason: 'constant and equal on both sides' },
    'Not rated: constant and equal on both sides.',
  ],
] as const)('%s %o', (rating, numbers, words) => {
  expect(plain(why(verdictOf(rating, numbers), 0.01))).toContain(words);
});

test('says how many rows would tell, by the test that needs most', () => {
  const open = { rating: 'unknown', value: 0.06, tolerance: 0.05 } as const;
  const tests = [
    testOf({ ...open, rowsNeeded: 300 }),
    testOf({ ...open, rowsNeeded: 12_000 }),
    // Saw nothing, so it has no say.
    testOf({ ...open, value: 0, rowsNeeded: 90_000 }),
  ];
  expect(plain(why(verdictOf('unknown', { tests }), 0.01))).toContain('About 12,000 rows a side would tell.');
});

test('shares of rows are told in per cent', () => {
  expect(plain(metricValue('missing', 0.0123))).toBe('1.2 %');
  expect(metricValue('kolmogorovSmirnov', 0.0123)).toBe('0.0123');
});
