// SPDX-License-Identifier: Apache-2.0
/** What crosses the worker border: plain data, transferable or cloneable. */
import type { ColumnGroup } from '../columns/column-groups.js';
import type { Schema } from '../columns/schema.js';
import type { VectorChoice } from '../columns/vector.js';
import type { EmbeddingView } from '../report/embedding-view.js';
import type { Report } from '../report/report.js';
import type { CsvDialect } from '../sources/csv/dialect.js';
import type { Format } from '../sources/source.js';
import type { Settings } from '../verdict/settings.js';

export type Side = 'reference' | 'current';

/** A file as it can be sent to a worker: a File or Blob of the page, bytes in memory, or a path (Node only). */
export type FileSpec =
  | { readonly name: string; readonly blob: Blob }
  | { readonly name: string; readonly buffer: ArrayBuffer }
  | { readonly name: string; readonly path: string };

export interface OpenOptions {
  /** Corrections to what was sniffed from delimited text. */
  readonly dialect?: Partial<CsvDialect>;
  /** Whether a matrix (two-dimensional NPY, rows of JSON numbers) is vectors; by default one of 8 columns and more. */
  readonly vectors?: VectorChoice;
  /** Groups of number columns that become one vector each, by their prefix, and text columns of lists by their name (`SideInfo.groups`). */
  readonly groups?: readonly string[];
}

/** What is known of a side after opening, before reading. */
export interface SideInfo {
  readonly name: string;
  readonly format: Format | 'baseline';
  readonly rows: number | undefined;
  readonly bytes: number;
  readonly schema: Schema;
  /** Number columns that look like one vector, and text columns that hold one in each cell, offered: name their prefixes in `OpenOptions.groups` to take them. */
  readonly groups: readonly ColumnGroup[];
  readonly notes: readonly string[];
  /** Of delimited text. */
  readonly dialect?: CsvDialect;
  /** First rows as text, at most 5 of 24 columns, for people to check what was sniffed. */
  readonly preview: readonly (readonly string[])[];
}

/**
 * How one file becomes two sides. With `at` (an ISO 8601 time, or ms) on a time column: reference before, current from
 * then on. With `value`: current is the rows with that value, reference all others.
 */
export interface Split {
  readonly column: string;
  readonly at?: string | number;
  readonly value?: string;
}

/** Where one file may be cut in two: a time column at a time halfway, or another column by one of its few values. */
export type SplitOffer =
  | { readonly column: string; readonly at: string }
  | { readonly column: string; readonly values: readonly string[] };

export interface CompareOptions {
  readonly settings?: Partial<Settings>;
  /** Needed when only the current side was opened. */
  readonly split?: Split;
  /** Bytes that both sides may hold in memory; beyond it distances are certified from profiles. Default 256 MiB. */
  readonly memoryBudget?: number;
}

export interface Progress {
  readonly phase: 'reading' | 'measuring' | 'comparing';
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
  readonly seconds: number;
}

export type ExportKind = 'json' | 'csv' | 'html' | 'baseline';

/** "discriminating": across, the direction that tells the sides apart best; up, the first component. */
export type MapAxes = 'components' | 'discriminating';

/** Rows as text, in order. */
export interface RowTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
}

/** One comparison, wherever it runs. */
export interface Analysis {
  /**
   * Starts what `open` and `compare` will need, ahead of them: while files are fetched or dragged over a page. By their
   * names, where known, the readers are loaded too.
   */
  prepare(names?: readonly string[]): void;
  open(side: Side, files: readonly (File | FileSpec)[], options?: OpenOptions): Promise<SideInfo>;
  /** How the current side's file may be split when it is alone, from a sample of its rows, best first; none before it is open. */
  splitOffers(): Promise<readonly SplitOffer[]>;
  compare(
    options?: CompareOptions & { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<Report>;
  /** The last comparison under other settings, from profiles; reads again only when a kind or the time column changes and the rows were not kept. */
  rerate(settings: Partial<Settings>): Promise<Report>;
  exportAs(kind: ExportKind): Promise<Blob>;
  /**
   * What is drawn of an embedding of the last comparison. Rows have places only where they were kept (`engine.mode` exact).
   * Default axes: the direction that tells both sides apart best, against the first component.
   */
  embedding(name: string, axes?: MapAxes): Promise<EmbeddingView>;
  /** Rows of one side (default current) of the last comparison as text, by their numbers from 0, at most 1,000; none where rows were not kept. */
  rows(numbers: readonly number[], side?: Side): Promise<RowTable>;
  dispose(): void;
}
