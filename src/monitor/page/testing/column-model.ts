import type { Value } from '../../monitor.js';

import type { Cell } from './cells-of-chunk.js';

/** The same by the rules, one cell at a time: a column has the type of its first value. */
export class ColumnModel {
  #types = new Map<string, string>();
  #rows: Record<string, Value>[] = [];

  add(row: Record<string, Value>): void {
    this.#rows.push(row);
    for (const [name, value] of Object.entries(row))
      if (value !== null && value !== undefined && !this.#types.has(name))
        this.#types.set(name, typeOf(value));
  }

  take(): Record<string, Cell[]> {
    const names = new Set(this.#rows.flatMap((row) => Object.keys(row)));
    const rows = this.#rows;
    this.#rows = [];
    return Object.fromEntries(
      [...names].map((name) => [
        name,
        rows.map((row) => cellOf(this.#types.get(name), Object.hasOwn(row, name) ? row[name] : null)),
      ]),
    );
  }
}

function typeOf(value: NonNullable<Value>): string {
  if (value instanceof Date) return 'time';
  return typeof value === 'object'
    ? `vector ${value.length}`
    : typeof value === 'bigint'
      ? 'number'
      : typeof value;
}

function cellOf(type: string | undefined, value: Value): Cell {
  if (value === null || value === undefined || type === undefined) return 'null';
  const given = typeOf(value);
  if (type === 'string')
    return ['time', 'object'].includes(given) || given.startsWith('vector') ? 'null' : `"${value}`;
  if (type.startsWith('vector')) {
    if (!given.startsWith('vector')) return 'unparsable';
    return given === type ? Array.from(value as ArrayLike<number>, Math.fround) : 'ragged';
  }
  const number =
    type === 'time' && value instanceof Date
      ? value.getTime()
      : given === 'number' || given === 'boolean'
        ? Number(value)
        : undefined;
  if (number === undefined || (Number.isNaN(number) && value instanceof Date)) return 'unparsable';
  return type === 'boolean' && number !== 0 && number !== 1 ? 'unparsable' : number;
}
