// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import type { Numbers } from '../kernels/kernels.js';

/** Rows of one side kept in memory, batch by batch. */
export class Rows {
  readonly batches: Batch[] = [];
  rows = 0;
  bytes = 0;

  add(batch: Batch): void {
    this.batches.push(batch);
    this.rows += batch.rows;
    this.bytes += batchBytes(batch);
  }

  /** The same rows in other memory: what came back from another thread. */
  replace(batches: readonly Batch[]): void {
    this.batches.splice(0, this.batches.length, ...batches);
  }

  /** Entries of all dictionaries, each counted once. */
  get names(): number {
    const dictionaries = new Set<readonly string[]>();
    for (const { columns } of this.batches)
      for (const column of columns.values())
        if (column.type === 'string') dictionaries.add(column.dictionary);
    let names = 0;
    for (const dictionary of dictionaries) names += dictionary.length;
    return names;
  }

  /** All rows of a vector column, one after the other; rows that a batch lacks are NaN. */
  vectors(name: string): Float32Array {
    const dimension =
      this.batches.find((batch) => batch.vectors?.has(name))?.vectors?.get(name)?.dimension ?? 0;
    const all = new Float32Array(this.rows * dimension);
    let row = 0;
    for (const batch of this.batches) {
      const column = batch.vectors?.get(name);
      if (column === undefined) all.fill(Number.NaN, row * dimension, (row + batch.rows) * dimension);
      else all.set(column.values, row * dimension);
      row += batch.rows;
    }
    return all;
  }

  /** All values of a numeric column, NaN where a row has none, in an array of their own; f32 only when every batch is. */
  values(name: string): Numbers {
    const parts: Numbers[] = [];
    for (const batch of this.batches) {
      const column = batch.columns.get(name);
      if (column !== undefined && column.type !== 'string') parts.push(column.values);
    }
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const all = parts.every((part) => part instanceof Float32Array)
      ? new Float32Array(length)
      : new Float64Array(length);
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

/** What a batch takes in memory: typed arrays by their length, strings at 2 bytes a code unit and 40 a string. */
export function batchBytes(batch: Batch): number {
  let bytes = 0;
  for (const column of batch.columns.values()) {
    if (column.type === 'string') {
      bytes += column.codes.byteLength;
      for (const text of column.dictionary) bytes += 40 + 2 * text.length;
    } else {
      bytes += column.values.byteLength + (column.status?.byteLength ?? 0);
    }
  }
  for (const { values, status } of batch.vectors?.values() ?? [])
    bytes += values.byteLength + (status?.byteLength ?? 0);
  return bytes;
}
