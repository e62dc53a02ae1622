// SPDX-License-Identifier: Apache-2.0
import type { FeatureComparison } from '../../distances/comparison.js';
import type { DistanceName } from '../../distances/distance.js';
import type { ToleranceName } from '../settings.js';
import type { Hypothesis, RowNoise } from './hypothesis.js';

export type EmbeddingTests = (comparison: FeatureComparison, context: TestContext) => Hypothesis[];

/** What the tests of one feature need to know of the report that they are part of. */
export interface TestContext {
  /** Of the whole report. */
  readonly level: number;
  /** Main metric of this feature. */
  readonly metric: DistanceName;
  readonly tolerance: (metric: ToleranceName) => number;
  /** Of the feature's values, and of its missing share. */
  readonly noise: RowNoise;
  readonly missingNoise: RowNoise;
  /** The tests of embeddings, loaded where a table holds one. */
  readonly embeddingTests?: EmbeddingTests | undefined;
}
