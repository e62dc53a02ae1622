// SPDX-License-Identifier: Apache-2.0
import type { TableTest } from './chi-square.js';

/** Cramér's V = √(χ²/N) for a table of two rows, 0 … 1: χ² made free of the number of rows. */
export function cramersV({ statistic }: TableTest, rows: number): number {
  return rows > 0 ? Math.min(1, Math.sqrt(statistic / rows)) : 0;
}
