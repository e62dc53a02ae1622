// SPDX-License-Identifier: Apache-2.0
import { NULL, RAGGED, type VectorColumn } from '../../columns/column.js';
import { blankMarked } from '../../columns/vector.js';
import type { Bytes } from '../source.js';
import type { Unpack } from './codecs.js';
import { HybridDecoder } from './hybrid.js';
import type { ListLeaf } from './leaves.js';
import { countPresent, presentAmong } from './levels.js';
import type { ColumnChunk } from './metadata.js';
import type { NumberValues } from './number-values.js';
import { decodeDictionary, numberValues, type PageDictionary } from './page-decoders.js';
import { PageReader } from './pages.js';

/** Entries decoded at a time: a row of any length costs no more. */
const PIECE = 65_536;
/** Elements of one list beyond which a file is refused: a few bytes can state billions. */
const MAX_LIST = 2 ** 20;
/** The length of a row that is no list. */
const NO_LIST = -1;

/** One column of lists of one row group, read a few rows at a time across its pages. */
export class VectorReader {
  readonly #leaf: ListLeaf;
  readonly #chunk: ColumnChunk;
  readonly #pages: PageReader;
  #dictionary: PageDictionary | undefined;
  #repetition: HybridDecoder | undefined;
  #definition: HybridDecoder | undefined;
  #numbers: NumberValues | undefined;
  /** Entries of all pages so far, and of the current page those that are not yet in the piece. */
  #seen = 0;
  #left = 0;
  /** The piece: levels of its entries, and the values of those that have one. */
  readonly #repeats = new Uint8Array(PIECE);
  readonly #levels = new Uint8Array(PIECE);
  readonly #values = new Float32Array(PIECE);
  #size = 0;
  #at = 0;
  #present = 0;
  #valueAt = 0;

  constructor(file: Bytes, chunk: ColumnChunk, leaf: ListLeaf, unpack: Unpack) {
    this.#leaf = leaf;
    this.#chunk = chunk;
    this.#pages = new PageReader(file, chunk, unpack, true, true);
  }

  get consumedBytes(): number {
    return this.#pages.consumed;
  }

  /** The next `count` rows as vectors of `dimension` numbers. */
  async read(count: number, dimension: number): Promise<VectorColumn> {
    const values = new Float32Array(count * dimension);
    const lengths = await this.#rows(count, values, dimension);
    let status: Uint8Array | null = null;
    for (let row = 0; row < count; row++) {
      if (lengths[row] === dimension) continue;
      status ??= new Uint8Array(count);
      status[row] = lengths[row] === NO_LIST ? NULL : RAGGED;
    }
    if (status) blankMarked(values, dimension, status);
    return { type: 'vector', dimension, values, status };
  }

  /** How long the next `count` lists are; −1 for a row that has none. */
  async lengths(count: number): Promise<Float64Array> {
    return this.#rows(count, new Float32Array(0), 0);
  }

  /** Lengths of the next `count` lists; the first `dimension` elements of each go to `out`. */
  async #rows(count: number, out: Float32Array, dimension: number): Promise<Float64Array> {
    const lengths = new Float64Array(count);
    let row = -1;
    for (;;) {
      if (this.#at === this.#size && !(await this.#fill())) break;
      if (this.#repeats[this.#at] === 0) {
        if (row + 1 === count) return lengths;
        row++;
      } else if (row < 0) throw new Error('it continues a list that never began');
      this.#take(row, lengths, out, dimension);
    }
    if (row + 1 < count) throw new Error(`it ends after ${this.#seen} of ${this.#chunk.values} values`);
    return lengths;
  }

  /** Takes the entries of the piece that belong to `row`: up to the next one that begins a row. */
  #take(row: number, lengths: Float64Array, out: Float32Array, dimension: number): void {
    const next = this.#repeats.subarray(0, this.#size).indexOf(0, this.#at + 1);
    const end = next < 0 ? this.#size : next;
    const { maxDefinition, elementDefinition } = this.#leaf;
    if (this.#levels[this.#at] < elementDefinition) {
      // one entry stands for a list without elements, or for none
      if (this.#repeats[this.#at] !== 0 || end !== this.#at + 1)
        throw new Error('a list has elements and none');
      lengths[row] = this.#levels[this.#at] === elementDefinition - 1 ? 0 : NO_LIST;
      this.#at = end;
      return;
    }
    const length = lengths[row];
    const entries = end - this.#at;
    if (length + entries > MAX_LIST) throw new Error(`it holds a list of more than ${MAX_LIST} numbers`);
    const kept = Math.max(0, Math.min(entries, dimension - length));
    const place = row * dimension + length;
    if (this.#present === this.#size) {
      if (kept > 0) out.set(this.#values.subarray(this.#valueAt, this.#valueAt + kept), place);
      this.#valueAt += entries;
    } else {
      for (let i = 0; i < entries; i++) {
        const level = this.#levels[this.#at + i];
        if (level < elementDefinition) throw new Error('a list has elements and none');
        const value = level === maxDefinition ? this.#values[this.#valueAt++] : Number.NaN;
        if (i < kept) out[place + i] = value;
      }
    }
    lengths[row] = length + entries;
    this.#at = end;
  }

  /** Decodes the next entries; false after the last. */
  async #fill(): Promise<boolean> {
    while (this.#left === 0) {
      if (this.#seen === this.#chunk.values) return false;
      await this.#nextPage();
    }
    const size = Math.min(PIECE, this.#left);
    const { maxDefinition } = this.#leaf;
    this.#repetition!.read(this.#repeats, 0, size);
    const run = this.#definition!.skipRunOf(maxDefinition, size);
    this.#levels.fill(maxDefinition, 0, run);
    if (run < size) this.#definition!.read(this.#levels, run, size - run);
    this.#present = run === size ? size : presentAmong(this.#levels, maxDefinition, size);
    this.#numbers?.read(this.#values, 0, this.#present);
    this.#left -= size;
    this.#size = size;
    this.#at = 0;
    this.#valueAt = 0;
    return true;
  }

  async #nextPage(): Promise<void> {
    const page = await this.#pages.next();
    if (!page) throw new Error(`it ends after ${this.#seen} of ${this.#chunk.values} values`);
    const { bytes } = page;
    if (page.dictionary) {
      if (this.#dictionary || this.#seen > 0) throw new Error('it has a second dictionary');
      this.#dictionary = decodeDictionary(bytes, page.values, this.#leaf);
      return;
    }
    this.#seen += page.values;
    if (this.#seen > this.#chunk.values) throw new Error('it has more values than its column chunk states');
    this.#left = page.values;
    if (page.values === 0) return;
    const { maxDefinition } = this.#leaf;
    const width = 32 - Math.clz32(maxDefinition);
    const definition = () => new HybridDecoder(bytes, page.levelsStart, page.levelsEnd, width);
    this.#repetition = new HybridDecoder(bytes, page.repetitionStart, page.repetitionEnd, 1);
    this.#definition = definition();
    const present = countPresent(definition(), maxDefinition, page.values, this.#levels);
    // a page of nulls only may hold no values at all, not even their header
    this.#numbers =
      present === 0
        ? undefined
        : numberValues(
            bytes,
            page.valuesStart,
            bytes.length,
            page.encoding,
            this.#leaf,
            this.#dictionary,
            present,
          );
  }
}
