// SPDX-License-Identifier: Apache-2.0

/** What is handed to the app's exporter: encoded profiles of windows since the last call; no row is in them. */
export interface ExportPart {
  readonly name: string;
  readonly baselineId: string;
  readonly window: {
    readonly spec: string;
    readonly start: number;
    readonly end: number;
    readonly rows: number;
  };
  /** False for a window that is still open (the page is being hidden): a later part of the same window replaces it. */
  readonly closed: boolean;
  /** At most 60 KiB each, so that `sendBeacon` takes it; `index` of `of`. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly index: number;
  readonly of: number;
}
