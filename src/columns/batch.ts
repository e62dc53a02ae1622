// SPDX-License-Identifier: Apache-2.0
import type { Column, VectorColumn } from './column.js';

/** Named columns of equal length. A name is in one of the two maps. */
export interface Batch {
  readonly rows: number;
  /** Columns of one value a row. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Columns of one vector a row; absent when there is none. */
  readonly vectors?: ReadonlyMap<string, VectorColumn>;
}
