// SPDX-License-Identifier: Apache-2.0
/** The monitor as an app sees it. Types only: see create-monitor.ts. */
import type { GlobalType } from '../engine/global-type.js';
import type { KnownPerformance } from '../performance/known-outcomes.js';
import type { Report } from '../report/report.js';
import type { Settings } from '../verdict/settings.js';
import type { Alert, AlertOptions } from './alert.js';
import type { EmbeddingPlan, EmbeddingSums } from './embedding-sums.js';
import type { ExportPart } from './export-part.js';
import type { MonitorHost } from './host.js';
import type { MonitorSnapshot } from './snapshot.js';
import type { Duration, ReferenceSpec, WindowSpec } from './specs.js';
import type { RowVerdict, WindowVerdict } from './window-verdict.js';

/** One value of a row. Arrays of numbers are embeddings. A Date, or ms in a column of times. */
export type Value = number | string | boolean | Date | null | undefined | ArrayLike<number>;

/**
 * Rows, in the shape that the app has at hand. Nothing of it is kept: values are copied before `observe` returns.
 * - one row, or an array of rows: `{ age: 31, city: "Bern" }`
 * - columns of equal length: `{ columns: { age: Float32Array, city: string[] } }`; an array of arrays is an embedding
 * - one matrix, row-major: `{ matrix: Float32Array, names: [...] }`; with `embedding: "name"` instead of `names`, of `dimension` columns
 * - several of the last two, of equal length: `{ parts: [...] }`
 */
export type Observed =
  | Readonly<Record<string, Value>>
  | readonly Readonly<Record<string, Value>>[]
  | ObservedColumns
  | ObservedMatrix
  | { readonly parts: readonly (ObservedColumns | ObservedMatrix)[] };

/** Rows of any type whose properties are all values. */
export type RowOf<R> = { readonly [K in keyof R]: Value };

export interface ObservedColumns {
  readonly columns: Readonly<Record<string, ArrayLike<Value>>>;
}

export type ObservedMatrix =
  | { readonly matrix: ArrayLike<number>; readonly names: readonly string[] }
  | { readonly matrix: ArrayLike<number>; readonly embedding: string; readonly dimension: number };

export interface ObserveOptions {
  /** Prediction ids, by which labels are joined later: one a row (a single one for a single row). */
  readonly ids?: string | number | readonly (string | number)[];
  /** Event times, ms or Date: one for all rows, or one a row. Default: now. */
  readonly times?: number | Date | ArrayLike<number> | readonly Date[];
  /** Version of the model that predicted. */
  readonly version?: string;
  /** Slice keys ("country", "plan") and their value for these rows; realized performance is also kept by slice. */
  readonly slices?: Readonly<Record<string, string | readonly string[]>>;
  /** Rows that an adapter has left out by uniform sampling since its last call: counted as skipped. */
  readonly skipped?: number;
  /** Of adapters whose model holds its embeddings on a GPU: sums over these very rows, instead of their vectors. */
  readonly sums?: readonly EmbeddingSums[];
}

/** One call of a model, as an adapter saw it. */
export interface ModelCall {
  /** Wall time in ms; NaN where it was not measured. */
  readonly ms: number;
  /** Of all the calls that it stands for. */
  readonly rows: number;
  /** So many calls, of which this is one drawn by lot: the others were not looked at. Default 1. */
  readonly calls?: number;
  readonly failed?: boolean;
  /** The output held a NaN or an infinity. */
  readonly nonFinite?: boolean;
  readonly backend?: string;
  /** From the model's library: live tensors and their bytes. */
  readonly tensors?: number;
  readonly tensorBytes?: number;
  /** Main-thread time that watching took since the last call was told, in ms; that of the monitor's own methods is not in it. */
  readonly ownMs?: number;
}

/** What a baseline file holds; a Buffer of Node too. */
export type BaselineBytes = Blob | ArrayBuffer | Uint8Array;

