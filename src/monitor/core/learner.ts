// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column, VectorColumn } from '../../columns/column.js';
import { concatColumns, concatVectors } from '../../columns/concat-columns.js';
import { nullVectors } from '../../columns/vector.js';

/** Numbers that are gathered in all: what an app asks for is cut to it. */
const MOST_VALUES = 4_000_000;
/** A frame of fewer rows says nothing. */
const FEWEST_ROWS = 100;

/** Gathers the first rows of production and makes a baseline of them, where the app has given none. */
export class Learner {
  readonly #wanted: number;
  #batches: Batch[] = [];
  #rows = 0;
  #values = 0;

  /** `saved`: rows that an earlier session gathered. */
  constructor(wanted: number, saved: Batch | null = null) {
    this.#wanted = Math.max(FEWEST_ROWS, Math.floor(wanted) || FEWEST_ROWS);
    if (saved !== null) this.add(saved);
  }

  get rows(): number {
    return this.#rows;
  }

  get wanted(): number {
    return this.#wanted;
  }

  /** Rows that are still wanted. */
  get room(): number {
    if (this.#values >= MOST_VALUES && this.#rows >= FEWEST_ROWS) return 0;
    return Math.max(0, this.#wanted - this.#rows);
  }

  add(batch: Batch): void {
    if (batch.rows === 0) return;
    this.#batches.push(batch);
    this.#rows += batch.rows;
    this.#values += batch.rows * batch.columns.size;
    for (const { values } of batch.vectors?.values() ?? []) this.#values += values.length;
    // Few rows at a time would make many small arrays.
    if (this.#batches.length >= 64) this.#batches = [joinBatches(this.#batches)];
  }

  /** All that was gathered, for the store; null when nothing. */
  save(): Batch | null {
    if (this.#batches.length > 1) this.#batches = [joinBatches(this.#batches)];
    return this.#batches[0] ?? null;
  }
}

/** Rows one after the other. A column that a batch lacks, or holds in another type than the first, is null there. */
export function joinBatches(batches: readonly Batch[]): Batch {
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const columns = new Map<string, Column>();
  const vectors = new Map<string, VectorColumn>();
  for (const name of new Set(batches.flatMap((batch) => [...batch.columns.keys()]))) {
    const type = batches.find((batch) => batch.columns.has(name))!.columns.get(name)!.type;
    const parts = batches.map((batch) => {
      const column = batch.columns.get(name);
      return column?.type === type ? column : nullColumn(type, batch.rows);
    });
    columns.set(name, concatColumns(parts));
  }
  for (const name of new Set(batches.flatMap((batch) => [...(batch.vectors?.keys() ?? [])]))) {
    if (columns.has(name)) continue;
    const { dimension } = batches.find((batch) => batch.vectors?.has(name))!.vectors!.get(name)!;
    const parts = batches.map((batch) => {
      const column = batch.vectors?.get(name);
      return column?.dimension === dimension ? column : nullVectors(dimension, batch.rows);
    });
    vectors.set(name, concatVectors(parts));
  }
  return { rows, columns, ...(vectors.size > 0 && { vectors }) };
}

function nullColumn(type: Column['type'], rows: number): Column {
  if (type === 'string') return { type, codes: new Int32Array(rows).fill(-1), dictionary: [] };
  return { type, values: new Float64Array(rows).fill(Number.NaN), status: new Uint8Array(rows).fill(1) };
}
