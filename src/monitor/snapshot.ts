// SPDX-License-Identifier: Apache-2.0
/** The state of a monitor as plain data: what elements draw and other tabs receive. */
import type { Role } from '../columns/schema.js';
import type { OutcomeSummary } from '../performance/outcomes.js';
import type { PerformanceDetails } from '../performance/summary.js';
import type { Rating } from '../verdict/verdict.js';
import type { Alert } from './alert.js';
import type { ReferenceSpec } from './specs.js';
import type { RowVerdict, WindowFacts, WindowVerdict } from './window-verdict.js';

export type MonitorState =
  /** The engine or the baseline is being loaded; rows are kept, up to a bound. */
  | 'starting'
  /** No reference yet: its first rows are being gathered. */
  | 'learning'
  | 'running'
  | 'paused'
  /** Nothing can be measured; `reason` says why. */
  | 'failed'
  /** A server without a host: does nothing. */
  | 'inert'
  | 'disposed';

/** A judged window, in the few numbers that a timeline needs. */
export interface WindowPoint extends WindowFacts {
  readonly rating: Rating;
  readonly outcomes?: OutcomeSummary;
  /** Mean of each business metric, by its name. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** One feature over the windows of one kind. */
export interface FeatureSeries {
  readonly name: string;
  readonly role: Role;
  readonly metric: string;
  /** In the order of `WindowSeries.windows`; NaN where there is none. */
  readonly values: readonly number[];
  readonly ratings: readonly Rating[];
  readonly threshold: number;
  readonly thresholdFrom: string;
}

/** The latest windows of one kind, oldest first, at most 240. */
export interface WindowSeries {
  readonly spec: string;
  readonly windows: readonly WindowPoint[];
  readonly features: readonly FeatureSeries[];
  /** The latest verdict, whole. */
  readonly latest: WindowVerdict | null;
  /** Rows in the window that is open now. */
  readonly open: { readonly rows: number; readonly of: number | null; readonly start: number } | null;
}

/** Latency and the like of one stretch of time, from additive histograms. Times in ms. */
export interface SystemSummary {
  readonly calls: number;
  readonly rows: number;
  readonly errors: number;
  /** Calls whose output held a NaN or an infinity. */
  readonly nonFinite: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly callsPerSecond: number;
  /** Long tasks of the page, and those that would not have been long without us. */
  readonly longTasks: number;
  readonly ownLongTasks: number;
  /** Frames that came too late to be seen, and how many fewer they would have been without us. */
  readonly droppedFrames: number;
  readonly ownDroppedFrames: number;
  /** Main-thread time that we took, as a share. */
  readonly ownShare: number;
}

export interface SystemSnapshot {
  /** Since the monitor started, and the latest minutes, oldest first, at most 60. */
  readonly total: SystemSummary;
  /** Calls since the history began by their duration, in the bins of profile/latency.ts: for exporters. */
  readonly latency?: readonly number[];
  readonly minutes: readonly (SystemSummary & { readonly start: number })[];
  /** The model's backend ("webgl"), and when it changed. */
  readonly backend: string | null;
  readonly backendChanges: readonly { readonly at: number; readonly from: string; readonly to: string }[];
  /** Bytes, latest; null where the browser does not tell. */
  readonly memory: {
    readonly heap: number | null;
    readonly tensors: number | null;
    readonly tensorBytes: number | null;
  };
  /** "8 cores, 8 GB, mobile", as far as the browser tells. */
  readonly device: string;
}

/** An app's own number over time (orders, clicks): mean and count of the latest window and of the windows before. */
export interface MetricSummary {
  readonly name: string;
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
}

export interface Annotation {
  readonly at: number;
  readonly text: string;
}

export interface MonitorSnapshot {
  readonly name: string;
  /** When it was taken, ms. */
  readonly at: number;
  readonly state: MonitorState;
  /** Why it failed or is inert; empty otherwise. */
  readonly reason: string;
  /** The worst open alert decides: drift with one, else the latest window of the first kind. */
  readonly rating: Rating;
  /** The state in one sentence, for people. */
  readonly sentence: string;
  readonly rows: {
    /** Handed to observe, measured, left out by sampling, waiting, too late for their window, refused (shape or type). */
    readonly observed: number;
    readonly measured: number;
    readonly skipped: number;
    readonly waiting: number;
    readonly late: number;
    readonly refused: number;
  };
  readonly baseline: { readonly id: string; readonly name: string; readonly rows: number } | null;
  readonly reference: { readonly spec: ReferenceSpec; readonly label: string; readonly rows: number };
  readonly engine: { readonly place: string; readonly kernels: string; readonly notes: readonly string[] };
  readonly store: {
    readonly kind: 'indexedDB' | 'memory';
    /** Why it is not the one that was asked for; empty otherwise. */
    readonly reason: string;
    readonly bytes: number;
    readonly limit: number;
    /** Tabs that share this history, this one included, and whether this one writes it. */
    readonly tabs: number;
    readonly leader: boolean;
  };
  readonly series: readonly WindowSeries[];
  /** Latest state of each, newest first, at most 100. */
  readonly alerts: readonly Alert[];
  readonly annotations: readonly Annotation[];
  /** Rows that stood out, newest first, at most 50; only with windows of one row. */
  readonly outliers: readonly RowVerdict[];
  readonly labels: {
    readonly joined: number;
    readonly waiting: number;
    /** Predictions that left the buffer without a label, and labels for ids that nobody knows. */
    readonly expired: number;
    readonly unknown: number;
  };
  readonly outcomes: OutcomeSummary | null;
  /** The same by class, of scores and by slice; absent without labels. */
  readonly performance?: PerformanceDetails;
  readonly metrics: readonly MetricSummary[];
  readonly system: SystemSnapshot;
}
