// SPDX-License-Identifier: Apache-2.0
import type { Bytes } from '../source.js';
import { FlatTable, safeInt64 } from './flatbuffer.js';
import { type ArrowField, readSchema } from './schema.js';

/** A record batch as its message describes it; offsets of buffers are within the body. */
export interface BatchLayout {
  readonly rows: number;
  readonly nodes: readonly { readonly length: number; readonly nulls: number }[];
  readonly buffers: readonly { readonly offset: number; readonly length: number }[];
  readonly compression: 'lz4' | 'zstd' | undefined;
  readonly variadic: readonly number[];
  /** Unions had a validity bitmap before version 5. */
  readonly unionsHaveValidity: boolean;
  /** Where the body lies in the file. */
  readonly bodyStart: number;
  readonly bodyLength: number;
}

export interface DictionaryLayout extends BatchLayout {
  readonly id: number;
  readonly delta: boolean;
}

export interface ArrowMessages {
  readonly fields: readonly ArrowField[];
  readonly batches: readonly BatchLayout[];
  readonly dictionaries: readonly DictionaryLayout[];
  /** For each batch, how many of `dictionaries` came before it. */
  readonly dictionariesBefore: readonly number[];
}

const SCHEMA = 1;
const DICTIONARY = 2;
const RECORD = 3;
const V4 = 3;
const V5 = 4;
const WINDOW = 8192;
const MAX_METADATA = 256 * 2 ** 20;

/** Finds all messages of an Arrow file (by its footer) or stream (one after the other). Bodies are not read. */
export async function readMessages(bytes: Bytes): Promise<ArrowMessages> {
  const head = await bytes.slice(0, Math.min(8, bytes.size));
  const isFile = new TextDecoder().decode(head.subarray(0, 6)) === 'ARROW1';
  return isFile ? readFile(bytes) : readStream(bytes);
}

async function readFile(bytes: Bytes): Promise<ArrowMessages> {
  const tail = await bytes.slice(Math.max(0, bytes.size - 10), bytes.size);
  if (bytes.size < 26 || new TextDecoder().decode(tail.subarray(4)) !== 'ARROW1') {
    throw new Error('the Arrow file is truncated: it does not end with ARROW1');
  }
  const length = new DataView(tail.buffer, tail.byteOffset).getInt32(0, true);
  if (length <= 0 || length > bytes.size - 18 || length > MAX_METADATA) {
    throw new Error(`the Arrow footer states ${length} bytes in a file of ${bytes.size}`);
  }
  const footer = FlatTable.root(await bytes.slice(bytes.size - 10 - length, bytes.size - 10));
  const schema = footer.table(1);
  if (!schema) throw new Error('the Arrow footer has no schema');
  const reader = new MessageReader(bytes);
  const messages = async (field: number) => {
    const { start, length: count, view } = footer.vector(field, 24);
    const found: { offset: number; message: Message }[] = [];
    for (let i = 0; i < count; i++) {
      const offset = safeInt64(view, start + 24 * i);
      const message = await reader.at(offset);
      if (!message) throw new Error('the Arrow footer points to a message that is not there');
      found.push({ offset, message });
    }
    return found;
  };
  const dictionaries = await messages(2);
  const batches = await messages(3);
  return {
    fields: readSchema(schema),
    dictionaries: dictionaries.map(({ message }) => dictionaryLayout(message)),
    batches: batches.map(({ message }) => recordLayout(message)),
    // a file's dictionaries hold for all of it, in whatever order they lie
    dictionariesBefore: batches.map(() => dictionaries.length),
  };
}

async function readStream(bytes: Bytes): Promise<ArrowMessages> {
  const reader = new MessageReader(bytes);
  const dictionaries: DictionaryLayout[] = [];
  const batches: BatchLayout[] = [];
  const dictionariesBefore: number[] = [];
  let fields: ArrowField[] | undefined;
  for (let offset = 0; offset < bytes.size; ) {
    const message = await reader.at(offset);
    if (!message) break;
    offset = message.bodyStart + message.bodyLength;
    if (message.type === SCHEMA) fields ??= readSchema(message.header);
    else if (message.type === DICTIONARY) dictionaries.push(dictionaryLayout(message));
    else if (message.type === RECORD) {
      batches.push(recordLayout(message));
      dictionariesBefore.push(dictionaries.length);
    }
  }
  if (!fields) throw new Error('the Arrow stream has no schema');
  return { fields, batches, dictionaries, dictionariesBefore };
}

