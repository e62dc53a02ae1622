// SPDX-License-Identifier: Apache-2.0
/** Parts of rating that not every comparison needs, or that are loaded once there is one. */
import type { Comparison } from '../distances/comparison.js';
import type { adviceOn } from './advice.js';
import type { naturalVariation } from './natural-variation.js';
import type { EmbeddingTests } from './test-context.js';
import type { windowSteps } from './windows.js';

export interface RatingParts {
  /** What to do about what is found. Without it verdicts advise nothing. */
  readonly adviceOn?: typeof adviceOn;
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
    adviceOn: (await import('./advice.js')).adviceOn,
    ...(isEmbedded ? { embeddingTests: (await import('./embedding-tests.js')).embeddingTests } : {}),
    ...(windows.length > 0 ? { windows: await import('./window-parts.js') } : {}),
  };
}
