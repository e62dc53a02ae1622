// SPDX-License-Identifier: Apache-2.0
import type { Column } from './column.js';

/** Named columns of equal length. */
export interface Batch {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}
