// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Batch } from '../../columns/batch.js';
import type { Profile } from '../../profile/parts.js';
import type { Chunk } from '../host.js';
import type { RowVerdict } from '../window-verdict.js';

export interface OutlierScores {
  /** One a row, corrected for the number of features. */
  readonly pValues: Float64Array;
  /** Index into the scorer's `features`: the one that is furthest out; −1 where none is (p = 1). */
  readonly features: Int32Array;
}

/** How far out single rows are, in the terms of a reference profile. */
export class OutlierScorer {
  /** Names of the features that are scored. */
  readonly features: readonly string[] = [];
  readonly level: number;

  constructor(_options: { readonly frame: Frame; readonly reference: Profile; readonly level?: number }) {
    this.level = _options.level ?? 0.001;
  }

  score(_batch: Batch): OutlierScores {
    return { pValues: new Float64Array(0), features: new Int32Array(0) };
  }

  /** Rows at or below the level, at most `most` (the furthest out), in the order of the chunk. */
  outliers(_chunk: Chunk, _most = 50): readonly RowVerdict[] {
    return [];
  }
}
