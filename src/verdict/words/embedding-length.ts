// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingPart } from '../../profile/parts.js';
import { roundedNumber } from './number-words.js';

/** How long the rows of an embedding are on one side. */
export interface RowLength {
  /** Mean of ‖x‖. */
  readonly mean: number;
  /** Its sd over its mean; 0 where all rows are of one length. */
  readonly relativeSd: number;
  /** Every row has length 1. */
  readonly unit: boolean;
}

/** Half precision of rows that somebody normalised. */
const UNIT_SLACK = 2e-3;

/** NaN where no row was measured. */
export function rowLength({ normSum, normSquares, measured }: EmbeddingPart): RowLength {
  const mean = normSum / measured;
  const relativeSd = Math.sqrt(Math.max(0, normSquares / measured - mean * mean)) / mean;
  // Sums of squares know a spread of nothing no better than to the square root of their own rounding.
  return { mean, relativeSd, unit: Math.abs(mean - 1) <= UNIT_SLACK && relativeSd <= 0.05 };
}

/** Factors of the mean length from which rows are scaled rather than other rows, and how alike their spread must stay. */
const SCALED = 1.5;
const SAME_SPREAD = 0.1;

/** What to do where rows are the old ones in another length; undefined where length alone does not explain the change. */
export function lengthAdvice(
  name: string,
  reference: EmbeddingPart,
  current: EmbeddingPart,
): string | undefined {
  const [before, now] = [rowLength(reference), rowLength(current)];
  if (now.unit && !before.unit) return `Do not normalise rows of ${name}: those of the reference are not.`;
  if (before.unit && !now.unit)
    return `Normalise rows of ${name} to length 1, as those of the reference are.`;
  const factor = now.mean / before.mean;
  const alike = Math.abs(now.relativeSd - before.relativeSd) <= SAME_SPREAD * before.relativeSd;
  return alike && (factor >= SCALED || factor <= 1 / SCALED)
    ? `Check how rows of ${name} are scaled upstream: they are ${roundedNumber(factor)} times as long as before.`
    : undefined;
}
