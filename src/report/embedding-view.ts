// SPDX-License-Identifier: Apache-2.0
/** What is drawn of an embedding feature. Plain data: no DOM, and only what a person looks at, never the vectors. */
export interface EmbeddingView {
  /** Absent (`null`) where only profiles are at hand: rows cannot be placed then. */
  readonly map: EmbeddingMap | null;
  /** Which axes the map has; set it where there are others to choose. */
  readonly axes?: MapAxesName;
  /** Largest change first. */
  readonly projections: readonly EmbeddingProjection[];
  readonly shift: EmbeddingShift;
  /** Current rows that are newest to the model, the newest first. */
  readonly typical: readonly EmbeddingRow[];
  /** Reference rows whose like is rarest on the current side, the rarest first; `row` counts in the reference. */
  readonly missed?: readonly EmbeddingRow[];
  /** What rows hold that a person has chosen on the map, as many as are worth showing. */
  readonly picked?: readonly EmbeddingRow[];
  /** What the row holds that the pointer rests on. */
  readonly hovered?: EmbeddingRow;
}

/** Two components, or the direction that tells both sides apart best against the first component. */
export type MapAxesName = 'components' | 'discriminating';

/** Rows of both sides on two axes. The two axes share no unit: each fills its side of the picture. */
export interface EmbeddingMap {
  readonly axes: readonly [EmbeddingAxis, EmbeddingAxis];
  /** A sample of the reference; finite places, both of equal length. */
  readonly reference: { readonly x: Float32Array; readonly y: Float32Array };
  /** Current rows, all or a sample; `row` is the index of the row in the current side, from 0. */
  readonly current: { readonly x: Float32Array; readonly y: Float32Array; readonly row: Uint32Array };
  /** Columns that the current rows can be coloured by; each aligned with `current.row`. */
  readonly colours?: readonly EmbeddingColours[];
}

export interface EmbeddingAxis {
  /** "component 1", "most discriminating". */
  readonly name: string;
  /** Share of the reference's spread that the axis holds, 0…1. */
  readonly share?: number;
}

/** One column of the current rows: categories by code, or numbers. */
export interface EmbeddingColours {
  readonly name: string;
  readonly categories?: readonly string[];
  /** Index into `categories`; 255 where the row has none. */
  readonly codes?: Uint8Array;
  /** NaN where the row has none. */
  readonly values?: Float32Array;
}

/** Both sides on one direction. */
export interface EmbeddingProjection {
  readonly name: string;
  /** Edges of bins, ascending. */
  readonly edges: readonly number[];
  /** Shares of the rows: edges − 1 of them, or edges + 1, where the first and the last are what lies beyond. */
  readonly reference: readonly number[];
  readonly current: readonly number[];
  /** Means on the direction, exact, as the sums of the profile give them: reference, current. */
  readonly means?: readonly [number, number];
  readonly ks?: number;
  readonly pValue?: number;
}

/** What moved, in facts; an empty list where nothing is known. */
export interface EmbeddingShift {
  readonly mean: readonly ShiftFact[];
  readonly spread: readonly ShiftFact[];
  readonly clusters: readonly ShiftFact[];
}

export interface ShiftFact {
  /** "distance of the means", "rows in cluster 3". */
  readonly label: string;
  readonly value: number;
  /** The fact as a sentence, or as the value with its unit. */
  readonly text: string;
}

/** One row, of the current side unless it is said, with what it comes with. */
export interface EmbeddingRow {
  /** Index in its side, from 0. */
  readonly row: number;
  /** How new it is: the classifier's or the witness function's score, higher is newer. */
  readonly score: number;
  readonly text?: string;
  /** A data URL of a PNG, JPEG, WebP or GIF picture; anything else is not shown as a picture. */
  readonly image?: string;
}
