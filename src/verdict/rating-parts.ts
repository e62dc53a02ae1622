// SPDX-License-Identifier: Apache-2.0
/** Parts of rating that not every comparison needs, or that are loaded once there is one. */
import type { Comparison } from '../distances/comparison.js';
import type { adviceOn } from './advice/advice.js';
import type { EmbeddingTests } from './hypotheses/test-context.js';
import type { swappedColumns } from './swapped-columns.js';
import type { naturalVariation } from './windows/natural-variation.js';
import type { windowSteps } from './windows/windows.js';

export interface RatingParts {
  /** What to do about what is found. Without it verdicts advise nothing. */
  readonly adviceOn?: typeof adviceOn;
  /** Which of the changed columns hold each other's values. Without it none is called swapped. */
  readonly swappedColumns?: typeof swappedColumns;
  /** Where the table holds an embedding. */
  readonly embeddingTests?: EmbeddingTests;
  /** Where there are calendar windows. */
  readonly windows?: {
    readonly naturalVariation: typeof naturalVariation;
    readonly windowSteps: typeof windowSteps;
  };
}

/** The parts that rating this comparison takes. */
export async function ratingPartsFor({ frame, windows }: Comparison): Promise<RatingParts> {
  const isEmbedded = frame.features.some(({ kind }) => kind === 'embedding');
  return {
    adviceOn: (await import('./advice/advice.js')).adviceOn,
    swappedColumns: (await import('./swapped-columns.js')).swappedColumns,
    ...(isEmbedded
      ? { embeddingTests: (await import('./hypotheses/embedding-tests.js')).embeddingTests }
      : {}),
    ...(windows.length > 0 ? { windows: await import('./windows/window-parts.js') } : {}),
  };
}
