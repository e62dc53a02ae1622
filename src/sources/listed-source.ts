// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import {
  NULL,
  NULL_CODE,
  RAGGED,
  type StringColumn,
  UNPARSABLE,
  type VectorColumn,
} from '../columns/column.js';
import { numberList } from '../columns/number-list.js';
import type { Schema } from '../columns/schema.js';
import { blankMarked, vectorBatchRows } from '../columns/vector.js';
import type { GroupOptions } from './grouped-source.js';
import { smallBatches } from './small-batches.js';
import type { ReadOptions, Source } from './source.js';
import { sourceError } from './source-error.js';
import { listedTexts } from './text-lists.js';

/** Rows that are read to learn how long the lists are. */
const AHEAD = 1_024;

/**
 * `source` with the text columns that are named in `groups`, or that `schema` has as vectors, as vector columns of the same
 * names: each cell holds a list of numbers. A cell with a list of another length is RAGGED, one that holds none UNPARSABLE; notes count them.
 * Errors: SourceError with the row and the reason where a column of `groups` holds no such lists.
 */
export async function listColumns(
  source: Source,
  { groups = [], schema = [] }: GroupOptions,
): Promise<Source> {
  const asked = new Map(
    schema.flatMap(({ name, type, dimension }) => (type === 'vector' ? [[name, dimension]] : [])),
  );
  const names = source.schema
    .filter(({ name, type }) => type === 'string' && (groups.includes(name) || asked.has(name)))
    .map(({ name }) => name);
  if (names.length === 0) return source;
  const found = new Map<string, number>();
  for await (const { columns } of source.read({ columns: names, parts: [0, 1], batchRows: AHEAD })) {
    for (const name of names) {
      const column = columns.get(name) as StringColumn;
      const { texts, dimension } = listedTexts(column);
      // the reference's dimension helps where the sample tells nothing
      const taken = texts === 0 ? (asked.get(name) ?? dimension) : dimension;
      if (typeof taken === 'number') found.set(name, taken);
      else if (groups.includes(name))
        throw sourceError(source.name, `column ${name} cannot be read as vectors: ${taken}`);
    }
    break;
  }
  return found.size === 0 ? source : new ListedSource(source, found);
}

/** Cells that hold no vector: how many, and the first of them. */
interface Odd {
  count: number;
  first: string;
}

class ListedSource implements Source {
  readonly name: string;
  readonly format;
  readonly byteLength: number;
  readonly rows: number | undefined;
  readonly parts: number;
  readonly schema: Schema;
  readonly #source: Source;
  readonly #dimensions: ReadonlyMap<string, number>;
  /** What each read met, by its first part, so that reading again replaces it. */
  readonly #odd = new Map<number, Map<string, Odd>>();

  constructor(source: Source, dimensions: ReadonlyMap<string, number>) {
    this.#source = source;
    this.#dimensions = dimensions;
    this.name = source.name;
    this.format = source.format;
    this.byteLength = source.byteLength;
    this.rows = source.rows;
    this.parts = source.parts;
    this.schema = source.schema.map((field) => {
      const dimension = dimensions.get(field.name);
      return dimension === undefined
        ? field
        : { name: field.name, type: 'vector', dimension, declared: 'text: list of numbers' };
    });
    // what was sniffed of delimited text is shown to people whatever is wrapped around it
    if ('dialect' in source) Object.assign(this, { dialect: source.dialect });
  }

  get notes(): readonly string[] {
    const notes = [...this.#source.notes];
    for (const [name, dimension] of this.#dimensions)
      notes.push(`column ${name}: texts read as vectors of ${dimension}`);
    const totals = new Map<string, Odd>();
    for (const read of this.#odd.values()) {
      for (const [what, { count, first }] of read) {
        const total = totals.get(what) ?? { count: 0, first };
        totals.set(what, { ...total, count: total.count + count });
      }
    }
    for (const [what, { count, first }] of totals)
      notes.push(`${what}: ${count} ${count === 1 ? 'row' : 'rows'}, the first ${first}`);
    return notes;
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const { columns, parts: [from] = [0], batchRows = Number.POSITIVE_INFINITY } = options;
    const wanted = [...this.#dimensions].filter(([name]) => columns?.includes(name) ?? true);
    if (wanted.length === 0) {
      yield* this.#source.read(options);
      return;
    }
    const odd = new Map<string, Odd>();
    this.#odd.set(from, odd);
    const numbers = wanted.reduce((sum, [, dimension]) => sum + dimension, 0);
    const step = Math.max(1, Math.min(batchRows, vectorBatchRows(numbers)));
    let row = 0;
    for await (const batch of smallBatches(this.#source, { ...options, batchRows: step })) {
      const scalars = new Map(batch.columns);
      const vectors = new Map(batch.vectors);
      for (const [name, dimension] of wanted) {
        const texts = scalars.get(name) as StringColumn;
        scalars.delete(name);
        const place = (at: number) => `in row ${row + at + 1}${from > 0 ? ` from part ${from + 1} on` : ''}`;
        const tell = (what: string, at: number, reason: string): void => {
          const known = odd.get(`column ${name}: ${what}`);
          if (known) known.count++;
          else odd.set(`column ${name}: ${what}`, { count: 1, first: `${place(at)} (${reason})` });
        };
        vectors.set(name, vectorsOf(texts, dimension, tell));
      }
      row += batch.rows;
      yield { rows: batch.rows, columns: scalars, vectors };
    }
  }
}

function vectorsOf(
  { codes, dictionary }: StringColumn,
  dimension: number,
  tell: (what: string, row: number, reason: string) => void,
): VectorColumn {
  const values = new Float32Array(codes.length * dimension);
  const status = new Uint8Array(codes.length);
  codes.forEach((code, row) => {
    const list = code === NULL_CODE ? [] : numberList(dictionary[code]);
    if (code === NULL_CODE) status[row] = NULL;
    else if (typeof list === 'string') {
      status[row] = UNPARSABLE;
      tell('not a list of numbers', row, list);
    } else if (list.length !== dimension) {
      status[row] = RAGGED;
      tell('of another length', row, `${list.length} numbers`);
    } else values.set(list, row * dimension);
  });
  if (status.every((state) => state === 0)) return { type: 'vector', dimension, values, status: null };
  blankMarked(values, dimension, status);
  return { type: 'vector', dimension, values, status };
}
