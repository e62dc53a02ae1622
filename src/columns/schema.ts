// SPDX-License-Identifier: Apache-2.0
import type { ColumnType } from './column.js';

/** How a column is compared. Decided from the reference, see baseline/kinds. */
export type Kind = 'number' | 'category' | 'boolean' | 'time' | 'text' | 'embedding';

/** What a column is to the model. */
export type Role = 'input' | 'prediction' | 'label' | 'key' | 'time' | 'ignore';

/** A column as its source describes it. */
export interface Field {
  readonly name: string;
  readonly type: ColumnType;
  /** Length of a row of a vector column; only there. */
  readonly dimension?: number;
  /** The source's own word for the type, for people ("int64", "decimal(10,2)", "date"). */
  readonly declared?: string;
}

export type Schema = readonly Field[];
