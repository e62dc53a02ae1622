// SPDX-License-Identifier: Apache-2.0
/** What is known of one feature, and what an alert about it rests on. */
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { RowNoise } from '../../verdict/hypothesis.js';
import type { Direction } from './effect.js';
import type { FeatureQuestions } from './questions.js';
import type { Usual } from './row-noise.js';
import type { Unit } from './unit-series.js';

/** What a series remembers of one feature. */
export interface FeatureMemory {
  /** Units before this are of another time: before the latest alert ended. */
  readonly from: number;
  /** Noise presumed per question; what was known when an alert was raised. */
  readonly presumed: readonly (RowNoise | null)[];
}

export const NOTHING_REMEMBERED: FeatureMemory = { from: 0, presumed: [] };

/** What an alert about a feature rests on. */
export interface Finding {
  readonly question: number;
  readonly direction: Direction;
  readonly noise: RowNoise;
  /** Noise was told from units before this one; it is kept while the alert is open. */
  readonly before: number;
  /** Windows that were put together. */
  readonly windows: number;
  readonly value: number;
  readonly threshold: number;
  /** Share of rows in the direction, of the reference and of these windows: for words. */
  readonly shares: readonly [reference: number, current: number];
  readonly rows: number;
  /** Windows that moved so by themselves, of the latest. */
  readonly drifting: number;
  readonly of: number;
  /** ms; start of the first window that pointed to it. */
  readonly since: number;
}

export interface FeatureUnits {
  readonly feature: FeatureQuestions;
  /** Of an embedding. */
  readonly embedding: EmbeddingFrame | null;
  /** Place of the feature in the plan. */
  readonly index: number;
  /** Oldest first. */
  readonly units: readonly Unit[];
  readonly reference: ArrayLike<number>;
  readonly memory: FeatureMemory;
  /** What the feature's open alert rests on. */
  readonly open: Finding | null;
  /** Noise that is usual among features, by the units before one. */
  readonly usual: (first: number) => Usual;
  /** Noise that explains how all features lie from the reference in the units from one on. */
  readonly together: (first: number) => RowNoise;
  /** There are enough features for that. */
  readonly tellsTogether: boolean;
}
