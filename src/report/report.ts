// SPDX-License-Identifier: Apache-2.0
import type { Kind, Role } from '../columns/schema.js';
import type { Distances, ShareDifference } from '../distances/distance.js';
import type { RatedReport, RatedWindow } from '../verdict/rated-report.js';
import type { Settings } from '../verdict/settings.js';
import type { Check, Rating, Test, Verdict } from '../verdict/verdict.js';
import type { EmbeddingView } from './embedding-view.js';

/** One side of a feature. Absent numbers do not apply to the kind. Times are ms here, ISO 8601 in JSON. */
export interface SideStatistics {
  readonly rows: number;
  readonly missing: number;
  readonly unparsable: number;
  readonly nan?: number;
  readonly infinite?: number;
  readonly distinct?: number;
  readonly mean?: number;
  readonly sd?: number;
  readonly min?: number;
  readonly max?: number;
  /** Embeddings: length of a row; rows of another length, of zeros only, of one other value repeated; mean and sd of ‖x‖. */
  readonly dimension?: number;
  readonly ragged?: number;
  readonly zero?: number;
  readonly constant?: number;
  readonly meanNorm?: number;
  readonly sdNorm?: number;
  /** At QUANTILE_LEVELS, keyed by "0.01" … "0.99". */
  readonly quantiles?: Readonly<Record<string, number>>;
}

export interface HistogramData {
  /** Edges of equally wide bins (numbers); counts has edges + 1 entries: the first and the last are what lies beyond. */
  readonly edges?: readonly number[];
  /** Names (categories), by change; the last may be "(other)" and "(unseen)". */
  readonly categories?: readonly string[];
  /** Categories that the reference never held. */
  readonly unseen?: readonly string[];
  /** Counts. */
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

/** CDFs at common points, for drawing; at most 256 points. */
export interface CdfData {
  readonly x: readonly number[];
  readonly reference: readonly number[];
  readonly current: readonly number[];
}

export interface FeatureReport {
  readonly name: string;
  readonly kind: Kind;
  readonly role: Role;
  readonly reference: SideStatistics;
  readonly current: SideStatistics;
  readonly distances: Distances;
  readonly missingness: ShareDifference;
  /** Share of current rows with a category (or a value outside the range) that the reference never held. */
  readonly unseen?: ShareDifference;
  readonly verdict: Verdict;
  readonly histogram?: HistogramData;
  readonly cdf?: CdfData;
  /** Of an embedding: what profiles tell of it. Places of rows are not in a report. */
  readonly embedding?: Pick<EmbeddingView, 'projections' | 'shift'>;
  /** Main metric per window, same order as Report.windows; NaN where it cannot be told. */
  readonly series?: {
    readonly metric: string;
    readonly values: readonly number[];
    readonly ratings: readonly Rating[];
    readonly threshold: number;
    readonly thresholdFrom: string;
    readonly band?: readonly [number, number];
    /** When it happened, in words ("temporary: 23 Apr – 13 May, back since"); absent when no current window stands out. */
    readonly episode?: string;
  };
}

export type WindowReport = RatedWindow;

/** The finished comparison of two data sets: all that the page, the elements, the HTML file and the JSON show. */
export interface Report {
  readonly schema: 1;
  /** Version of the package. */
  readonly driftglass: string;
  readonly level: number;
  readonly seed: number;
  readonly engine: EngineInfo;
  readonly settings: Settings;
  readonly baselineId: string;
  readonly reference: { readonly name: string; readonly rows: number };
  readonly current: { readonly name: string; readonly rows: number };
  /** The answer in words: a headline that a person would say, a sentence or two below it, and what to do. */
  readonly headline: {
    readonly title: string;
    readonly detail: string;
    /** What to do about it; '' where nothing could be rated. */
    readonly advice: string;
  };
  readonly summary: RatedReport['summary'];
  readonly columns: RatedReport['columns'];
  /** Predictions and labels first, then by rating, then by value over threshold. */
  readonly features: readonly FeatureReport[];
  readonly checks: readonly Check[];
  /** Tests of the whole table: joint drift. */
  readonly tests: readonly Test[];
  readonly windows: readonly WindowReport[];
  /** "assumes independent rows", "cuts from a sample of …", what the readers noted. */
  readonly notes: readonly string[];
}

export interface EngineInfo {
  /** "wasm", "cpu" … and where it ran: "worker", "page", "node". */
  readonly kernels: string;
  readonly place: string;
  readonly workers: number;
  /** "exact" when every distance was computed from all rows, else "certified". */
  readonly mode: 'exact' | 'certified';
  readonly milliseconds: number;
  /** Why a fallback was taken, in order. */
  readonly notes: readonly string[];
}
