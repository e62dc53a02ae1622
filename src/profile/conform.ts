// SPDX-License-Identifier: Apache-2.0
import type { Feature } from '../baseline/frame.js';
import { parseNumber, parseTime } from '../baseline/parse.js';
import { type Column, NULL, type NumberColumn, type StringColumn, UNPARSABLE } from '../columns/column.js';

/**
 * Brings a column to the type that a feature is measured in. A reader that meets "n/a" among numbers may well type the
 * column as strings: the numbers in it are still compared, and the rest counts as unparsable. Columns that already fit
 * come back as they are.
 */
export function conform(column: Column | undefined, feature: Feature): Column | undefined {
  if (!column) return undefined;
  const { kind } = feature;
  switch (kind) {
    case 'number':
      if (column.type === 'string') return parsed(column, parseNumber);
      return column.type === 'time' ? unparsable(column) : column;
    case 'time':
      if (column.type === 'string') return parsed(column, parseTime);
      return column.type === 'time' ? column : unparsable(column);
    case 'text':
      return column.type === 'string' ? column : written(column);
    case 'category':
    case 'boolean': {
      const numeric = feature.frame.kind === kind && 'numeric' in feature.frame && feature.frame.numeric;
      if (column.type === 'string') return numeric ? parsed(column, parseFlag) : column;
      if (column.type === 'time') return numeric ? unparsable(column) : written(column);
      return numeric ? column : written(column);
    }
    case 'embedding':
      // Vectors come apart from columns of one value a row; such a column holds none.
      return undefined;
  }
}

/** Numbers among categories may come as words: true, false, NaN. */
function parseFlag(text: string): number {
  const word = text.trim().toLowerCase();
  if (word === 'true') return 1;
  return word === 'false' ? 0 : parseNumber(text);
}

function parsed({ codes, dictionary }: StringColumn, parse: (text: string) => number): NumberColumn {
  const numbers = Float64Array.from(dictionary, parse);
  const values = new Float64Array(codes.length);
  const status = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    values[i] = code < 0 ? Number.NaN : numbers[code]!;
    if (code < 0) status[i] = NULL;
    else if (Number.isNaN(values[i])) status[i] = UNPARSABLE;
  }
  return { type: 'number', values, status };
}

function unparsable({ type, values, status }: NumberColumn): NumberColumn {
  const marks = new Uint8Array(values.length).fill(UNPARSABLE);
  if (status) for (let i = 0; i < marks.length; i++) if (status[i] === NULL) marks[i] = NULL;
  return { type, values: new Float64Array(values.length).fill(Number.NaN), status: marks };
}

function written({ type, values, status }: NumberColumn): StringColumn {
  const dictionary: string[] = [];
  const codeOf = new Map<number, number>();
  const codes = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (status && status[i] !== 0) {
      codes[i] = -1;
      continue;
    }
    let code = codeOf.get(values[i]!);
    if (code === undefined) {
      code = dictionary.length;
      codeOf.set(values[i]!, code);
      dictionary.push(textOf(values[i]!, type));
    }
    codes[i] = code;
  }
  return { type: 'string', codes, dictionary };
}

function textOf(value: number, type: NumberColumn['type']): string {
  if (type === 'boolean') return value ? 'true' : 'false';
  if (type === 'time' && Math.abs(value) <= 8.64e15) return new Date(value).toISOString();
  return String(value);
}
