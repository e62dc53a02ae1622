// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column } from '../../columns/column.js';
import type { Schema } from '../../columns/schema.js';
import { uniqueNames } from '../names.js';
import type { Bytes, ReadOptions, Source } from '../source.js';
import { asSourceError, sourceError, throwIfAborted } from '../source-error.js';
import { ArrowBody } from './body.js';
import { ArrowDictionaries } from './dictionaries.js';
import { placeLeaves } from './layout.js';
import { LeafReader } from './leaf-reader.js';
import { type ArrowMessages, readMessages } from './messages.js';
import { columnType } from './schema.js';

/** Rows of a batch; a record batch may hold many more. */
const BATCH_ROWS = 65_536;

/**
 * Opens Arrow IPC data: a file (Feather 2 is the same) or a stream. Only headers are read. Record batches are the parts.
 * Plain structs become columns "a.b"; lists, maps, unions and run-end encoded columns are left out with a note. Floats
 * are views of the bytes where they lie aligned and hold no null. Errors: SourceError for damaged or truncated data.
 */
export async function openArrow(bytes: Bytes): Promise<Source> {
  try {
    const messages = await readMessages(bytes);
    const { leaves, unread } = placeLeaves(messages.fields, { variadic: [], unionsHaveValidity: false });
    const notes = unread.map(({ name, why }) => `column ${name}: ${why}, not read`);
    for (const { name, field } of leaves) {
      if (columnType(field)?.declared === 'bytes')
        notes.push(`column ${name}: bytes without a text type, read as UTF-8`);
    }
    if (leaves.length === 0) {
      throw sourceError(
        bytes.name,
        `no column of this Arrow data can be read (${notes.join('; ') || 'it has none'})`,
      );
    }
    const names = uniqueNames(
      leaves.map((leaf) => leaf.name),
      notes,
    );
    const schema = leaves.map((leaf, i) => ({ name: names[i], ...columnType(leaf.field)! }));
    return new ArrowSource(bytes, messages, schema, notes);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
}

class ArrowSource implements Source {
  readonly format = 'arrow';
  readonly name: string;
  readonly byteLength: number;
  readonly schema: Schema;
  readonly rows: number;
  readonly parts: number;
  readonly notes: string[];
  readonly #bytes: Bytes;
  readonly #messages: ArrowMessages;
  readonly #dictionaries: ArrowDictionaries;
  readonly #rounded = new Set<string>();

  constructor(bytes: Bytes, messages: ArrowMessages, schema: Schema, notes: string[]) {
    this.#bytes = bytes;
    this.#messages = messages;
    this.#dictionaries = new ArrowDictionaries(bytes, messages);
    this.name = bytes.name;
    this.byteLength = bytes.size;
    this.schema = schema;
    this.rows = messages.batches.reduce((sum, batch) => sum + batch.rows, 0);
    this.parts = Math.max(1, messages.batches.length);
    this.notes = notes;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const { columns, parts: [from, to] = [0, this.parts], signal, onProgress } = options;
    const wanted = columns && new Set(columns);
    const progress = { bytes: 0, rows: 0 };
    let place = '';
    try {
      for (let part = Math.max(0, from); part < Math.min(to, this.#messages.batches.length); part++) {
        const layout = this.#messages.batches[part];
        const body = new ArrowBody(this.#bytes, layout);
        const readers: { name: string; reader: LeafReader }[] = [];
        for (const [i, leaf] of placeLeaves(this.#messages.fields, layout).leaves.entries()) {
          const { name } = this.schema[i];
          if (wanted && !wanted.has(name)) continue;
          place = `record batch ${part + 1}, column ${name}: `;
          const dictionary = await this.#dictionaries.forBatch(part, leaf.field);
          readers.push({ name, reader: new LeafReader(leaf, layout, body, dictionary) });
        }
        const before = progress.bytes;
        for (let row = 0; row < layout.rows; row += BATCH_ROWS) {
          const end = Math.min(row + BATCH_ROWS, layout.rows);
          const batch = new Map<string, Column>();
          for (const { name, reader } of readers) {
            throwIfAborted(signal);
            place = `record batch ${part + 1}, column ${name}: `;
            batch.set(name, await reader.read(row, end));
            if (reader.rounded) this.#noteRounded(name);
          }
          progress.rows += end - row;
          progress.bytes = before + Math.round((layout.bodyLength * end) / layout.rows);
          onProgress?.({ ...progress });
          yield { rows: end - row, columns: batch };
        }
      }
    } catch (error) {
      throw asSourceError(this.name, error, place);
    }
  }

  #noteRounded(name: string): void {
    if (this.#rounded.has(name)) return;
    this.#rounded.add(name);
    this.notes.push(`column ${name}: integers beyond 2^53 were rounded`);
  }
}
