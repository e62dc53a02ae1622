// SPDX-License-Identifier: Apache-2.0
import type { StoredWindow } from './store.js';

/** What the plan looks at; `bytes` as windowBytes gives them. */
export interface RetentionWindow
  extends Pick<StoredWindow, 'id' | 'spec' | 'start' | 'end' | 'rows' | 'frameId' | 'grain'> {
  readonly bytes: number;
}

export interface RetentionOptions {
  readonly now: number;
  /** Most bytes that the windows may take together. */
  readonly limitBytes: number;
  /** Whether windows of a kind overlap. They must never be added up: of old ones a disjoint few are kept. */
  readonly slides: (spec: string) => boolean;
}

export interface RetentionPlan {
  /** The windows `from` become one, whose id, grain and bounds are given; `from` may hold a window of the same id. */
  readonly merges: readonly RetentionMerge[];
  /** Old windows of a sliding kind that share rows with one that is kept. */
  readonly thinned: readonly string[];
  /** The oldest, which leave because all together are over the limit. */
  readonly leaving: readonly string[];
}

export interface RetentionMerge {
  readonly id: string;
  readonly spec: string;
  readonly grain: 'hour' | 'day' | 'week';
  readonly frameId: string;
  readonly from: readonly string[];
}
