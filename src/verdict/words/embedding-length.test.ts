// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { EmbeddingPart } from '../../profile/parts.js';
import { lengthAdvice, rowLength } from './embedding-length.js';

/** Rows of these lengths. */
function rows(...lengths: readonly number[]): EmbeddingPart {
  const normSum = lengths.reduce((sum, length) => sum + length, 0);
  const normSquares = lengths.reduce((sum, length) => sum + length * length, 0);
  return { normSum, normSquares, measured: lengths.length } as EmbeddingPart;
}

const usual = rows(6, 7, 8, 9, 10);
const unit = rows(1, 1, 1, 1);

test('mean and relative spread of lengths', () => {
  expect(rowLength(usual).mean).toBe(8);
  expect(rowLength(usual).relativeSd).toBeCloseTo(Math.SQRT2 / 8, 12);
  expect(rowLength(unit)).toEqual({ mean: 1, relativeSd: 0, unit: true });
  expect(rowLength(rows(0.5, 1.5)).unit).toBe(false);
});

test('rows normalised on one side only', () => {
  expect(lengthAdvice('e', usual, unit)).toBe('Do not normalise rows of e: those of the reference are not.');
  expect(lengthAdvice('e', unit, usual)).toBe(
    'Normalise rows of e to length 1, as those of the reference are.',
  );
});

test('the same rows in another scale; not rows that are longer and of another spread', () => {
  expect(lengthAdvice('e', usual, rows(12, 14, 16, 18, 20))).toBe(
    'Check how rows of e are scaled upstream: they are 2 times as long as before.',
  );
  expect(lengthAdvice('e', usual, rows(16, 16, 16, 16, 16))).toBeUndefined();
  expect(lengthAdvice('e', usual, rows(6.1, 7, 8, 9, 10))).toBeUndefined();
  expect(lengthAdvice('e', usual, rows())).toBeUndefined();
});
