// SPDX-License-Identifier: Apache-2.0
import type { Kind, Role } from '../columns/schema.js';
import type { DistanceName } from '../distances/distance.js';

/** Metrics that a tolerance can be set for. */
export type ToleranceName =
  | DistanceName
  | 'missing'
  | 'nan'
  | 'unparsable'
  | 'unseen'
  | 'outOfRange'
  | 'tail'
  | 'duplicates'
  | 'zeroRows'
  | 'jointMeans'
  | 'jointCorrelations';

export type Tolerances = Partial<Record<ToleranceName, number>>;

/** The changes that do not matter, unless set otherwise. */
export const DEFAULT_TOLERANCES = {
  kolmogorovSmirnov: 0.05,
  kuiper: 0.05,
  totalVariation: 0.05,
  wassersteinNormalized: 0.1,
  jensenShannon: 0.1,
  missing: 0.01,
  nan: 0.01,
  unparsable: 0.01,
  zeroRows: 0.01,
  unseen: 0.01,
  outOfRange: 0.001,
  tail: 0.01,
  /** Embeddings: shift of the features, in their standard deviations per effective dimension. */
  combined: 0.1,
  /** Share of rows or keys that repeat an earlier one. */
  duplicates: 0.01,
  /** Reference standard deviations along the most changed direction. */
  jointMeans: 0.25,
  /** Change of a rank correlation. */
  jointCorrelations: 0.15,
} as const satisfies Tolerances;

export interface ColumnSettings {
  readonly role?: Role;
  readonly kind?: Kind;
  /** Main metric of this column. */
  readonly metric?: DistanceName;
  readonly tolerances?: Tolerances;
}

export interface EmbeddingSettings {
  /** What a baseline holds of an embedding: under 3 MB at 768 dimensions, or under 300 kB at some power. Default full. */
  readonly size?: 'full' | 'small';
  /** Reference rows that a baseline keeps, for exact tests and pictures; 0 ships nobody's row. Default 256. */
  readonly rows?: number;
}

/** Everything a person can set; all of it can change without reading the files again, except `kind`. */
export interface Settings {
  /** False-alarm level of the whole report. Default .01. */
  readonly level: number;
  /** Main metric per kind. Default kolmogorovSmirnov for numbers, totalVariation for categories and booleans. */
  readonly metrics: { readonly number: DistanceName; readonly category: DistanceName };
  readonly tolerances: Tolerances;
  readonly columns: Readonly<Record<string, ColumnSettings>>;
  readonly embeddings?: EmbeddingSettings;
  /** Time column: its name, null for none, undefined to infer. */
  readonly time?: string | null;
  /** Seed of everything that draws. Default 1. */
  readonly seed: number;
}

export const DEFAULT_SETTINGS: Settings = {
  level: 0.01,
  metrics: { number: 'kolmogorovSmirnov', category: 'totalVariation' },
  tolerances: {},
  columns: {},
  seed: 1,
};
