// SPDX-License-Identifier: Apache-2.0
/** Takes the place of sources/open.ts in the standalone file for tables: vectors are left out where columns come in. */
import { columnGroups, groupName } from '../columns/column-groups.js';
import { DriftglassError } from '../errors.js';
import { type OpenOptions, openSource as openWhole } from '../sources/open.js';
import type { Bytes, Source } from '../sources/source.js';
import { ELSEWHERE, leftOut } from './left-out.js';

/**
 * The source without its vector columns and those that were to be grouped to vectors; a note names them.
 * Errors: also SourceError where nothing else is left.
 */
export async function openSource(files: readonly Bytes[], options: OpenOptions = {}): Promise<Source> {
  const { groups = [], ...others } = options;
  const source = await openWhole(files, others);
  const grouped = columnGroups(source.schema).filter(({ prefix }) => groups.includes(prefix));
  // Of texts with a list in each cell, too, those are embeddings that the caller says are.
  const vectors = source.schema
    .filter(({ name, type }) => type === 'vector' || (type === 'string' && groups.includes(name)))
    .map(({ name }) => name);
  if (vectors.length + grouped.length === 0) return source;
  const gone = new Set([...vectors, ...grouped.flatMap(({ names }) => names)]);
  const schema = source.schema.filter(({ name }) => !gone.has(name));
  if (schema.length === 0)
    throw new DriftglassError('SourceError', `${source.name}: holds embeddings alone, and ${ELSEWHERE}`);
  const names = schema.map(({ name }) => name);
  const known = new Set(names);
  const note = leftOut([...vectors, ...grouped.map(groupName)]);
  return {
    // What was sniffed of delimited text is shown to people whatever is wrapped around it.
    ...('dialect' in source ? { dialect: source.dialect } : {}),
    name: source.name,
    format: source.format,
    schema,
    byteLength: source.byteLength,
    rows: source.rows,
    parts: source.parts,
    get notes() {
      return [...source.notes, note];
    },
    read: ({ columns = names, ...rest } = {}) =>
      source.read({ ...rest, columns: columns.filter((name) => known.has(name)) }),
  };
}