export interface MonitorOptions {
  /** A baseline file: its address, its bytes, or a promise of those. */
  readonly baseline?: string | URL | BaselineBytes | Promise<BaselineBytes>;
  /** Default: "baseline" where one is given, else `{ first: 5000 }`. */
  readonly reference?: ReferenceSpec;
  /** Default: `[{ rows: 1000 }]`. At most 8. */
  readonly windows?: readonly WindowSpec[];
  readonly settings?: Partial<Settings>;
  readonly alerts?: AlertOptions;
  /** History, settings and elements find the monitor by it. Default "driftglass". */
  readonly name?: string;
  /** Default "indexedDB", which falls back to memory where there is none. */
  readonly store?: 'indexedDB' | 'memory';
  /** Most bytes of history. Default 8 MiB. */
  readonly storeBytes?: number;
  /**
   * Longest time that a prediction waits for its label, and how many may wait. Default "7d", 100,000. `reference`: what the
   * model achieved on the reference (accuracy or mean absolute error) on how many rows; else the first 1,000 labels serve.
   */
  readonly labels?: {
    readonly expire?: Duration;
    readonly most?: number;
    readonly reference?: KnownPerformance;
  };
  /** Rows that may wait for the worker; beyond, they are sampled uniformly. Default 20,000. */
  readonly queueRows?: number;
  /** Watch long tasks, frames and memory. Default true. */
  readonly system?: boolean;
  /** The app's way of making the worker: for Trusted Types and bundlers that do not find it. */
  readonly worker?: () => GlobalType<'Worker'>;
  /** Runs the monitor on this very thread: `inProcess` of "driftglass/in-process", in Node and in service workers. */
  readonly host?: () => MonitorHost;
  /** Called with closed windows, and with open ones when the page is hidden. Nothing leaves the page without it. */
  readonly exporter?: (parts: readonly ExportPart[]) => void;
  readonly onError?: (error: Error) => void;
}

export type Unsubscribe = () => void;

/** Lives beside a model. No method throws or blocks; what goes wrong is told to `onError`, once for each cause. */
export interface Monitor {
  readonly name: string;
  /** Resolves when rows are being measured or never will be; never rejects. */
  readonly ready: Promise<MonitorSnapshot>;
  /** Rows may be of an `interface` too, which has no index signature: `Observed` alone does not take it. */
  observe<R extends object & RowOf<R>>(observed: Observed | R | readonly R[], options?: ObserveOptions): void;
  /** The truth about an earlier prediction. */
  label(id: string | number, value: number | string | boolean): void;
  /** A number of the app's own. At most 64 names. */
  metric(name: string, value: number, time?: number): void;
  /** A call of a model, for adapters. */
  call(call: ModelCall): void;
  /** For adapters: something of theirs went wrong, which is told to `onError`, once for each message. */
  problem(error: Error): void;
  /** For adapters: how to measure an embedding of the frame in use; null where it has none of this name, or is not there yet. */
  embeddingPlan(name: string): Promise<EmbeddingPlan | null>;
  /** A mark on the timeline: a release, a campaign. */
  annotate(text: string, time?: number): void;
  onVerdict(callback: (verdict: WindowVerdict) => void): Unsubscribe;
  onAlert(callback: (alert: Alert) => void): Unsubscribe;
  /** Rows that stand out; only with windows of one row. */
  onOutlier(callback: (row: RowVerdict) => void): Unsubscribe;
  onError(callback: (error: Error) => void): Unsubscribe;
  /** At most four times a second, while there is news. */
  onUpdate(callback: (snapshot: MonitorSnapshot) => void): Unsubscribe;
  snapshot(): Promise<MonitorSnapshot>;
  /** The whole report of the latest window of a kind (the first by default) against the reference; null before there is one. */
  report(spec?: string): Promise<Report | null>;
  /** Compares with another reference from the next window on. */
  setReference(reference: ReferenceSpec): Promise<void>;
  /** Hands over and measures what waits, judges no window early, and brings the history to the store. */
  flush(): Promise<void>;
  /** Rows that are observed meanwhile are not measured, nor counted as skipped. */
  pause(): void;
  resume(): void;
  /** Flushes, ends the worker and lets go of all. Later calls do nothing. */
  dispose(): Promise<void>;
}
