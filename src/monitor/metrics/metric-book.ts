// SPDX-License-Identifier: Apache-2.0
import type { MetricBatch } from '../host.js';
import type { MetricSummary } from '../snapshot.js';

/** What a window says about a business metric, beside the windows of its kind before. */
export interface MetricEvidence {
  readonly name: string;
  readonly count: number;
  readonly mean: number;
  /** Where the mean of a window is expected, at the level (95 %): NaN while there are fewer than 8 windows before. */
  readonly low: number;
  readonly high: number;
  /** Mean of the windows before, and their number. */
  readonly before: number;
  readonly windows: number;
  /** Chance of a mean as far off as this, without drift; 1 while there is nothing to compare with. */
  readonly pValue: number;
  /** Evidence of a lasting change of level, gathered over windows; `threshold` is what it is held against. */
  readonly cusum: number;
  readonly threshold: number;
  /** A spike (`pValue` below the level of the window) or a change of level. */
  readonly drifting: boolean;
  readonly sentence: string;
}

/** Business metrics: additive moments by block, and their drift over windows. */
export class MetricBook {
  /** `saved`: what `save` gave. */
  constructor(_saved?: unknown) {}

  /** `blocksOf`: the blocks of an event time, one for each kind of window (as in LabelBook). Returns names refused beyond 64. */
  add(_batch: MetricBatch, _blocksOf: (time: number) => readonly number[]): readonly string[] {
    return [];
  }

  /** Mean of each metric over these blocks. */
  means(_blocks: Iterable<number>): Readonly<Record<string, number>> {
    return {};
  }

  /**
   * Judges a closed window against those of its kind before, and adds it to them. Windows that overlap the one added last
   * are judged, not added. Call once for each window, in order.
   */
  judge(
    _window: { readonly spec: string; readonly start: number; readonly end: number },
    _blocks: Iterable<number>,
  ): readonly MetricEvidence[] {
    return [];
  }

  forget(_blocks: Iterable<number>): void {}

  /** Of the latest window that was judged, else of all so far. */
  summaries(): readonly MetricSummary[] {
    return [];
  }

  /** Whether anything has changed since `save` was last called. */
  get changed(): boolean {
    return false;
  }

  /** Structured-cloneable; nothing is shared. */
  save(): unknown {
    return null;
  }
}
