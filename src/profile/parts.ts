// SPDX-License-Identifier: Apache-2.0
/**
 * The additive parts of a profile, one kind of feature each. All counts are exact integers in f64. Everything but `min`,
 * `max`, `distinct`, `sample` and token sketches also subtracts; f64 sums lose bits when they do.
 */

/** What every part counts. `rows` = missing + unparsable + present. */
export interface PartCounts {
  rows: number;
  missing: number;
  unparsable: number;
}

export interface NumberPart extends PartCounts {
  readonly kind: 'number';
  nan: number;
  positiveInfinity: number;
  negativeInfinity: number;
  /** Of finite values; +Infinity, −Infinity when none. */
  min: number;
  max: number;
  /** Σ(x−shift)^k, k = 1…4, finite values. */
  sums: Float64Array;
  /** cuts + 1 bins. Finite values only; the finite count is their sum. */
  counts: Float64Array;
  binSums: Float64Array;
  /** HyperLogLog registers (4,096); of length 0 when distinct values were not counted (calendar windows). */
  distinct: Uint8Array;
}

export interface CategoryPart extends PartCounts {
  readonly kind: 'category' | 'boolean';
  /** By the frame's categories. */
  counts: Float64Array;
  /** Values outside the dictionary that the reference is known to hold. */
  other: number;
  /** Values that the reference never held. */
  unseen: number;
  /** Unseen values by name, at most 1,000 names; the rest only in `unseen`. */
  unseenNames: Map<string, number>;
  distinct: Uint8Array;
}

export interface TimePart extends PartCounts {
  readonly kind: 'time';
  /** ms; +Infinity, −Infinity when none. */
  min: number;
  max: number;
  /** 168 counts, Monday 00:00 UTC first. */
  hourOfWeek: Float64Array;
  /** Rows per bucket index (floor((t − origin)/width)), sparse; bounded: when it is full, `bucketsDropped` counts rows left out. */
  buckets: Map<number, number>;
  bucketsDropped: number;
  /** Neighbouring rows (in reading order, within a batch) that do not go back in time, and all neighbouring pairs. */
  ordered: number;
  pairs: number;
}

export interface TextPart extends PartCounts {
  readonly kind: 'text';
  empty: number;
  length: NumberPart;
  words: NumberPart;
  /** Frequent tokens (Misra–Gries, at most 256): lower bounds of counts; `tokenError` bounds what any count may lack. */
  tokens: Map<string, number>;
  tokenCount: number;
  tokenError: number;
  distinct: Uint8Array;
}

/**
 * Sums over the rows of an embedding. Each block's sums are rounded to whole multiples of 2⁻¹⁰ before they are added, far
 * below what one row contributes, so that profiles add and subtract exactly, in any order.
 */
export interface EmbeddingPart extends PartCounts {
  readonly kind: 'embedding';
  /** Present rows of another length than the frame's; among `unparsable`. */
  ragged: number;
  /** Present rows that hold a NaN or an infinity: in no sum. */
  nonFinite: number;
  /** Finite rows of zeros only, and of one other value repeated. Both are in the sums. */
  zero: number;
  constant: number;
  /** Rows in the sums. */
  measured: number;
  /** Σ of cos and of sin of the D frequencies: 2D. */
  fourier: Float64Array;
  /** Σu and Σu² of the k components. */
  sums: Float64Array;
  squares: Float64Array;
  /** Histograms of the first components, cuts + 1 counts each. */
  drawn: Float64Array[];
  /** Histogram of ‖x‖, its Σ and its Σ of squares. */
  norms: Float64Array;
  normSum: number;
  normSquares: number;
}

export type Part = NumberPart | CategoryPart | TimePart | TextPart | EmbeddingPart;

/**
 * Values whose 64-bit hash falls under a threshold (of 2^32, by the upper half), hash → times seen. The threshold halves
 * when over 4,096 are held, so what is held depends on the values alone, not on their order. Threshold 0: not counted.
 */
export interface DuplicateSample {
  threshold: number;
  hashes: Map<string, number>;
}

/** Facts across columns. */
export interface TablePart {
  /** Of whole rows. */
  duplicates: DuplicateSample;
  /** Of the values of each key column, by name; absent values are left out. */
  readonly keys: Map<string, DuplicateSample>;
  /** Rows where both are present, and of these where a > b, per TableFrame.orders. */
  orderRows: Float64Array;
  orderBroken: Float64Array;
  /**
   * Joint sums over rows where every joint feature is finite: n, Σr (d), Σrrᵀ (d × d, row-major, full), r being the
   * whole ranks −127 … 127 of TableFrame.jointRanks: exact integers. Divide by 254 (and 254²) for u = rank − ½.
   */
  jointRows: number;
  jointSum: Float64Array;
  jointCross: Float64Array;
}

/** Additive state of one window against one frame. */
export interface Profile {
  readonly frameId: string;
  rows: number;
  /** Rows that were skipped by sampling; they are in no count. */
  skipped: number;
  readonly parts: Map<string, Part>;
  readonly table: TablePart;
}
