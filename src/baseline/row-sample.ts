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
  readonly capacity: number;
  #pieces: Piece[] = [];
  #threshold = 2 ** 32;
  #seen = 0;
  #kept = 0;
  readonly #seed: number;

  constructor(capacity: number, seed: number) {
    this.capacity = capacity;
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
    const hashes = new Uint32Array(rows);
    const kept = new Uint32Array(rows);
    const threshold = this.#threshold;
    const first = this.#seen;
    const seed = this.#seed;
    let count = 0;
    for (let row = 0; row < rows; row++) {
      const hash = mix32((first + row) ^ seed);
      if (hash >= threshold) continue;
      hashes[count] = hash;
      kept[count++] = row;
    }
    this.#seen += rows;
    this.#kept += count;
    const piece: Piece = { hashes: hashes.slice(0, count), columns: new Map() };
    for (const [name, column] of columns) {
      if (column.type !== 'string') piece.columns.set(name, gather(column.values, kept.subarray(0, count)));
    }
    this.#pieces.push(piece);
    while (this.#kept > this.capacity) this.#thin();
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
      const kept = new Uint32Array(hashes.length);
      let count = 0;
      for (let i = 0; i < hashes.length; i++) if (hashes[i]! < this.#threshold) kept[count++] = i;
      const places = kept.subarray(0, count);
      const thinned = new Map<string, Numbers>();
      for (const [name, values] of columns) thinned.set(name, gather(values, places));
      return { hashes: Uint32Array.from(places, (i) => hashes[i]!), columns: thinned };
    });
    this.#pieces = this.#pieces.filter((piece) => piece.hashes.length > 0);
    this.#kept = this.#pieces.reduce((sum, piece) => sum + piece.hashes.length, 0);
  }
}

function gather(values: Numbers, rows: Uint32Array): Numbers {
  if (rows.length === values.length) return values.slice();
  const out = values instanceof Float32Array ? new Float32Array(rows.length) : new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i]!]!;
  return out;
}
