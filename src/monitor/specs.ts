// SPDX-License-Identifier: Apache-2.0
/** What an app may ask for: windows, references, times. */

/** Milliseconds, or a number with a unit: "500ms", "30s", "5m", "1h", "1d", "1w". */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd' | 'w'}`;

/**
 * Rows that are judged together. With `step` (smaller than the window) windows slide: one ends at every step. `{ rows: 1 }`
 * scores every row as an outlier. A window by time ends when the event time has passed its end by `lateness`.
 */
export type WindowSpec =
  | { readonly rows: number; readonly step?: number }
  | { readonly every: Duration; readonly step?: Duration; readonly lateness?: Duration };

/**
 * What windows are compared with. "baseline": the rows that the baseline file was made of. `healthy`: a span of
 * production that somebody has marked. `last`: the span before each window, sliding. `first`: so many first rows of
 * production, for an app without a baseline file.
 */
export type ReferenceSpec =
  | 'baseline'
  | { readonly healthy: { readonly from: number; readonly to: number } }
  | { readonly last: Duration }
  | { readonly first: number };
