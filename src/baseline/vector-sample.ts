// SPDX-License-Identifier: Apache-2.0
import type { VectorColumn } from '../columns/column.js';
import { mix32 } from './hash.js';

/** Rows kept of an embedding for fitting; fewer where they are long. */
const SAMPLE_ROWS = 20_000;
const SAMPLE_BYTES = 64 * 2 ** 20;

/**
 * An even sample of an embedding's rows in bounded memory (20,000 rows or 64 MiB): a row is kept while the hash of its
 * number falls under a threshold, which halves when the sample is full. Rows without a vector are not kept.
 */
export class VectorSample {
  readonly dimension: number;
  readonly #capacity: number;
  readonly #seed: number;
  #threshold = 2 ** 32;
  #seen = 0;
  #kept: { hash: number; row: Float32Array }[] = [];

  constructor(dimension: number, seed: number) {
    this.dimension = dimension;
    this.#seed = seed;
    this.#capacity = Math.max(64, Math.min(SAMPLE_ROWS, Math.floor(SAMPLE_BYTES / (4 * dimension))));
  }

  /** Rows offered so far, with a vector or without. */
  get seen(): number {
    return this.#seen;
  }

  /** `column` is undefined for a batch without it. */
  add(rows: number, column: VectorColumn | undefined): void {
    const first = this.#seen;
    this.#seen += rows;
    if (column === undefined || column.dimension !== this.dimension) return;
    const { values, status, dimension } = column;
    for (let i = 0; i < rows; i++) {
      const hash = mix32((first + i) ^ this.#seed);
      if (hash >= this.#threshold || (status !== null && status[i] !== 0)) continue;
      this.#kept.push({ hash, row: values.slice(i * dimension, (i + 1) * dimension) });
      while (this.#kept.length > this.#capacity) {
        this.#threshold /= 2;
        this.#kept = this.#kept.filter((kept) => kept.hash < this.#threshold);
      }
    }
  }

  /** The kept rows in reading order, row-major. */
  rows(): Float32Array {
    const rows = new Float32Array(this.#kept.length * this.dimension);
    this.#kept.forEach(({ row }, i) => {
      rows.set(row, i * this.dimension);
    });
    return rows;
  }
}