interface Message {
  readonly type: number;
  readonly version: number;
  readonly header: FlatTable;
  readonly bodyStart: number;
  readonly bodyLength: number;
}

/** Reads message headers at given places, several from one fetch where they lie close together. */
class MessageReader {
  readonly #file: Bytes;
  #window: Uint8Array = new Uint8Array(0);
  #windowStart = 0;

  constructor(file: Bytes) {
    this.#file = file;
  }

  /** The message at `offset`; undefined at the end-of-stream mark. */
  async at(offset: number): Promise<Message | undefined> {
    if (offset < 0 || offset + 4 > this.#file.size) throw new Error('an Arrow message lies outside the file');
    const head = await this.#take(offset, Math.min(8, this.#file.size - offset));
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    // writers before 0.15 had no marker in front of the length
    const marked = view.getInt32(0, true) === -1;
    const length = marked ? view.getInt32(4, true) : view.getInt32(0, true);
    const start = offset + (marked ? 8 : 4);
    if (length === 0) return undefined;
    if (length < 0 || length > this.#file.size - start || length > MAX_METADATA) {
      throw new Error(
        `an Arrow message states ${length} bytes at ${offset} of ${this.#file.size}: the file is truncated or damaged`,
      );
    }
    const table = FlatTable.root(await this.#take(start, length));
    const version = table.int16(0);
    const bodyStart = start + length;
    const bodyLength = table.int64(3);
    if (version < V4) throw new Error('the Arrow data is of a version before 0.8, which is not supported');
    if (bodyLength < 0 || bodyLength > this.#file.size - bodyStart) {
      throw new Error(
        `an Arrow message states a body of ${bodyLength} bytes, the file ends after ${this.#file.size - bodyStart}: it is truncated`,
      );
    }
    const header = table.table(2);
    if (!header) throw new Error('an Arrow message has no header');
    return { type: table.uint8(1), version, header, bodyStart, bodyLength };
  }

  async #take(start: number, length: number): Promise<Uint8Array> {
    const from = start - this.#windowStart;
    if (from < 0 || from + length > this.#window.length) {
      this.#window = await this.#file.slice(
        start,
        Math.min(this.#file.size, start + Math.max(length, WINDOW)),
      );
      this.#windowStart = start;
      return this.#window.subarray(0, length);
    }
    return this.#window.subarray(from, from + length);
  }
}

function dictionaryLayout(message: Message): DictionaryLayout {
  const data = message.header.table(1);
  if (message.type !== DICTIONARY || !data) throw new Error('an Arrow dictionary has no data');
  return { ...batchLayout(data, message), id: message.header.int64(0), delta: message.header.uint8(2) !== 0 };
}

function recordLayout(message: Message): BatchLayout {
  if (message.type !== RECORD)
    throw new Error('the Arrow footer calls something a record batch that is none');
  return batchLayout(message.header, message);
}

function batchLayout(header: FlatTable, { bodyStart, bodyLength, version }: Message): BatchLayout {
  const rows = header.int64(0);
  if (rows < 0 || rows > 2 ** 31) throw new Error(`an Arrow record batch states ${rows} rows`);
  const nodes = header.vector(1, 16);
  const buffers = header.vector(2, 16);
  const variadic = header.vector(4, 8);
  const compression = header.table(3);
  const codec = compression?.uint8(0) ?? 0;
  if (compression && codec > 1)
    throw new Error(`the Arrow data is compressed with an unknown codec (${codec})`);
  const pair = ({ start, view }: typeof nodes, i: number) => [
    safeInt64(view, start + 16 * i),
    safeInt64(view, start + 16 * i + 8),
  ];
  return {
    rows,
    nodes: Array.from({ length: nodes.length }, (_, i) => {
      const [length, nulls] = pair(nodes, i);
      return { length, nulls };
    }),
    buffers: Array.from({ length: buffers.length }, (_, i) => {
      const [offset, length] = pair(buffers, i);
      if (offset < 0 || length < 0 || offset + length > bodyLength)
        throw new Error('an Arrow buffer lies outside its record batch');
      return { offset, length };
    }),
    variadic: Array.from({ length: variadic.length }, (_, i) =>
      safeInt64(variadic.view, variadic.start + 8 * i),
    ),
    compression: compression && (codec === 0 ? 'lz4' : 'zstd'),
    unionsHaveValidity: version < V5,
    bodyStart,
    bodyLength,
  };
}
