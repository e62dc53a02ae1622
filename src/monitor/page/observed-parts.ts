// SPDX-License-Identifier: Apache-2.0
import type { Observed, ObservedColumns, ObservedMatrix, Value } from '../monitor.js';

export type Row = Readonly<Record<string, Value>>;

/** What an app handed over, by its shape. A string says why it has none. */
export type Parts =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | {
      readonly kind: 'parts';
      readonly parts: readonly (ObservedColumns | ObservedMatrix)[];
      readonly rows: number;
    };

/**
 * Tells the shapes apart and checks their lengths. Names and values are looked at later, by whoever copies them.
 * @returns a sentence with the feature and what was expected, where lengths contradict each other
 */
export function partsOf(observed: Observed): Parts | string {
  if (typeof observed !== 'object' || observed === null) return `${nameOf(observed)} is no row`;
  if (Array.isArray(observed)) {
    const wrong = observed.findIndex((row) => typeof row !== 'object' || row === null || isList(row));
    return wrong < 0
      ? { kind: 'rows', rows: observed }
      : `row ${wrong + 1} of ${observed.length} is ${nameOf(observed[wrong])}, expected an object of features`;
  }
  if (ArrayBuffer.isView(observed)) return 'a typed array alone has no names: expected { matrix, names }';
  if (isPart(observed)) return measured([observed]);
  const { parts } = observed as { parts?: unknown };
  if (Array.isArray(parts) && parts.length > 0 && parts.every((part) => typeof part === 'object')) {
    const wrong = parts.findIndex((part) => part === null || !isPart(part));
    if (wrong >= 0) return `part ${wrong + 1} of ${parts.length} has neither columns nor a matrix`;
    return measured(parts);
  }
  return { kind: 'rows', rows: [observed as Row] };
}

/** Rows of the parts that were looked at, −1 before any, and the feature that had them first. */
interface Agreed {
  rows: number;
  first: string;
}

function measured(parts: readonly (ObservedColumns | ObservedMatrix)[]): Parts | string {
  const agreed: Agreed = { rows: -1, first: '' };
  for (const part of parts) {
    const wrong = 'columns' in part ? columnsProblem(part, agreed) : matrixProblem(part, agreed);
    if (wrong !== '') return wrong;
  }
  return { kind: 'parts', parts, rows: Math.max(0, agreed.rows) };
}

function columnsProblem({ columns }: ObservedColumns, agreed: Agreed): string {
  for (const name in columns) {
    const length = columns[name]?.length;
    if (typeof length !== 'number')
      return `"${name}" is ${nameOf(columns[name])}, expected an array with one value a row`;
    if (length === 0 && isDetached(columns[name])) return gone(name);
    if (agreed.rows < 0) {
      agreed.rows = length;
      agreed.first = name;
    } else if (length !== agreed.rows)
      return `"${name}" has ${length} values, expected ${agreed.rows} as "${agreed.first}" has`;
  }
  return '';
}

function matrixProblem(part: ObservedMatrix, agreed: Agreed): string {
  const width = 'names' in part ? part.names.length : part.dimension;
  const name = 'names' in part ? part.names[0] : part.embedding;
  if (!(Number.isInteger(width) && width > 0))
    return 'names' in part
      ? 'a matrix without names: expected one for each of its columns'
      : `"${name}" has the dimension ${width}, expected a whole number above 0`;
  const length = part.matrix.length / width;
  if (length === 0 && isDetached(part.matrix)) return gone(name);
  if (!Number.isInteger(length))
    return `the matrix that begins with "${name}" has ${part.matrix.length} values, expected a multiple of ${width} (its ${'names' in part ? 'names' : 'dimension'})`;
  const { rows, first } = agreed;
  if (rows >= 0 && length !== rows)
    return `the matrix that begins with "${name}" has ${length} rows, expected ${rows}${first === '' ? '' : ` as "${first}" has`}`;
  agreed.rows = length;
  if (first === '') agreed.first = name;
  return '';
}

/** A row may well have a feature called "columns" or "matrix": only what is built as a part is one. */
function isPart(value: object): value is ObservedColumns | ObservedMatrix {
  const { columns, matrix, names, embedding } = value as Record<string, unknown>;
  if (typeof columns === 'object' && columns !== null) return !isList(columns) && !(columns instanceof Date);
  if (!isList(matrix)) return false;
  if (typeof embedding === 'string') return true;
  return isList(names) && (names.length === 0 || typeof names[0] === 'string');
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as ArrayLike<unknown>).length === 'number'
  );
}

/** Of a memory that was transferred, or of a WebAssembly that has grown since: it looks as if it had never held a value. */
function isDetached(values: unknown): boolean {
  if (!ArrayBuffer.isView(values)) return false;
  try {
    // Not every engine has `detached`, but none makes an array of such a memory. It is used: bundlers take out what is not.
    return new Uint8Array(values.buffer).length !== values.buffer.byteLength;
  } catch {
    return true;
  }
}

function gone(name: string | undefined): string {
  return `the array of "${name}" is detached: its memory was transferred, or has grown, before it was observed`;
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (isList(value)) return `an array of ${value.length}`;
  return `a ${typeof value}`;
}

/** Rows of what cannot be read as rows, as near as can be told; at least 1. */
export function roughCount(observed: unknown): number {
  if (Array.isArray(observed)) return Math.max(1, observed.length);
  const [part] = (observed as { parts?: unknown[] } | null)?.parts ?? [observed];
  const { columns, matrix, names, dimension } = Object(part) as Record<
    string,
    { length?: number } | undefined
  >;
  const lengths = Object.values(columns ?? {}).map((column) => Object(column).length);
  const width = names?.length || Number(dimension) || 1;
  const rows = Math.floor((matrix?.length ?? 0) / width);
  return Math.max(1, rows, ...lengths.filter(Number.isInteger));
}
