// SPDX-License-Identifier: Apache-2.0
import { type Column, NULL, NULL_CODE } from '../../columns/column.js';
import type { Bytes } from '../source.js';
import { StringCodes } from '../string-codes.js';
import type { Unpack } from './codecs.js';
import { HybridDecoder } from './hybrid.js';
import type { Leaf } from './leaves.js';
import { countPresent, presentAmong } from './levels.js';
import type { ColumnChunk } from './metadata.js';
import type { NumberValues } from './number-values.js';
import { decodeDictionary, numberValues, type PageDictionary, stringValues } from './page-decoders.js';
import { PageReader } from './pages.js';
import { type StringValues, textDecoder } from './string-values.js';

/** One leaf of one row group, read a few rows at a time across its pages. */
export class ColumnReader {
  readonly #leaf: Leaf;
  readonly #pages: PageReader;
  readonly #rows: number;
  #dictionary: PageDictionary | undefined;
  #seen = 0;
  /** Values of the current page that are not yet taken. */
  #left = 0;
  #levels: HybridDecoder | undefined;
  #numbers: NumberValues | undefined;
  #strings: StringValues | undefined;
  #levelScratch = new Uint8Array(0);
  rounded = false;

  /** `rows` is the row group's count: a flat column has as many values. */
  constructor(file: Bytes, chunk: ColumnChunk, leaf: Leaf, unpack: Unpack, rows: number) {
    this.#leaf = leaf;
    this.#rows = rows;
    this.#pages = new PageReader(file, chunk, unpack, leaf.maxDefinition > 0);
  }

  get consumedBytes(): number {
    return this.#pages.consumed;
  }

  /** The next `count` rows as a column of fresh arrays. */
  async read(count: number): Promise<Column> {
    return this.#leaf.type === 'string'
      ? this.#readStrings(count)
      : this.#readNumbers(count, this.#leaf.type);
  }

  async #readNumbers(count: number, type: 'number' | 'boolean' | 'time'): Promise<Column> {
    const values = this.#leaf.encoding.to === 'float' ? new Float32Array(count) : new Float64Array(count);
    if (this.#leaf.encoding.to === 'nothing') {
      return { type, values: values.fill(Number.NaN), status: new Uint8Array(count).fill(NULL) };
    }
    let status: Uint8Array | null = null;
    for (let at = 0; at < count; ) {
      if (this.#left === 0) await this.#nextPage();
      const step = Math.min(this.#left, count - at);
      const present = this.#presentIn(step);
      this.#numbers?.read(values, at, present);
      if (present < step) {
        status ??= new Uint8Array(count);
        this.#spreadNumbers(values, status, at, step, present);
      }
      at += step;
      this.#left -= step;
    }
    if (this.#numbers?.rounded) this.rounded = true;
    return { type, values, status };
  }

  async #readStrings(count: number): Promise<Column> {
    const codes = new Int32Array(count);
    // codes of the dictionary page need no lookup; stored strings get a dictionary of this piece alone
    let own: StringCodes | undefined;
    let indexed = false;
    for (let at = 0; at < count; ) {
      if (this.#left === 0) await this.#nextPage();
      const strings = this.#strings;
      const step = Math.min(this.#left, count - at);
      const present = this.#presentIn(step);
      if (strings?.indexed) indexed = true;
      else if (present > 0)
        own ??= new StringCodes(textDecoder(this.#leaf.encoding), this.#dictionary?.strings);
      strings?.read(codes, at, present, own);
      if (present < step) this.#spreadCodes(codes, at, step, present);
      at += step;
      this.#left -= step;
    }
    const dictionary = own ? own.dictionary : indexed ? (this.#dictionary?.strings ?? []) : [];
    return { type: 'string', codes, dictionary };
  }

  async #nextPage(): Promise<void> {
    for (;;) {
      const page = await this.#pages.next();
      if (!page) throw new Error(`it ends after ${this.#seen} of ${this.#rows} values`);
      if (page.dictionary) {
        if (this.#dictionary || this.#seen > 0) throw new Error('it has a second dictionary');
        this.#dictionary = decodeDictionary(page.bytes, page.values, this.#leaf);
        continue;
      }
      if (page.values === 0) continue;
      this.#seen += page.values;
      if (this.#seen > this.#rows) throw new Error('it has more values than its row group has rows');
      this.#left = page.values;
      const { maxDefinition } = this.#leaf;
      const width = 32 - Math.clz32(maxDefinition);
      this.#levels =
        maxDefinition > 0
          ? new HybridDecoder(page.bytes, page.levelsStart, page.levelsEnd, width)
          : undefined;
      // split streams and all-null pages need the count before the first value
      const present = this.#levels
        ? countPresent(
            new HybridDecoder(page.bytes, page.levelsStart, page.levelsEnd, width),
            maxDefinition,
            page.values,
            this.#scratch(Math.min(page.values, 65_536)),
          )
        : page.values;
      const args = [
        page.bytes,
        page.valuesStart,
        page.bytes.length,
        page.encoding,
        this.#leaf,
        this.#dictionary,
        present,
      ] as const;
      if (this.#numbers?.rounded) this.rounded = true;
      this.#numbers = undefined;
      this.#strings = undefined;
      // a page of nulls only may hold no values at all, not even their header
      if (present === 0) return;
      if (this.#leaf.type === 'string') this.#strings = stringValues(...args);
      else if (this.#leaf.encoding.to !== 'nothing') this.#numbers = numberValues(...args);
      return;
    }
  }

  /** Reads the levels of the next `step` rows into the scratch; returns how many of them are present. */
  #presentIn(step: number): number {
    if (!this.#levels) return step;
    const run = this.#levels.skipRunOf(this.#leaf.maxDefinition, step);
    if (run === step) return step;
    const levels = this.#scratch(step);
    levels.fill(this.#leaf.maxDefinition, 0, run);
    this.#levels.read(levels, run, step - run);
    return presentAmong(levels, this.#leaf.maxDefinition, step);
  }

  /** Moves the `present` dense values to their rows, from the end so that none is overwritten. */
  #spreadNumbers(
    values: Float32Array | Float64Array,
    status: Uint8Array,
    at: number,
    step: number,
    present: number,
  ): void {
    const levels = this.#levelScratch;
    const max = this.#leaf.maxDefinition;
    let from = at + present;
    for (let i = step - 1; i >= 0; i--) {
      if (levels[i] === max) {
        values[at + i] = values[--from];
      } else {
        values[at + i] = Number.NaN;
        status[at + i] = NULL;
      }
    }
  }

  #spreadCodes(codes: Int32Array, at: number, step: number, present: number): void {
    const levels = this.#levelScratch;
    const max = this.#leaf.maxDefinition;
    let from = at + present;
    for (let i = step - 1; i >= 0; i--) codes[at + i] = levels[i] === max ? codes[--from] : NULL_CODE;
  }

  #scratch(size: number): Uint8Array {
    if (this.#levelScratch.length < size) this.#levelScratch = new Uint8Array(size);
    return this.#levelScratch;
  }
}
