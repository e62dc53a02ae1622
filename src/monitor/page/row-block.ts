// SPDX-License-Identifier: Apache-2.0
import type { ColumnBuffer } from './column-buffer.js';
import type { Row } from './observed-parts.js';

/** Columns of a table: more are taken for a mistake, such as a matrix handed over as a row. */
export const MOST_COLUMNS = 4_096;

/** Names in their order, with their columns. */
export interface Plan {
  readonly names: readonly string[];
  /** Undefined where there are too many. */
  readonly columns: readonly (ColumnBuffer | undefined)[];
}

export function tooMany(): string {
  return `more than ${MOST_COLUMNS} features: expected one name for each feature, the same in every call`;
}

/**
 * Rows as objects: mostly all have the same names in the same order, and most values are numbers. Those go through one
 * block of numbers, row by row, which is then turned into columns; everything else goes cell by cell.
 */
export class RowBlock {
  #scratch = new Float64Array(0);
  #loose = new Uint32Array(0);

  /** Rows from place `at` on; `columnOf` finds the columns of names that are not in the plan. @throws Error where there are too many */
  append(
    rows: readonly Row[],
    { names, columns }: Plan,
    at: number,
    columnOf: (name: string) => ColumnBuffer | undefined,
  ): void {
    const odd = this.#fill(rows, names);
    for (let c = 0; c < names.length; c++) {
      const column = columns[c];
      if (column === undefined) throw new Error(tooMany());
      const exceptions = this.#loose[c] + odd.length;
      const isBlock = exceptions === 0 || (exceptions < rows.length && column.type === 'number');
      if (isBlock) column.writeNumbers(this.#scratch, c, names.length, at, rows.length);
      if (exceptions === 0) continue;
      for (let r = 0; r < rows.length; r++) {
        const value = Object.hasOwn(rows[r], names[c]) ? rows[r][names[c]] : undefined;
        if (!isBlock || typeof value !== 'number' || odd.length > 0) column.write(value, at + r);
      }
    }
    for (const r of odd)
      for (const name of Object.keys(rows[r])) {
        if (names.includes(name)) continue;
        const column = columnOf(name);
        if (column === undefined) throw new Error(tooMany());
        column.write(rows[r][name], at + r);
      }
  }

  /** Fills the block, and counts by column what is no number. Gives the rows that have other names, or another order of them. */
  #fill(rows: readonly Row[], names: readonly string[]): number[] {
    const width = names.length;
    if (this.#scratch.length < rows.length * width) this.#scratch = new Float64Array(rows.length * width);
    if (this.#loose.length < width) this.#loose = new Uint32Array(width);
    const scratch = this.#scratch;
    const loose = this.#loose.fill(0);
    const odd: number[] = [];
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r];
      const base = r * width;
      let c = 0;
      for (const name in row) {
        if (c >= width || names[c] !== name) {
          c = -1;
          break;
        }
        const value = row[name];
        if (typeof value === 'number') scratch[base + c] = value;
        else loose[c]++;
        c++;
      }
      if (c !== width) odd.push(r);
    }
    return odd;
  }
}
