// SPDX-License-Identifier: Apache-2.0
/**
 * The frame: what is needed to measure a window, and nothing of what was measured. Fixed by the reference, kept apart
 * from its counts, so that a sliding reference can be measured with the same frame.
 */
import type { Kind, Role, Schema } from '../columns/schema.js';

export interface NumberFrame {
  readonly kind: 'number';
  /** Whole numbers only in the reference: prints without decimals. */
  readonly integer: boolean;
  /**
   * Strictly increasing finite cuts, bin i = [cuts[i−1], cuts[i]): equal-mass quantiles, tail quantiles, atoms as point
   * bins [v, nextUp(v)), readable edges for drawing, and the sentinels cuts[0] = min, cuts[last] = nextUp(max).
   */
  readonly cuts: Float64Array;
  /** Near the reference mean: moments are summed around it. */
  readonly shift: number;
  /**
   * Indices into `cuts` of the edges that histograms are drawn with: readable and equally spaced, except that the first
   * and the last are the sentinels where the readable edge would lie outside the range. `drawnEdges` evens those out.
   */
  readonly display: Uint32Array;
}

export interface CategoryFrame {
  readonly kind: 'category' | 'boolean';
  /** By reference count, descending, then by name. Few-valued integers are listed as their decimal text. */
  readonly categories: readonly string[];
  /** Numbers stored in the source (few-valued integers, booleans): categories parse back to numbers. */
  readonly numeric: boolean;
  /** Sorted 32-bit hashes of reference categories beyond the dictionary: they count as other, not as unseen. */
  readonly otherHashes: Uint32Array;
  /** Reference categories beyond dictionary and hashes: unseen cannot be told from other. */
  readonly overflow: boolean;
}

export interface TimeFrame {
  readonly kind: 'time';
  /** Occupied buckets are counted from `origin` (ms) in steps of `widthMs`, to find gaps. */
  readonly origin: number;
  readonly widthMs: number;
}

export interface TextFrame {
  readonly kind: 'text';
  /** Length in UTF-16 code units, and words. */
  readonly length: NumberFrame;
  readonly words: NumberFrame;
}

export type FeatureFrame = NumberFrame | CategoryFrame | TimeFrame | TextFrame;

export interface Feature {
  readonly name: string;
  readonly kind: Kind;
  readonly role: Role;
  readonly frame: FeatureFrame;
  /** Why this kind or role was inferred, in plain words; absent when nothing was to decide or a person set it. */
  readonly reason?: string;
}

/** What is measured across columns of one row. */
export interface TableFrame {
  /** Column pairs [a, b] of one type for which a ≤ b held on every sampled reference row where both are present. */
  readonly orders: readonly (readonly [string, string])[];
  /** Numeric features of the joint test: each value enters as its reference mid-rank in (0, 1), minus ½. At most 64. */
  readonly joint: readonly string[];
  /** Per joint feature, the mid-rank of each of its bins (cuts + 1), from −127 to 127 for ranks 0 to 1: u = rank/254. */
  readonly jointRanks: readonly Int8Array[];
}

/** Calendar windows over a time column. */
export interface Windowing {
  readonly column: string;
  readonly unit: 'hour' | 'day' | 'week' | 'month';
}

export interface Frame {
  readonly schema: Schema;
  readonly features: readonly Feature[];
  readonly table: TableFrame;
  readonly windowing: Windowing | null;
  /** Content hash of all of the above, hexadecimal. Profiles carry it and refuse to merge across frames. */
  readonly id: string;
}
