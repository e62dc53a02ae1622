// SPDX-License-Identifier: Apache-2.0
import { crc32 } from '../crc32.js';
import type { Bytes } from '../source.js';
import type { Unpack } from './codecs.js';
import type { ColumnChunk } from './metadata.js';
import { numberField, requiredNumber, structField, ThriftReader } from './thrift.js';

/** One page, unpacked: its definition levels and its values lie in `bytes`. */
export interface Page {
  readonly dictionary: boolean;
  readonly bytes: Uint8Array;
  /** Values with nulls, or entries of a dictionary. */
  readonly values: number;
  readonly encoding: number;
  /** Where the run-length levels lie; both 0 when the leaf is required. */
  readonly levelsStart: number;
  readonly levelsEnd: number;
  readonly valuesStart: number;
  /** Where the repetition levels lie; both 0 when the leaf is not repeated. */
  readonly repetitionStart: number;
  readonly repetitionEnd: number;
}

const RLE = 3;
/** Bytes fetched at once, so that small pages do not each cost a read. */
const WINDOW = 512 * 1024;
const MAX_HEADER = 16 * 1024 * 1024;

/** The pages of one column chunk in order; at most one window of the file and one page are in memory. */
export class PageReader {
  readonly #file: Bytes;
  readonly #chunk: ColumnChunk;
  readonly #unpack: Unpack;
  readonly #nullable: boolean;
  readonly #repeated: boolean;
  #pos: number;
  #window: Uint8Array = new Uint8Array(0);
  #windowStart = 0;

  constructor(file: Bytes, chunk: ColumnChunk, unpack: Unpack, nullable: boolean, repeated = false) {
    this.#file = file;
    this.#chunk = chunk;
    this.#unpack = unpack;
    this.#nullable = nullable;
    this.#repeated = repeated;
    this.#pos = chunk.start;
  }

  /** Bytes of the chunk behind the pages read so far. */
  get consumed(): number {
    return this.#pos - this.#chunk.start;
  }

  /** The next data or dictionary page; undefined after the last. */
  async next(): Promise<Page | undefined> {
    while (this.#pos < this.#chunk.end) {
      const page = await this.#page();
      if (page) return page;
    }
    return undefined;
  }

  async #page(): Promise<Page | undefined> {
    const { header, length } = await this.#header();
    this.#pos += length;
    const packed = requiredNumber(header, 3, 'size of a page');
    const unpacked = requiredNumber(header, 2, 'unpacked size of a page');
    if (packed < 0 || unpacked < 0 || packed > this.#chunk.end - this.#pos) {
      throw new Error(`a page of ${packed} bytes does not fit into its column chunk`);
    }
    const body = await this.#take(packed);
    this.#pos += packed;
    const stated = numberField(header, 4);
    if (stated !== undefined && crc32(body) !== stated >>> 0)
      throw new Error('a page does not match its checksum');
    const type = requiredNumber(header, 1, 'type of a page');
    if (type === 0) return this.#dataPage(header, body, unpacked);
    if (type === 2) return this.#dictionaryPage(header, body, unpacked);
    if (type === 3) return this.#dataPageV2(header, body, unpacked);
    return undefined; // index pages, and whatever comes to be: the format lets readers skip them
  }

  async #header() {
    for (let size = 256; ; size *= 8) {
      const bytes = await this.#take(Math.min(size, this.#chunk.end - this.#pos));
      try {
        const reader = new ThriftReader(bytes);
        const header = reader.struct();
        return { header, length: reader.offset };
      } catch (error) {
        // statistics in a header can be long: try again with more bytes, if there are more
        if (bytes.length >= this.#chunk.end - this.#pos || size > MAX_HEADER) throw error;
      }
    }
  }

  #dataPage(header: Header, body: Uint8Array, unpacked: number): Page {
    const head = structField(header, 5);
    if (!head) throw new Error('a data page has no header');
    const bytes = this.#unpack(body, unpacked);
    const repetition = this.#repeated ? levelsAt(bytes, 0, numberField(head, 4)) : NOWHERE;
    const levels = this.#nullable ? levelsAt(bytes, repetition.end, numberField(head, 3)) : NOWHERE;
    return {
      dictionary: false,
      bytes,
      values: valueCount(requiredNumber(head, 1, 'value count of a page')),
      encoding: requiredNumber(head, 2, 'encoding of a page'),
      levelsStart: levels.start,
      levelsEnd: levels.end,
      valuesStart: levels.end,
      repetitionStart: repetition.start,
      repetitionEnd: repetition.end,
    };
  }

  #dataPageV2(header: Header, body: Uint8Array, unpacked: number): Page {
    const head = structField(header, 8);
    if (!head) throw new Error('a data page has no header');
    const levels = requiredNumber(head, 5, 'length of definition levels');
    const repetition = requiredNumber(head, 6, 'length of repetition levels');
    if (levels < 0 || repetition < 0 || levels + repetition > Math.min(body.length, unpacked)) {
      throw new Error('a page is shorter than its levels');
    }
    const before = levels + repetition;
    let bytes = body;
    // a page of nulls only may hold no data at all, not even an empty compressed block
    if (head.get(7) !== false && body.length > before) {
      const values = this.#unpack(body.subarray(before), unpacked - before);
      bytes = new Uint8Array(unpacked);
      bytes.set(body.subarray(0, before));
      bytes.set(values, before);
    }
    return {
      dictionary: false,
      bytes,
      values: valueCount(requiredNumber(head, 1, 'value count of a page')),
      encoding: requiredNumber(head, 4, 'encoding of a page'),
      levelsStart: repetition,
      levelsEnd: before,
      valuesStart: before,
      repetitionStart: 0,
      repetitionEnd: repetition,
    };
  }

  #dictionaryPage(header: Header, body: Uint8Array, unpacked: number): Page {
    const head = structField(header, 7);
    if (!head) throw new Error('a dictionary page has no header');
    const values = valueCount(requiredNumber(head, 1, 'value count of a dictionary'));
    const bytes = this.#unpack(body, unpacked);
    const nowhere = { levelsStart: 0, levelsEnd: 0, valuesStart: 0, repetitionStart: 0, repetitionEnd: 0 };
    return { dictionary: true, bytes, values, encoding: 0, ...nowhere };
  }

  /** `length` bytes from the current position. */
  async #take(length: number): Promise<Uint8Array> {
    const offset = this.#pos - this.#windowStart;
    if (offset + length > this.#window.length) {
      const end = Math.min(this.#chunk.end, this.#pos + Math.max(length, WINDOW));
      this.#window = await this.#file.slice(this.#pos, end);
      this.#windowStart = this.#pos;
      if (this.#window.length < length) throw new Error('the file ends within a page');
      return this.#window.subarray(0, length);
    }
    return this.#window.subarray(offset, offset + length);
  }
}

type Header = ReturnType<ThriftReader['struct']>;

const NOWHERE = { start: 0, end: 0 };

/** Levels of a page of version 1, which begin with their length. */
function levelsAt(
  bytes: Uint8Array,
  from: number,
  encoding: number | undefined,
): { start: number; end: number } {
  if (encoding !== RLE) throw new Error('bit-packed levels of old writers are not supported');
  if (bytes.length < from + 4) throw new Error('a page is shorter than its levels');
  const start = from + 4;
  const end = start + new DataView(bytes.buffer, bytes.byteOffset).getUint32(from, true);
  if (end > bytes.length) throw new Error('a page is shorter than its levels');
  return { start, end };
}

function valueCount(count: number): number {
  if (count < 0) throw new Error(`a page states ${count} values`);
  return count;
}
