// SPDX-License-Identifier: Apache-2.0
/** What is known of one feature, and what an alert about it rests on. */
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { RowNoise } from '../../verdict/hypotheses/hypothesis.js';
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
  /** Those that hold rows of the feature (`windowsOf`), oldest first. */
  readonly units: readonly Unit[];
  readonly reference: ArrayLike<number>;
  readonly memory: FeatureMemory;
  /** What the feature's open alert rests on. */
  readonly open: Finding | null;
  /** Noise that is usual among features, by the windows before one. */
  readonly usual: (from: Unit) => Usual;
  /** Noise that explains how all features lie from the reference in the windows from one on. */
  readonly together: (from: Unit) => RowNoise;
  /** There are enough features for that. */
  readonly tellsTogether: boolean;
}

/**
 * Units that hold rows of a feature. Labels may come in few windows only: those without say nothing, for an alert or against
 * one, and are passed over.
 */
export function windowsOf({ at, size }: FeatureQuestions, units: readonly Unit[]): readonly Unit[] {
  const isHeld = ({ slots }: Unit): boolean => {
    for (let i = at; i < at + size; i++) if (slots[i] !== 0) return true;
    return false;
  };
  return units.every(isHeld) ? units : units.filter(isHeld);
}
