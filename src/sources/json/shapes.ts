// SPDX-License-Identifier: Apache-2.0
import { LEAST_GROUP, type VectorChoice } from '../../columns/vector.js';
import { isMarkedNumber } from './record-columns.js';
import type { JsonRecord } from './record-schema.js';
import { isRecord } from './record-source.js';

const MAX_COLUMNS = 20_000;
const MATRIX_SAMPLE = 1000;
/** Share of rows that hold nothing but numbers: a damaged row does not make columns of a matrix. */
const LEAST_PURE = 0.95;
const NO_TABLE = 'the JSON holds no table: an array of objects, or columns of equal length, is needed';

/**
 * The rows of a parsed JSON value, in whichever of the usual forms it holds a table; else the reason why it holds none.
 */
export function recordsOf(
  value: unknown,
  notes: string[],
  vectors?: VectorChoice,
): readonly unknown[] | string {
  if (Array.isArray(value)) return fromArray(value, vectors);
  if (!isRecord(value)) return `the JSON is a single ${value === null ? 'null' : typeof value}, no table`;
  const names = listOf(value.columns);
  const rows = listOf(value.data) ?? listOf(value.rows) ?? listOf(value.values);
  // pandas "split" and the like: names and rows apart
  if (names && rows?.every(Array.isArray)) return named(rows as unknown[][], names.map(columnName));
  if (isRecord(value.columns)) return fromColumns(value.columns) ?? NO_TABLE;
  const columns = fromColumns(value);
  if (columns) return columns;
  const lists = Object.entries(value).filter(([, member]) => Array.isArray(member) && member.some(isRecord));
  if (lists.length === 1) {
    notes.push(`rows taken from "${lists[0][0]}"`);
    return lists[0][1] as unknown[];
  }
  if (Object.values(value).every((member) => member === null || typeof member !== 'object')) return [value];
  return NO_TABLE;
}

function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function columnName(name: unknown): string {
  if (isRecord(name) && typeof name.name === 'string') return name.name;
  return Array.isArray(name) ? name.join('.') : String(name);
}

/** Rows as arrays, or bare values. */
function fromArray(rows: readonly unknown[], vectors: VectorChoice | undefined): readonly unknown[] | string {
  if (rows.length === 0) return 'the JSON array is empty';
  if (rows.some(isRecord)) return rows;
  if (!rows.every(Array.isArray)) return rows.map((value) => ({ c0: value }));
  const shape = shapeOfLists(rows as readonly (readonly unknown[])[], vectors);
  if (typeof shape === 'string') return shape;
  return (shape.header ? rows.slice(1) : rows).map(shape.record);
}

/** How rows that are lists become records. */
export interface ListShape {
  /** The first row holds the names of the columns. */
  readonly header: boolean;
  readonly record: (row: unknown) => JsonRecord;
}

/** What rows that are lists hold, from their first ones: vectors, or columns. A first row of texts above other rows is taken as names. */
export function shapeOfLists(
  lists: readonly (readonly unknown[])[],
  vectors: VectorChoice | undefined,
): ListShape | string {
  const isText = (row: readonly unknown[]) => row.length > 0 && row.every((cell) => typeof cell === 'string');
  const header = isText(lists[0]) && lists.length > 1 && lists.slice(1, 50).some((row) => !isText(row));
  if (!header && isMatrix(lists, vectors)) return { header, record: (embedding) => ({ embedding }) };
  const width = lists.reduce((most, row) => Math.max(most, row.length), 0);
  if (!header && width > MAX_COLUMNS)
    return `the JSON has rows of ${width} values, at most ${MAX_COLUMNS} can be read`;
  const names = header ? lists[0].map(String) : Array.from({ length: width }, (_, k) => `c${k}`);
  return { header, record: (row) => namedRow(Array.isArray(row) ? row : [], names) };
}

/** Rows of numbers alone, but for a few, that are vectors: at least 8 a row, or as asked. */
function isMatrix(rows: readonly (readonly unknown[])[], choice: VectorChoice | undefined): boolean {
  if (choice === 'columns') return false;
  const least = choice === 'group' ? 2 : LEAST_GROUP;
  const head = rows.slice(0, MATRIX_SAMPLE).filter((row) => row.length > 0);
  const isNumber = (cell: unknown) => typeof cell === 'number' || cell === null || isMarkedNumber(cell);
  const wide = head.filter((row) => row.length >= least).length;
  const pure = head.filter((row) => row.every(isNumber)).length;
  return 2 * wide > head.length && pure >= LEAST_PURE * head.length;
}

function named(rows: readonly (readonly unknown[])[], names: readonly string[]): JsonRecord[] {
  return rows.map((row) => namedRow(row, names));
}

function namedRow(row: readonly unknown[], names: readonly string[]): JsonRecord {
  return Object.fromEntries(names.map((name, k) => [name, row[k]]));
}

/** An object of lists of equal length, or of objects by row label (pandas' default form). */
function fromColumns(value: JsonRecord): readonly unknown[] | string | undefined {
  const entries = Object.entries(value);
  if (entries.length === 0) return NO_TABLE;
  if (entries.every(([, member]) => Array.isArray(member) && !member.some(isRecord))) {
    const lists = entries as [string, unknown[]][];
    const { length } = lists[0][1];
    if (lists.some(([, list]) => list.length !== length)) return 'the JSON has columns of different lengths';
    return Array.from({ length }, (_, i) => Object.fromEntries(lists.map(([name, list]) => [name, list[i]])));
  }
  if (
    entries.every(
      ([, member]) =>
        isRecord(member) && Object.values(member).every((cell) => typeof cell !== 'object' || cell === null),
    )
  ) {
    const columns = entries as [string, JsonRecord][];
    const labels = new Set(columns.flatMap(([, column]) => Object.keys(column)));
    return [...labels].map((label) =>
      Object.fromEntries(
        columns.map(([name, column]) => [name, Object.hasOwn(column, label) ? column[label] : null]),
      ),
    );
  }
  return undefined;
}
