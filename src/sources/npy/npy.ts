// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column } from '../../columns/column.js';
import type { Schema } from '../../columns/schema.js';
import type { Bytes, Format, ReadOptions, Source } from '../source.js';
import { asSourceError, sourceError, throwIfAborted } from '../source-error.js';
import { type NpyHeader, readNpyHeader } from './header.js';
import { readColumn } from './values.js';
import { type ArrayEntry, openZip } from './zip.js';

/** Rows of a batch, and values of a batch: wide arrays come in fewer rows. */
const BATCH_ROWS = 65_536;
const BATCH_VALUES = 4 * 2 ** 20;
const MAX_COLUMNS = 16_384;

/** An array read as columns: rows along the first dimension, all others flattened. */
interface NpyArray {
  readonly bytes: Bytes;
  readonly header: NpyHeader;
  readonly rows: number;
  readonly names: readonly string[];
}

/**
 * Opens one NPY array. One dimension is one column `c0`; more are `c0`, `c1`, … along the flattened other dimensions.
 * Errors: SourceError for complex, structured, object and truncated arrays.
 */
export async function openNpy(bytes: Bytes): Promise<Source> {
  try {
    const notes: string[] = [];
    const array = await openArray(bytes, (k) => `c${k}`, notes);
    return new NpySource(bytes, 'npy', [array], notes);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
}

/**
 * Opens the arrays of an NPZ archive side by side: a one-dimensional array is a column of its name, others are
 * `name.c0`, `name.c1`, …. Arrays of another length than the first, and those that cannot be read, are left out with a
 * note. Errors: SourceError when none can be read, or when the archive is damaged.
 */
export async function openNpz(bytes: Bytes): Promise<Source> {
  try {
    const notes: string[] = [];
    const arrays: NpyArray[] = [];
    for (const entry of await openZip(bytes)) {
      const array = await openEntry(entry, notes);
      if (!array) continue;
      if (arrays.length > 0 && array.rows !== arrays[0].rows) {
        notes.push(
          `array ${entry.name}: ${array.rows} rows where the first array has ${arrays[0].rows}, not read`,
        );
      } else arrays.push(array);
    }
    if (arrays.length === 0)
      throw sourceError(
        bytes.name,
        `no array of this archive can be read (${notes.join('; ') || 'it has none'})`,
      );
    return new NpySource(bytes, 'npz', arrays, notes);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
}

async function openEntry(entry: ArrayEntry, notes: string[]): Promise<NpyArray | undefined> {
  const { name } = entry;
  try {
    const bytes = await entry.open();
    const { shape } = await readNpyHeader(bytes);
    return await openArray(bytes, (k) => (shape.length < 2 ? name : `${name}.c${k}`), notes);
  } catch (error) {
    notes.push(`array ${name}: ${error instanceof Error ? error.message : error}, not read`);
    return undefined;
  }
}

async function openArray(
  bytes: Bytes,
  columnName: (k: number) => string,
  notes: string[],
): Promise<NpyArray> {
  const header = await readNpyHeader(bytes);
  const { shape } = header;
  const rows = shape[0] ?? 1;
  const columns = shape.slice(1).reduce((product, size) => product * size, 1);
  if (columns > MAX_COLUMNS)
    throw new Error(`an array of ${columns} columns (at most ${MAX_COLUMNS} can be read)`);
  if (shape.length > 2) notes.push(`shape ${shape.join(' × ')} read as ${rows} rows of ${columns} columns`);
  return { bytes, header, rows, names: Array.from({ length: columns }, (_, k) => columnName(k)) };
}

class NpySource implements Source {
  readonly name: string;
  readonly format: Format;
  readonly schema: Schema;
  readonly byteLength: number;
  readonly rows: number;
  readonly parts: number;
  readonly notes: string[];
  readonly #arrays: readonly NpyArray[];
  readonly #batchRows: number;
  readonly #rounded = new Set<string>();

  constructor(bytes: Bytes, format: 'npy' | 'npz', arrays: readonly NpyArray[], notes: string[]) {
    this.name = bytes.name;
    this.format = format;
    this.byteLength = bytes.size;
    this.notes = notes;
    this.#arrays = arrays;
    this.rows = arrays[0].rows;
    this.schema = arrays.flatMap(({ names, header: { dtype } }) =>
      names.map((name) => ({ name, type: dtype.type, declared: dtype.declared })),
    );
    if (this.schema.length === 0) throw sourceError(bytes.name, 'an array without columns');
    this.#batchRows = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_VALUES / this.schema.length)));
    this.parts = Math.max(1, Math.ceil(this.rows / this.#batchRows));
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const { columns, parts: [from, to] = [0, this.parts], signal, onProgress } = options;
    const wanted = columns && new Set(columns);
    const progress = { bytes: 0, rows: 0 };
    try {
      for (let part = Math.max(0, from); part < Math.min(to, this.parts); part++) {
        const start = part * this.#batchRows;
        const end = Math.min(this.rows, start + this.#batchRows);
        if (start === end) continue;
        const batch = new Map<string, Column>();
        for (const array of this.#arrays) {
          throwIfAborted(signal);
          await this.#readRows(array, start, end, wanted, batch);
        }
        progress.rows += end - start;
        progress.bytes += Math.round((this.byteLength * (end - start)) / this.rows);
        onProgress?.({ ...progress });
        yield { rows: end - start, columns: batch };
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
    if (wanted && !names.some((name) => wanted.has(name))) return;
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
