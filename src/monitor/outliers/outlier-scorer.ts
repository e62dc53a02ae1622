// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Batch } from '../../columns/batch.js';
import type { Profile } from '../../profile/parts.js';
import type { Chunk } from '../host.js';
import type { RowVerdict } from '../window-verdict.js';
import { type FeatureScorer, featureScorer, isScored } from './feature-scores.js';
import { valueText } from './value-text.js';

export interface OutlierScores {
  /** One a row, corrected for the number of features. */
  readonly pValues: Float64Array;
  /** Index into the scorer's `features`: the one that is furthest out; −1 where none is (p = 1). */
  readonly features: Int32Array;
}

/**
 * How far out single rows are, in the terms of a reference profile: the chance that a row of the reference is as far out
 * in any of its features, by Bonferroni over inputs and predictions. A reference of n rows cannot say less than about
 * (features)/n of a category, and less of a number only where it lies clearly beyond the furthest row.
 */
export class OutlierScorer {
  /** Names of the features that are scored. */
  readonly features: readonly string[];
  /** Rows at or below it stand out; .001 by default. */
  readonly level: number;
  readonly #frame: Frame;
  readonly #scorers: readonly FeatureScorer[];

  constructor(options: { readonly frame: Frame; readonly reference: Profile; readonly level?: number }) {
    const { frame, reference, level = 0.001 } = options;
    const scored = frame.features.filter((feature) => isScored(feature) && reference.parts.has(feature.name));
    const floor = 1 / Math.max(1, scored.length);
    this.level = level;
    this.features = scored.map(({ name }) => name);
    this.#frame = frame;
    this.#scorers = scored.map((feature) =>
      featureScorer(feature, reference.parts.get(feature.name)!, floor),
    );
  }

  /** Columns that the batch lacks are not scored: a check tells of those. */
  score(batch: Batch): OutlierScores {
    const chances = new Float64Array(batch.rows).fill(1);
    const features = new Int32Array(batch.rows).fill(-1);
    this.#scorers.forEach((scorer, index) => {
      scorer(batch, { chances, features }, index);
    });
    const count = this.#scorers.length;
    for (let row = 0; row < batch.rows; row++) {
      chances[row] = Math.min(1, count * chances[row]!);
      if (chances[row] === 1) features[row] = -1;
    }
    return { pValues: chances, features };
  }

  /** Rows at or below the level, at most `most` (the furthest out), in the order of the chunk. */
  outliers({ batch, ids, times }: Chunk, most = 50): readonly RowVerdict[] {
    const { pValues, features } = this.score(batch);
    let found: number[] = [];
    for (let row = 0; row < batch.rows; row++) if (pValues[row]! <= this.level) found.push(row);
    if (found.length > most) {
      found.sort((a, b) => pValues[a]! - pValues[b]! || a - b);
      found = found.slice(0, most).sort((a, b) => a - b);
    }
    return found.map((row) => {
      const name = this.features[features[row]!]!;
      const feature = this.#frame.features.find((one) => one.name === name)!;
      return {
        id: ids?.[row] ?? null,
        time: times[row]!,
        pValue: pValues[row]!,
        feature: name,
        value: valueText(batch, row, feature),
      };
    });
  }
}
