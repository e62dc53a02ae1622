// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import { difference, meanFeatures, squaredLength } from './statistics.js';

/**
 * How far a block of rows (a day of the reference) lies from the rest of it, over what independent rows would give:
 * ‖δ‖² / ((1/n + 1/m) tr S) of mean Fourier features, 1 on average for independent rows. The mean over blocks is a design
 * effect. `reference` must not hold the block. Undefined without rows, nulls or spread.
 */
export function blockStatistic(
  frame: EmbeddingFrame,
  reference: EmbeddingPart,
  block: EmbeddingPart,
): number | undefined {
  const trace = frame.nulls?.plain.mean ?? 0;
  if (!(trace > 0) || reference.measured === 0 || block.measured === 0) return undefined;
  const c = 1 / reference.measured + 1 / block.measured;
  return squaredLength(difference(meanFeatures(block), meanFeatures(reference))) / (c * trace);
}
