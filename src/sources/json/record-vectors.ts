// SPDX-License-Identifier: Apache-2.0
import { NULL, PRESENT, RAGGED, UNPARSABLE, type VectorColumn } from '../../columns/column.js';
import { blankMarked } from '../../columns/vector.js';
import { markedNumber } from './record-columns.js';

/** A member of records that holds a list of numbers each. */
export interface RecordVectorField {
  readonly name: string;
  readonly type: 'vector';
  readonly dimension: number;
  readonly declared: string;
}

/** Collects one column of vectors over the rows of a batch. Rows that are not set stay null. */
export class RecordVectors {
  readonly field: RecordVectorField;
  #values = new Float32Array(0);
  #status = new Uint8Array(0);

  constructor(field: RecordVectorField) {
    this.field = field;
  }

  start(rows: number): void {
    this.#values = new Float32Array(rows * this.field.dimension);
    this.#status = new Uint8Array(rows).fill(NULL);
  }

  /** Sets a row to a JSON value: a list of another length is RAGGED, a null in a list NaN, all else than numbers UNPARSABLE. */
  set(row: number, value: unknown): void {
    if (value === null || value === undefined) return;
    this.#status[row] = Array.isArray(value) ? this.#list(row, value) : UNPARSABLE;
  }

  #list(row: number, list: readonly unknown[]): number {
    const { dimension } = this.field;
    if (list.length !== dimension) return RAGGED;
    const values = this.#values;
    const start = row * dimension;
    for (let k = 0; k < dimension; k++) {
      const item = list[k];
      if (typeof item === 'number') values[start + k] = item;
      else {
        const number = item === null ? Number.NaN : markedNumber(item);
        if (number === undefined) return UNPARSABLE;
        values[start + k] = number;
      }
    }
    return PRESENT;
  }

  finish(): VectorColumn {
    const { dimension } = this.field;
    const status = this.#status.some((state) => state !== PRESENT) ? this.#status : null;
    if (status) blankMarked(this.#values, dimension, status);
    return { type: 'vector', dimension, values: this.#values, status };
  }
}
