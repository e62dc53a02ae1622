// SPDX-License-Identifier: Apache-2.0
import { type Column, NULL, NULL_CODE, UNPARSABLE } from '../../columns/column.js';
import type { ColumnFormat } from '../../columns/infer.js';
import { isNanToken, type NumberFormat, parseGroupedNumber } from '../../columns/parse-number.js';
import { parseTime } from '../../columns/parse-time.js';
import { isBlankMark, isNullToken, parseBoolean } from '../../columns/parse-token.js';
import { ByteDictionary, hashOf } from './byte-dictionary.js';

const NO_VALUES = new Float64Array(0);
const NO_CODES = new Int32Array(0);

/** Fills one column of the batch that is being read, from the bytes of its cells. */
export class ColumnBuilder {
  readonly name: string;
  readonly format: ColumnFormat;
  readonly dictionary: ByteDictionary;
  /** Slots of the open batch; the tokenizer writes plain numbers and codes straight into them. */
  values: Float64Array = NO_VALUES;
  codes: Int32Array = NO_CODES;
  /** Cells that did not read as the column's type, over all batches, and the first of them. */
  unparsable = 0;
  firstUnparsable = '';
  #status: Uint8Array | null = null;
  readonly #numbers: NumberFormat;

  /** `dictionaryLimit`: distinct values and bytes of text to keep between batches. */
  constructor(name: string, format: ColumnFormat, dictionaryLimit: { maxEntries: number; maxChars: number }) {
    this.name = name;
    this.format = format;
    this.dictionary = new ByteDictionary(dictionaryLimit);
    this.#numbers = format.type === 'number' ? format : { decimal: '.', group: '' };
  }

  /** Opens a batch of at most `capacity` rows. */
  open(capacity: number): void {
    if (this.format.type === 'string') this.codes = new Int32Array(capacity);
    else this.values = new Float64Array(capacity);
    this.#status = null;
  }

  /** Closes the batch after `rows` rows. */
  close(rows: number): Column {
    const type = this.format.type;
    if (type === 'string') {
      const codes = rows === this.codes.length ? this.codes : this.codes.slice(0, rows);
      this.codes = NO_CODES;
      return this.dictionary.finish(codes);
    }
    const values = rows === this.values.length ? this.values : this.values.slice(0, rows);
    const status = this.#status === null ? null : this.#status.slice(0, rows);
    // Counted here and not where it is marked: a row that the chunk cut short is read, and marked, twice.
    if (status !== null) for (const state of status) if (state === UNPARSABLE) this.unparsable++;
    this.values = NO_VALUES;
    this.#status = null;
    return { type, values, status };
  }

  /** Reads the cell `bytes[start, end)`, trimmed unless it was quoted text, into `row`. */
  store(row: number, bytes: Uint8Array, start: number, end: number): void {
    const format = this.format;
    if (format.type === 'string') {
      this.codes[row] = isNullToken(bytes, start, end)
        ? NULL_CODE
        : this.dictionary.encode(bytes, start, end, hashOf(bytes, start, end));
      return;
    }
    let from = start;
    let to = end;
    while (from < to && bytes[from] <= 32) from++;
    while (to > from && bytes[to - 1] <= 32) to--;
    let value: number;
    if (format.type === 'number') value = parseGroupedNumber(bytes, from, to, this.#numbers);
    else if (format.type === 'time') value = parseTime(bytes, from, to, format.pattern);
    else value = parseBoolean(bytes, from, to);
    this.values[row] = value;
    if (Number.isNaN(value)) this.#storeNaN(row, bytes, from, to);
  }

  /** A cell that the row does not have, or that is empty. */
  storeNull(row: number): void {
    if (this.format.type === 'string') this.codes[row] = NULL_CODE;
    else {
      this.values[row] = NaN;
      this.#mark(row, NULL);
    }
  }

  #storeNaN(row: number, bytes: Uint8Array, start: number, end: number): void {
    if (isNullToken(bytes, start, end) || isBlankMark(bytes, start, end)) this.#mark(row, NULL);
    else if (this.format.type !== 'number' || !isNanToken(bytes, start, end)) {
      this.#mark(row, UNPARSABLE);
      if (this.firstUnparsable === '') this.firstUnparsable = excerpt(bytes, start, end);
    }
  }

  #mark(row: number, status: number): void {
    this.#status ??= new Uint8Array(this.values.length);
    this.#status[row] = status;
  }
}

function excerpt(bytes: Uint8Array, start: number, end: number): string {
  const text = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 40)));
  return end - start > 40 ? `${text}…` : text;
}
