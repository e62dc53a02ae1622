// SPDX-License-Identifier: Apache-2.0
import { type Column, NULL, NULL_CODE, type ScalarType, UNPARSABLE } from '../../columns/column.js';
import { DictionaryEncoder } from '../../columns/dictionary.js';
import { parseTime, type TimePattern } from '../../columns/parse-time.js';

/** How the values of one column of records are read. */
export interface RecordField {
  readonly name: string;
  readonly type: ScalarType;
  readonly declared: string;
  /** How times are written, where the column holds times as text. */
  readonly pattern: TimePattern | undefined;
}

const encoder = new TextEncoder();
const scratch = new Uint8Array(64);

/** Collects one column over the rows of a batch. Rows that are not set stay null. */
export class RecordColumn {
  readonly field: RecordField;
  readonly #dictionary = new DictionaryEncoder();
  #values = new Float64Array(0);
  #status = new Uint8Array(0);
  #codes = new Int32Array(0);
  /** True once an integer beyond 2^53 was met: the parser rounds them. */
  rounded = false;

  constructor(field: RecordField) {
    this.field = field;
  }

  start(rows: number): void {
    if (this.field.type === 'string') this.#codes = new Int32Array(rows).fill(NULL_CODE);
    else {
      this.#values = new Float64Array(rows).fill(Number.NaN);
      this.#status = new Uint8Array(rows).fill(NULL);
    }
  }

  /** Sets a row to a JSON value; null and what is not given stay null. */
  set(row: number, value: unknown): void {
    if (value === null || value === undefined) return;
    if (this.field.type === 'string') {
      const text = typeof value === 'string' ? value : typeof value === 'object' ? undefined : String(value);
      if (text !== undefined) this.#codes[row] = this.#dictionary.encode(text);
      return;
    }
    if (
      typeof value === 'number' &&
      this.field.type === 'number' &&
      Math.abs(value) <= Number.MAX_SAFE_INTEGER
    ) {
      this.#values[row] = value;
      this.#status[row] = 0;
      return;
    }
    const number = this.#number(value);
    this.#values[row] = number ?? Number.NaN;
    this.#status[row] = number === undefined ? UNPARSABLE : 0;
  }

  /** The value as a number of the column's type; undefined when it is none. */
  #number(value: unknown): number | undefined {
    if (typeof value === 'number') {
      if (Math.abs(value) > Number.MAX_SAFE_INTEGER && Number.isInteger(value)) this.rounded = true;
      return value;
    }
    if (typeof value === 'boolean') return this.field.type === 'time' ? undefined : Number(value);
    if (typeof value !== 'string') return undefined;
    if (this.field.type === 'time') {
      const { written } = encoder.encodeInto(value, scratch);
      const time =
        value.length > 64 ? Number.NaN : parseTime(scratch, 0, written, this.field.pattern ?? 'iso');
      return Number.isNaN(time) ? undefined : time;
    }
    const known = NON_FINITE.get(value);
    if (known !== undefined) return known;
    if (this.field.type === 'boolean')
      return /^true$/i.test(value) ? 1 : /^false$/i.test(value) ? 0 : undefined;
    const number = value.trim() === '' ? Number.NaN : Number(value);
    return Number.isNaN(number) ? undefined : number;
  }

  finish(): Column {
    const { type } = this.field;
    if (type === 'string') return this.#dictionary.finish(this.#codes);
    return {
      type,
      values: this.#values,
      status: this.#status.some((state) => state !== 0) ? this.#status : null,
    };
  }
}

/** Python writes NaN and infinities as bare words, which JSON does not know: they arrive as these texts. */
const NON_FINITE = new Map([
  ['\u0000NaN', Number.NaN],
  ['\u0000Infinity', Number.POSITIVE_INFINITY],
  ['\u0000-Infinity', Number.NEGATIVE_INFINITY],
]);

/** The text of JSON with Python's NaN, Infinity and -Infinity as marked strings. */
export function markNonFinite(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (found) =>
    found[0] === '"' ? found : `"\\u0000${found}"`,
  );
}

/** The number that a marked text stands for; undefined for all else. */
export function markedNumber(value: unknown): number | undefined {
  return typeof value === 'string' ? NON_FINITE.get(value) : undefined;
}

export function isMarkedNumber(value: unknown): boolean {
  return markedNumber(value) !== undefined;
}
