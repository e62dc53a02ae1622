// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column, VectorColumn } from '../../columns/column.js';
import type { Schema } from '../../columns/schema.js';
import { vectorBatchRows } from '../../columns/vector.js';
import type { Bytes, Format, ReadOptions, Source } from '../source.js';
import { asSourceError, sourceError, throwIfAborted } from '../source-error.js';
import type { NpyArray } from './array.js';
import { readColumn } from './values.js';
import { readVectors } from './vectors.js';

/** Rows of a batch, and values of a batch: wide arrays come in fewer rows. */
const BATCH_ROWS = 65_536;
const BATCH_VALUES = 4 * 2 ** 20;
/**
 * Bytes of a part that holds vectors: several batches, so that threads have something to share and each reads in one go; one, where so many
 * rows are asked for.
 */
const PART_BYTES = 16 * 2 ** 20;
/** In Fortran order every column of a part is a request of its own, and a browser takes a millisecond for one: fewer, larger parts. */
const FORTRAN_PART_BYTES = 64 * 2 ** 20;

/** Arrays of equal length side by side, read by ranges of rows. */
export class NpySource implements Source {
  readonly name: string;
  readonly format: Format;
  readonly schema: Schema;
  readonly byteLength: number;
  readonly rows: number;
  readonly parts: number;
  readonly notes: string[];
  readonly #arrays: readonly NpyArray[];
  readonly #batchRows: number;
  /** Rows of a batch where so many are asked for. */
  readonly #mostRows: number;
  readonly #partRows: number;
  readonly #rounded = new Set<string>();

  constructor(bytes: Bytes, format: 'npy' | 'npz', arrays: readonly NpyArray[], notes: string[]) {
    this.name = bytes.name;
    this.format = format;
    this.byteLength = bytes.size;
    this.notes = notes;
    this.#arrays = arrays;
    this.rows = arrays[0].rows;
    this.schema = arrays.flatMap(fieldsOf);
    if (this.schema.length === 0) throw sourceError(bytes.name, 'an array without columns');
    const vectors = arrays.filter((array) => array.vector !== undefined);
    const numbers = vectors.reduce((sum, { width }) => sum + width, 0);
    const values = this.schema.length - vectors.length;
    const most = Math.min(BATCH_ROWS, Math.max(1, Math.floor(BATCH_VALUES / Math.max(1, values))));
    this.#batchRows = Math.min(most, vectorBatchRows(numbers));
    this.#partRows = this.#batchRows;
    let mostRows = this.#batchRows;
    if (numbers > 0) {
      const stored = arrays.reduce((sum, { header, width }) => sum + header.dtype.width * width, 0);
      const rowBytes = Math.max(stored, 4 * numbers);
      const partBytes = vectors.some(({ header }) => header.fortran) ? FORTRAN_PART_BYTES : PART_BYTES;
      this.#partRows *= Math.max(1, Math.floor(partBytes / (rowBytes * this.#batchRows)));
      mostRows = Math.min(most, Math.max(1, Math.floor(PART_BYTES / rowBytes)), this.#partRows);
    }
    this.#mostRows = mostRows;
    this.parts = Math.max(1, Math.ceil(this.rows / this.#partRows));
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const {
      columns,
      parts: [from, to] = [0, this.parts],
      batchRows = this.#batchRows,
      signal,
      onProgress,
    } = options;
    const step = Math.max(1, Math.min(batchRows, this.#mostRows));
    const wanted = columns && new Set(columns);
    const arrays = this.#arrays.filter(({ names }) => !wanted || names.some((name) => wanted.has(name)));
    const progress = { bytes: 0, rows: 0 };
    try {
      for (let part = Math.max(0, from); part < Math.min(to, this.parts); part++) {
        const first = part * this.#partRows;
        const last = Math.min(this.rows, first + this.#partRows);
        const turned = new Map<NpyArray, Float32Array>();
        for (const array of arrays) {
          if (array.vector === undefined || !array.header.fortran || first === last) continue;
          throwIfAborted(signal);
          turned.set(array, await readVectors(array, first, last));
        }
        for (let start = first; start < last; start += step) {
          const end = Math.min(last, start + step);
          const batch = { columns: new Map<string, Column>(), vectors: new Map<string, VectorColumn>() };
          for (const array of arrays) {
            throwIfAborted(signal);
            const { width, vector } = array;
            if (vector === undefined) {
              await this.#readRows(array, start, end, wanted, batch.columns);
              continue;
            }
            const values =
              turned.get(array)?.subarray((start - first) * width, (end - first) * width) ??
              (await readVectors(array, start, end));
            batch.vectors.set(vector, { type: 'vector', dimension: width, values, status: null });
          }
          progress.rows += end - start;
          progress.bytes += Math.round((this.byteLength * (end - start)) / this.rows);
          onProgress?.({ ...progress });
          yield {
            rows: end - start,
            columns: batch.columns,
            ...(batch.vectors.size > 0 && { vectors: batch.vectors }),
          };
        }
      }
    } catch (error) {
      throw asSourceError(this.name, error);
    }
  }

  async #readRows(
    array: NpyArray,
    from: number,
    to: number,
    wanted: ReadonlySet<string> | undefined,
    batch: Map<string, Column>,
  ) {
    const { header, names, bytes, rows } = array;
    const { width } = header.dtype;
    const count = to - from;
    // row after row in C order: one range holds all columns; in Fortran order each column lies on its own
    const rowBytes = width * names.length;
    const byRow = !header.fortran || header.shape.length < 2;
    const block = byRow
      ? await bytes.slice(header.start + from * rowBytes, header.start + to * rowBytes)
      : undefined;
    for (let k = 0; k < names.length; k++) {
      const name = names[k];
      if (wanted && !wanted.has(name)) continue;
      const offset = header.start + (fortranColumn(header.shape, k) * rows + from) * width;
      const place = block
        ? { bytes: block, start: k * width, stride: rowBytes, count }
        : { bytes: await bytes.slice(offset, offset + count * width), start: 0, stride: width, count };
      const { column, rounded } = readColumn(header.dtype, place);
      if (rounded && !this.#rounded.has(name)) {
        this.#rounded.add(name);
        this.notes.push(`column ${name}: integers beyond 2^53 were rounded`);
      }
      batch.set(name, column);
    }
  }
}

function fieldsOf({ names, vector, width, header: { dtype } }: NpyArray): Schema {
  if (vector !== undefined)
    return [{ name: vector, type: 'vector', dimension: width, declared: `${dtype.declared}[${width}]` }];
  return names.map((name) => ({ name, type: dtype.type, declared: dtype.declared }));
}

/** Place in Fortran order (first index fastest) of column `k` of the row-major flattened other dimensions. */
function fortranColumn(shape: readonly number[], k: number): number {
  let rest = k;
  let place = 0;
  const sizes = shape.slice(1);
  for (let d = sizes.length - 1; d >= 0; d--) {
    const index = rest % sizes[d];
    rest = (rest - index) / sizes[d];
    place += index * sizes.slice(0, d).reduce((product, size) => product * size, 1);
  }
  return place;
}
