// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { Column, VectorColumn } from '../../columns/column.js';
import type { Field, Schema } from '../../columns/schema.js';
import { vectorBatchRows } from '../../columns/vector.js';
import { messageOf } from '../../errors.js';
import { ListLengths } from '../list-lengths.js';
import { uniqueNames } from '../names.js';
import type { Bytes, ReadOptions, Source } from '../source.js';
import { asSourceError, sourceError, throwIfAborted } from '../source-error.js';
import { ArrowBody } from './body.js';
import { ArrowDictionaries } from './dictionaries.js';
import { type ArrowLeaf, type ArrowList, isList, placeLeaves } from './layout.js';
import { LeafReader } from './leaf-reader.js';
import { type ArrowMessages, readMessages } from './messages.js';
import { columnType, listWord } from './schema.js';
import { VectorReader } from './vector-reader.js';

/** Rows of a batch; a record batch may hold many more. */
const BATCH_ROWS = 65_536;
/** Record batches whose lists are looked at on opening. */
const SAMPLED_BATCHES = 8;

/**
 * Opens Arrow IPC data: a file (Feather 2 is the same) or a stream. Only headers are read. Record batches are the parts.
 * Plain structs become columns "a.b", lists of numbers vectors; other lists, maps, unions and run-end encoded columns are
 * left out with a note. Floats are views of the bytes where they lie aligned and hold no null. Errors: SourceError for
 * damaged or truncated data.
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
    const types: (Omit<Field, 'name'> | undefined)[] = [];
    for (const leaf of leaves) {
      const type = isList(leaf) ? await vectorType(bytes, messages, leaf) : columnType(leaf.field)!;
      types.push(typeof type === 'string' ? undefined : type);
      if (typeof type === 'string') notes.push(`column ${leaf.name}: ${type}, not read`);
      else if (isList(leaf) && leaf.item.field.values.kind === 'int')
        notes.push(`column ${leaf.name}: whole numbers (${type.declared}) read as floats of 32 bits`);
    }
    if (types.every((type) => type === undefined)) {
      throw sourceError(
        bytes.name,
        `no column of this Arrow data can be read (${notes.join('; ') || 'it has none'})`,
      );
    }
    const names = uniqueNames(
      leaves.map((leaf) => leaf.name),
      notes,
    );
    const fields = types.map((type, i) => type && { name: names[i], ...type });
    return new ArrowSource(bytes, messages, fields, notes);
  } catch (error) {
    throw asSourceError(bytes.name, error);
  }
}

/** Type and dimension of a column of lists; else why it is left out. */
async function vectorType(
  bytes: Bytes,
  messages: ArrowMessages,
  list: ArrowList,
): Promise<Omit<Field, 'name'> | string> {
  const found = list.size ?? (await usualLength(bytes, messages, list).catch(unreadable));
  if (typeof found === 'string') return found;
  return { type: 'vector', dimension: found, declared: listWord(list.field, found) };
}

function unreadable(error: unknown): string {
  return `a nested list that cannot be read (${messageOf(error)})`;
}

async function usualLength(
  bytes: Bytes,
  { batches }: ArrowMessages,
  list: ArrowList,
): Promise<number | string> {
  const lengths = new ListLengths();
  for (const layout of batches.slice(0, SAMPLED_BATCHES)) {
    await new VectorReader(list, layout, new ArrowBody(bytes, layout), 1).sample(lengths);
    if (lengths.enough) break;
  }
  return lengths.verdict();
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
  /** By the ordinal of their leaf; undefined where one is left out. */
  readonly #fields: readonly (Field | undefined)[];
  readonly #dictionaries: ArrowDictionaries;
  readonly #rounded = new Set<string>();

  constructor(
    bytes: Bytes,
    messages: ArrowMessages,
    fields: readonly (Field | undefined)[],
    notes: string[],
  ) {
    this.#bytes = bytes;
    this.#messages = messages;
    this.#dictionaries = new ArrowDictionaries(bytes, messages);
    this.name = bytes.name;
    this.byteLength = bytes.size;
    this.#fields = fields;
    this.schema = fields.filter((field) => field !== undefined);
    this.rows = messages.batches.reduce((sum, batch) => sum + batch.rows, 0);
    this.parts = Math.max(1, messages.batches.length);
    this.notes = notes;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const {
      columns,
      parts: [from, to] = [0, this.parts],
      batchRows = BATCH_ROWS,
      signal,
      onProgress,
    } = options;
    const wanted = columns && new Set(columns);
    const progress = { bytes: 0, rows: 0 };
    let place = '';
    try {
      for (let part = Math.max(0, from); part < Math.min(to, this.#messages.batches.length); part++) {
        const layout = this.#messages.batches[part];
        const body = new ArrowBody(this.#bytes, layout);
        const readers: { name: string; reader: LeafReader | VectorReader }[] = [];
        let numbers = 0;
        for (const [i, leaf] of placeLeaves(this.#messages.fields, layout).leaves.entries()) {
          const field = this.#fields[i];
          if (field === undefined || (wanted && !wanted.has(field.name))) continue;
          place = `record batch ${part + 1}, column ${field.name}: `;
          readers.push({ name: field.name, reader: await this.#reader(leaf, field, part, body) });
          numbers += field.dimension ?? 0;
        }
        const before = progress.bytes;
        const step = Math.min(batchRows, vectorBatchRows(numbers));
        for (let row = 0; row < layout.rows; row += step) {
          const end = Math.min(row + step, layout.rows);
          const batch = new Map<string, Column>();
          const vectors = new Map<string, VectorColumn>();
          for (const { name, reader } of readers) {
            throwIfAborted(signal);
            place = `record batch ${part + 1}, column ${name}: `;
            if (reader instanceof VectorReader) vectors.set(name, await reader.read(row, end));
            else {
              batch.set(name, await reader.read(row, end));
              if (reader.rounded) this.#noteRounded(name);
            }
          }
          progress.rows += end - row;
          progress.bytes = before + Math.round((layout.bodyLength * end) / layout.rows);
          onProgress?.({ ...progress });
          yield { rows: end - row, columns: batch, ...(vectors.size > 0 && { vectors }) };
        }
      }
    } catch (error) {
      throw asSourceError(this.name, error, place);
    }
  }

  async #reader(leaf: ArrowLeaf | ArrowList, field: Field, part: number, body: ArrowBody) {
    const layout = this.#messages.batches[part];
    if (isList(leaf)) return new VectorReader(leaf, layout, body, field.dimension ?? 1);
    return new LeafReader(leaf, layout, body, await this.#dictionaries.forBatch(part, leaf.field));
  }

  #noteRounded(name: string): void {
    if (this.#rounded.has(name)) return;
    this.#rounded.add(name);
    this.notes.push(`column ${name}: integers beyond 2^53 were rounded`);
  }
}
