// SPDX-License-Identifier: Apache-2.0

/** What was odd in the rows, counted for the notes. */
export interface RowCounts {
  rows: number;
  shortRows: number;
  longRows: number;
  blankLines: number;
  commentLines: number;
  /** Cells with something between the closing quote and the delimiter. */
  looseQuotes: number;
}

export function noCounts(): RowCounts {
  return { rows: 0, shortRows: 0, longRows: 0, blankLines: 0, commentLines: 0, looseQuotes: 0 };
}
