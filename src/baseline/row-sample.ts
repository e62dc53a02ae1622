// SPDX-License-Identifier: Apache-2.0
import type { Column } from '../columns/column.js';
import type { Numbers } from '../kernels/kernels.js';
import { mix32 } from './hash.js';

interface Piece {
  readonly hashes: Uint32Array;
  readonly columns: Map<string, Numbers>;
}

/**
 * Rows of the numeric and time columns, kept together so that columns stay aligned. A row is kept while the hash of its
 * number falls under a threshold, which halves when the sample is full: an even sample of whatever came, in bounded memory.
 */
export class RowSample {
  readonly #capacity: number;
  #pieces: Piece[] = [];
  #threshold = 2 ** 32;
  #seen = 0;
  #kept = 0;
  readonly #seed: number;

  constructor(capacity: number, seed: number) {
    this.#capacity = capacity;
    this.#seed = seed;
  }

  /** Rows offered so far. */
  get seen(): number {
    return this.#seen;
  }

  /** Rows held. */
  get size(): number {
    return this.#kept;
  }

  add(rows: number, columns: ReadonlyMap<string, Column>): void {
    const all = new Uint32Array(rows);
    const first = this.#seen;
    const seed = this.#seed;
    for (let row = 0; row < rows; row++) all[row] = mix32((first + row) ^ seed);
    this.#seen += rows;
    let kept = this.#below(all);
    // Before a value is copied: a wide batch of many rows would not fit.
    while (this.#kept + kept.length > this.#capacity) {
      this.#thin();
      kept = this.#below(all);
    }
    const piece: Piece = { hashes: Uint32Array.from(kept, (row) => all[row]!), columns: new Map() };
    for (const [name, column] of columns) {
      if (column.type !== 'string') piece.columns.set(name, gather(column.values, kept));
    }
    this.#pieces.push(piece);
    this.#kept += kept.length;
  }

  /** Sampled values in reading order; rows of batches without the column are NaN. */
  column(name: string): Numbers {
    const wide = this.#pieces.some((piece) => piece.columns.get(name) instanceof Float64Array);
    const all = wide ? new Float64Array(this.#kept) : new Float32Array(this.#kept);
    let offset = 0;
    for (const { hashes, columns } of this.#pieces) {
      const values = columns.get(name);
      if (values) all.set(values, offset);
      else all.fill(Number.NaN, offset, offset + hashes.length);
      offset += hashes.length;
    }
    return all;
  }

  #thin(): void {
    this.#threshold /= 2;
    this.#pieces = this.#pieces.map(({ hashes, columns }) => {
      const places = this.#below(hashes);
      const thinned = new Map<string, Numbers>();
      for (const [name, values] of columns) thinned.set(name, gather(values, places));
      return { hashes: Uint32Array.from(places, (i) => hashes[i]!), columns: thinned };
    });
    this.#pieces = this.#pieces.filter((piece) => piece.hashes.length > 0);
    this.#kept = this.#pieces.reduce((sum, piece) => sum + piece.hashes.length, 0);
  }

  /** Places of the hashes under the threshold. */
  #below(hashes: Uint32Array): Uint32Array {
    const threshold = this.#threshold;
    const places = new Uint32Array(hashes.length);
    let count = 0;
    for (let i = 0; i < hashes.length; i++) if (hashes[i]! < threshold) places[count++] = i;
    return places.subarray(0, count);
  }
}

function gather(values: Numbers, rows: Uint32Array): Numbers {
  if (rows.length === values.length) return values.slice();
  const out = values instanceof Float32Array ? new Float32Array(rows.length) : new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]!]!;
  return out;
}
