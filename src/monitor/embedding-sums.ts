// SPDX-License-Identifier: Apache-2.0
import type { VectorPartial, VectorPlan } from '../kernels/vectors.js';

/**
 * An embedding that was measured where the model holds it (`measureBuffer` with an `EmbeddingPlan`). Its rows are those of
 * the `observe` that carries it: they count as rows of the feature, which is then not missing there.
 */
export interface EmbeddingSums {
  /** The feature. */
  readonly name: string;
  /** The frame whose plan it was measured with: sums of another frame cannot be added, and are refused. */
  readonly frameId: string;
  readonly partial: VectorPartial;
}

/** What a page needs to measure rows of an embedding itself. */
export interface EmbeddingPlan {
  readonly frameId: string;
  readonly plan: VectorPlan;
}
