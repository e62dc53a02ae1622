// SPDX-License-Identifier: Apache-2.0
/** The monitor behind the worker border: what the page's side hands over and hears. Plain data; buffers are transferred. */
import type { Batch } from '../columns/batch.js';
import type { KnownPerformance } from '../performance/known-outcomes.js';
import type { Report } from '../report/report.js';
import type { Settings } from '../verdict/settings.js';
import type { Alert, AlertOptions } from './alert.js';
import type { EmbeddingPlan, EmbeddingSums } from './embedding-sums.js';
import type { ExportPart } from './export-part.js';
import type { Annotation, MonitorSnapshot } from './snapshot.js';
import type { ReferenceSpec, WindowSpec } from './specs.js';
import type { RowVerdict, WindowVerdict } from './window-verdict.js';

export interface HostConfig {
  readonly name: string;
  readonly baseline: ArrayBuffer | null;
  readonly reference: ReferenceSpec;
  readonly windows: readonly WindowSpec[];
  readonly settings: Partial<Settings>;
  readonly alerts: AlertOptions;
  readonly store: 'indexedDB' | 'memory';
  readonly storeBytes: number;
  readonly labels: {
    readonly expireMs: number;
    readonly most: number;
    readonly reference?: KnownPerformance;
  };
  /** Where it runs, and why not elsewhere. */
  readonly place: string;
  readonly notes: readonly string[];
  /** "8 cores, 8 GB, mobile". */
  readonly device: string;
  /** Whether the app has an exporter: else no export parts are made. */
  readonly exports: boolean;
}

/** Rows on their way: columns as typed arrays, ready to be measured. */
export interface Chunk {
  readonly batch: Batch;
  /** Event time of each row, ms. */
  readonly times: Float64Array;
  /** One a row; null when no row has one. */
  readonly ids: readonly (string | number | null)[] | null;
  /** The same for all rows: a chunk never mixes two. */
  readonly version: string;
  readonly slices: Readonly<Record<string, readonly string[]>> | null;
  /** Rows that were left out since the last chunk because the queue was full, and rows that were refused. */
  readonly skipped: number;
  readonly refused: number;
  /**
   * Embeddings of some rows that came as sums: those of `rows` rows from row `first` on. The batch has no vectors of that
   * name for them. They cannot be cut: all rows count in the window of their first row.
   */
  readonly sums?: readonly (EmbeddingSums & { readonly first: number; readonly rows: number })[];
}

export interface LabelBatch {
  readonly ids: readonly (string | number)[];
  readonly values: readonly (number | string | boolean)[];
}

export interface MetricBatch {
  readonly names: readonly string[];
  readonly values: readonly number[];
  readonly times: readonly number[];
}

/** What the page saw of the system since the last sample. Histograms by the edges of profile/latency.ts. */
export interface SystemSample {
  readonly start: number;
  readonly end: number;
  readonly latency: Float64Array;
  readonly calls: number;
  readonly rows: number;
  readonly errors: number;
  readonly nonFinite: number;
  readonly longTasks: number;
  readonly ownLongTasks: number;
  readonly droppedFrames: number;
  readonly ownDroppedFrames: number;
  /** ms of main-thread time that was ours. */
  readonly ownMs: number;
  readonly backend: string | null;
  readonly heap: number | null;
  readonly tensors: number | null;
  readonly tensorBytes: number | null;
}

/** News, in order, at most a few times a second. */
export interface HostNews {
  readonly verdicts: readonly WindowVerdict[];
  readonly alerts: readonly Alert[];
  readonly outliers: readonly RowVerdict[];
  /** Each cause once. */
  readonly errors: readonly { readonly name: string; readonly message: string }[];
  readonly exports: readonly ExportPart[];
  /** Encoded open windows, every few seconds, kept by the page for when it is hidden; null when nothing changed. */
  readonly open: readonly ExportPart[] | null;
  readonly snapshot: MonitorSnapshot | null;
}

export interface MonitorHost {
  /** Must come first. Rejects with a tagged error where the baseline cannot be used; `chunk` then counts rows only. */
  open(config: HostConfig, news: (news: HostNews) => void): Promise<MonitorSnapshot>;
  /** Resolves when measured: the page counts what is under way. */
  chunk(chunk: Chunk): Promise<void>;
  labels(labels: LabelBatch): Promise<void>;
  metrics(metrics: MetricBatch): Promise<void>;
  system(sample: SystemSample): Promise<void>;
  annotate(annotation: Annotation): Promise<void>;
  /** As `Monitor.embeddingPlan`; null for good where a host lacks it. */
  embeddingPlan?(name: string): Promise<EmbeddingPlan | null>;
  snapshot(): Promise<MonitorSnapshot>;
  /** Whether anybody listens to snapshots: none are made otherwise. */
  watch(watched: boolean): Promise<void>;
  report(spec: string | null): Promise<Report | null>;
  setReference(reference: ReferenceSpec): Promise<void>;
  flush(): Promise<void>;
  /**
   * Writes what is left and lets go of locks and channels, which would keep a page out of the back-forward cache, until
   * `resume`. What comes meanwhile waits.
   */
  suspend?(): Promise<void>;
  resume?(): Promise<void>;
  /** Writes what is left and ends. */
  close(): Promise<void>;
}
