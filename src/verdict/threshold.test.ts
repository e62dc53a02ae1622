// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { INDEPENDENT } from './hypotheses/hypothesis.js';
import { thresholdOf } from './threshold.js';

describe('the words of a threshold', () => {
  const options = { tolerance: 0.001, noise: 0.012, level: 0.01, rowNoise: INDEPENDENT };

  test.each(['outOfRange', 'missing', 'infinite', 'duplicateKeys'] as const)('%s: per cent', (metric) => {
    expect(thresholdOf({ ...options, metric }).thresholdFrom).toBe(
      'tolerance 0.1 %; sampling noise reaches 1.2 % once in 100 reports',
    );
  });

  test.each(['kolmogorovSmirnov', 'rhythm', 'jointMeans'] as const)('%s: numbers', (metric) => {
    expect(thresholdOf({ ...options, metric }).thresholdFrom).toBe(
      'tolerance 0.001; sampling noise reaches 0.012 once in 100 reports',
    );
  });

  test('natural variation of shares', () => {
    const rowNoise = { deff: 4, df: 29 };
    expect(
      thresholdOf({ ...options, metric: 'unseen', rowNoise, blocks: '30 reference days' }),
    ).toMatchObject({
      threshold: 0.012,
      thresholdFrom:
        'tolerance 0.1 %; natural variation, as between 30 reference days, reaches 1.2 % once in 100 reports (sampling noise alone about 0.6 %)',
    });
  });

  test('no tolerance set', () => {
    expect(thresholdOf({ ...options, metric: 'wasserstein', tolerance: Infinity }).thresholdFrom).toMatch(
      /^no tolerance set for this metric; /,
    );
  });
});
