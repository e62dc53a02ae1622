// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../columns/batch.js';
import { type Column, NULL, UNPARSABLE, type VectorColumn } from '../columns/column.js';
import { columnGroups, type GroupMembers, groupName } from '../columns/column-groups.js';
import type { Field, Schema } from '../columns/schema.js';
import { vectorBatchRows } from '../columns/vector.js';
import { DriftglassError } from '../errors.js';
import { uniqueNames } from './names.js';
import { smallBatches } from './small-batches.js';
import type { ReadOptions, Source } from './source.js';

interface Grouped extends GroupMembers {
  readonly name: string;
}

export interface GroupOptions {
  /** Prefixes of the groups to take (`ColumnGroup.prefix`). */
  readonly groups?: readonly string[];
  /** A schema asked for (the reference's): a group whose name it has as a vector column is taken too. */
  readonly schema?: Schema;
}

/**
 * `source` with the number columns of accepted groups as one vector column each, named by the prefix without its last
 * separators, in place of the first of them; `source` itself when none is accepted. A row without a value in any of its
 * columns is null; one with a value that is not of the type is UNPARSABLE; a single missing value is NaN inside.
 * Errors: SourceError when a prefix stands for no group of the source.
 */
export function groupColumns(source: Source, { groups = [], schema = [] }: GroupOptions): Source {
  if (groups.length === 0 && !schema.some(({ type }) => type === 'vector')) return source;
  const offered = columnGroups(source.schema);
  const wanted = new Set(groups);
  for (const prefix of wanted) {
    if (!offered.some((group) => group.prefix === prefix)) {
      const known = offered.map(({ from, to }) => `${from} … ${to}`).join(', ');
      throw new DriftglassError(
        'SourceError',
        `${source.name}: no group of number columns begins with "${prefix}" (there ${known ? `is ${known}` : 'is none'})`,
      );
    }
  }
  const has = new Set(source.schema.map(({ name }) => name));
  const asked = new Set(schema.filter(({ type }) => type === 'vector').map(({ name }) => name));
  const accepted = offered.filter(
    (group) => wanted.has(group.prefix) || (asked.has(groupName(group)) && !has.has(groupName(group))),
  );
  return accepted.length === 0 ? source : new GroupedSource(source, accepted);
}

class GroupedSource implements Source {
  readonly name: string;
  readonly format;
  readonly byteLength: number;
  readonly rows: number | undefined;
  readonly parts: number;
  readonly schema: Schema;
  readonly #source: Source;
  readonly #groups: readonly Grouped[];
  readonly #notes: readonly string[];

  constructor(source: Source, accepted: readonly GroupMembers[]) {
    this.#source = source;
    const notes: string[] = [];
    const members = new Set(accepted.flatMap(({ names }) => names));
    const others = source.schema.filter(({ name }) => !members.has(name)).map(({ name }) => name);
    const names = uniqueNames([...others, ...accepted.map(groupName)], notes).slice(others.length);
    this.#groups = accepted.map((group, g) => ({ ...group, name: names[g] }));
    this.#notes = this.#groups.map(
      ({ name, from, to, dimension }) => `columns ${from} … ${to}: one vector of ${dimension}, ${name}`,
    );
    this.name = source.name;
    this.format = source.format;
    this.byteLength = source.byteLength;
    this.rows = source.rows;
    this.parts = source.parts;
    this.schema = groupedSchema(source.schema, this.#groups);
    // what was sniffed of delimited text is shown to people whatever is wrapped around it
    if ('dialect' in source) Object.assign(this, { dialect: source.dialect });
  }

  get notes(): readonly string[] {
    return [...this.#source.notes, ...this.#notes];
  }

  async *read(options: ReadOptions = {}): AsyncGenerator<Batch> {
    const { columns, batchRows = Number.POSITIVE_INFINITY, ...rest } = options;
    const wanted = columns && new Set(columns);
    const groups = this.#groups.filter(({ name }) => !wanted || wanted.has(name));
    const members = new Map(groups.map((group) => [group.name, group.names]));
    const inner = columns?.flatMap((name) => members.get(name) ?? [name]);
    const dimension = groups.reduce((sum, group) => sum + group.dimension, 0);
    // the columns of a wide group would take as much as their vectors do: they come in small batches too
    const step = Math.max(1, Math.min(batchRows, vectorBatchRows(dimension)));
    const small = { ...rest, batchRows: step, ...(inner && { columns: inner }) };
    for await (const batch of smallBatches(this.#source, small))
      yield groups.length === 0 ? batch : grouped(batch, groups);
  }
}

function groupedSchema(schema: Schema, groups: readonly Grouped[]): Schema {
  const groupOf = new Map(groups.flatMap((group) => group.names.map((name) => [name, group])));
  const told = new Set<Grouped>();
  return schema.flatMap((field): Field[] => {
    const group = groupOf.get(field.name);
    if (group === undefined) return [field];
    if (told.has(group)) return [];
    told.add(group);
    const { name, from, to, dimension } = group;
    return [{ name, type: 'vector', dimension, declared: `${from} … ${to}` }];
  });
}

function grouped(batch: Batch, groups: readonly Grouped[]): Batch {
  const columns = new Map(batch.columns);
  const vectors = new Map(batch.vectors);
  for (const { name, names } of groups) {
    vectors.set(
      name,
      interleaved(
        names.map((member) => batch.columns.get(member)),
        batch.rows,
      ),
    );
    for (const member of names) columns.delete(member);
  }
  return { rows: batch.rows, columns, vectors };
}

/** Columns side by side as rows of one vector column. */
function interleaved(columns: readonly (Column | undefined)[], rows: number): VectorColumn {
  const dimension = columns.length;
  const values = new Float32Array(rows * dimension).fill(Number.NaN);
  const missing = new Uint16Array(rows);
  const odd = new Uint8Array(rows);
  let marked = false;
  columns.forEach((column, k) => {
    if (column === undefined || column.type === 'string')
      throw new Error('a group without one of its columns');
    for (let row = 0, at = k; row < rows; row++, at += dimension) values[at] = column.values[row];
    const { status } = column;
    if (status === null) return;
    marked = true;
    for (let row = 0; row < rows; row++) {
      if (status[row] === NULL) missing[row]++;
      else if (status[row] !== 0) odd[row] = 1;
    }
  });
  if (!marked) return { type: 'vector', dimension, values, status: null };
  const status = new Uint8Array(rows);
  let any = false;
  for (let row = 0; row < rows; row++) {
    if (!odd[row] && missing[row] < dimension) continue;
    status[row] = odd[row] ? UNPARSABLE : NULL;
    any = true;
    values.fill(Number.NaN, row * dimension, (row + 1) * dimension);
  }
  return { type: 'vector', dimension, values, status: any ? status : null };
}
