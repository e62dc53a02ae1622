// SPDX-License-Identifier: Apache-2.0
import { inferFormat } from '../../columns/infer.js';
import type { Schema } from '../../columns/schema.js';
import { ListLengths } from '../list-lengths.js';
import { isMarkedNumber, type RecordField } from './record-columns.js';
import type { RecordVectorField } from './record-vectors.js';

/** A JSON object as a row. */
export type JsonRecord = Readonly<Record<string, unknown>>;

const MAX_COLUMNS = 20_000;
const SAMPLED_TEXTS = 1000;

interface Tally {
  numbers: number;
  booleans: number;
  nested: string | undefined;
  /** Lists of numbers alone, and all lists. */
  lengths: ListLengths;
  vectors: number;
  lists: number;
  texts: string[];
  strings: number;
}

/**
 * Calls `visit` for each value of a record by its column's name: members of objects one level down are "a.b".
 */
export function visitRecord(record: JsonRecord, visit: (name: string, value: unknown) => void): void {
  // parsed objects have no inherited members that a loop would meet, and for…in needs no list of keys
  for (const key in record) {
    const value = record[key];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) visit(key, value);
    else for (const inner in value) visit(`${key}.${inner}`, (value as JsonRecord)[inner]);
  }
}

/**
 * Columns of a sample of records, in the order of first sight, with types: numbers, truths, times where nearly all texts
 * read so, lists of numbers of one length as vectors, else text. `schema` gives the types that are asked for by name. What cannot be read is told in `notes`.
 */
export function inferRecordFields(
  sample: readonly JsonRecord[],
  schema: Schema | undefined,
  notes: string[],
): (RecordField | RecordVectorField)[] {
  const tallies = new Map<string, Tally>();
  let beyond = 0;
  const visit = (name: string, value: unknown) => {
    let tally = tallies.get(name);
    if (!tally) {
      if (tallies.size >= MAX_COLUMNS) {
        beyond++;
        return;
      }
      tally = {
        numbers: 0,
        booleans: 0,
        nested: undefined,
        lengths: new ListLengths(),
        vectors: 0,
        lists: 0,
        texts: [],
        strings: 0,
      };
      tallies.set(name, tally);
    }
    count(tally, value);
  };
  for (const record of sample) visitRecord(record, visit);
  if (beyond > 0) notes.push(`more than ${MAX_COLUMNS} different keys: the rest is not read`);
  const forced = new Map(schema?.map((field) => [field.name, field]));
  const fields: (RecordField | RecordVectorField)[] = [];
  for (const [name, tally] of tallies) {
    const field = fieldOf(name, tally, forced.get(name));
    if (typeof field === 'string') notes.push(`column ${name}: ${field}, not read`);
    else fields.push(field);
  }
  return fields;
}

function count(tally: Tally, value: unknown): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'number' || isMarkedNumber(value)) tally.numbers++;
  else if (typeof value === 'boolean') tally.booleans++;
  else if (typeof value === 'string') {
    tally.strings++;
    if (tally.texts.length < SAMPLED_TEXTS) tally.texts.push(value);
  } else if (Array.isArray(value)) {
    tally.lists++;
    const odd = value.find((item) => !isNumberOrNull(item));
    if (odd === undefined) {
      tally.vectors++;
      tally.lengths.add(value.length);
    } else
      tally.nested ??= `a nested list of ${typeof odd === 'object' ? 'nested values' : `${typeof odd}s`}`;
  } else tally.nested ??= 'a nested object';
}

function isNumberOrNull(value: unknown): boolean {
  return typeof value === 'number' || value === null || isMarkedNumber(value);
}

/** A column that holds nothing but lists, as vectors; or why it is none. The reference's dimension helps where the sample tells nothing. */
function vectorField(
  name: string,
  { lengths, vectors, lists, nested }: Tally,
  forced: Schema[number] | undefined,
): RecordVectorField | string {
  if (nested !== undefined && 2 * vectors <= lists) return nested;
  const asked = lengths.lists === 0 && forced?.type === 'vector' ? forced.dimension : undefined;
  const dimension = asked ?? lengths.verdict();
  if (typeof dimension === 'string') return dimension;
  return { name, type: 'vector', dimension, declared: 'list of numbers' };
}

function fieldOf(
  name: string,
  tally: Tally,
  forced: Schema[number] | undefined,
): RecordField | RecordVectorField | string {
  const { numbers, booleans, strings, texts, nested } = tally;
  const scalars = numbers + booleans + strings;
  if (scalars === 0 && (tally.lists > 0 || nested || forced?.type === 'vector'))
    return vectorField(name, tally, forced);
  const asked = forced?.type === 'vector' ? undefined : forced?.type;
  if (asked && asked !== 'time') return { name, type: asked, declared: asked, pattern: undefined };
  if (asked || (strings > 0 && strings === scalars)) {
    const options = asked && {
      type: asked,
      ...(forced?.declared !== undefined && { declared: forced.declared }),
    };
    const { format } = inferFormat(texts, options);
    if (format.type === 'time')
      return { name, type: 'time', declared: `time (${format.pattern})`, pattern: format.pattern };
  }
  const type = strings > 0 ? 'string' : numbers > 0 || booleans === 0 ? 'number' : 'boolean';
  return { name, type, declared: scalars === 0 ? 'null' : type, pattern: undefined };
}
