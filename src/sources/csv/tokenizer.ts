// SPDX-License-Identifier: Apache-2.0
import { NULL_CODE } from '../../columns/column.js';
import { POWERS_OF_TEN } from '../../columns/parse-number.js';
import { isNullToken } from '../../columns/parse-token.js';
import { HASH_PRIME, HASH_SEED } from './byte-dictionary.js';
import type { ColumnBuilder } from './column-builder.js';
import type { CsvDialect } from './dialect.js';
import { afterNewline, CR, isPadding, LF, SPACE } from './line-ends.js';
import { noCounts, type RowCounts } from './row-counts.js';

const TWO_53 = 9007199254740992;

const SKIP = 0;
const PLAIN_NUMBER = 1;
const TEXT = 2;
const OTHER = 3;

/**
 * Rows from UTF-8 bytes into column builders. One pass: plain numbers are summed up and plain texts are hashed while
 * the end of their cell is looked for; everything else (quotes, exponents, dates, long mantissas, missing values) takes
 * the slower way through `#cell`. The loop and
 * what it falls back on stay in one file: they must agree on where a cell ends.
 */
export class Tokenizer {
  readonly counts: RowCounts = noCounts();
  /** Where the next row begins; set by the caller when it moves the bytes. */
  position = 0;
  /** Rows in the open batch. */
  row = 0;
  /** Column at which the last incomplete row was left, for errors. */
  column = 0;
  /** Where the cell that was left began. */
  cellStart = 0;
  /** True when it was left inside a quoted cell. */
  inQuotes = false;
  readonly #columns: readonly (ColumnBuilder | null)[];
  readonly #kinds: Uint8Array;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #comment: number;
  readonly #decimal: number;
  #capacity = 0;
  #scratch = new Uint8Array(256);

  /** `columns`: a builder for each column of the file, null for those not asked for. */
  constructor(dialect: CsvDialect, columns: readonly (ColumnBuilder | null)[]) {
    this.#columns = columns;
    this.#kinds = Uint8Array.from(columns, kindOf);
    this.#delimiter = dialect.delimiter.charCodeAt(0);
    this.#quote = dialect.quote === '' ? -1 : dialect.quote.charCodeAt(0);
    this.#comment = dialect.comment === '' ? -1 : dialect.comment.charCodeAt(0);
    this.#decimal = dialect.decimal.charCodeAt(0);
  }

  /** Opens a batch of at most `capacity` rows. */
  open(capacity: number): void {
    this.#capacity = capacity;
    this.row = 0;
    for (const column of this.#columns) column?.open(capacity);
  }

  /**
   * Reads whole rows from `bytes[position, end)` until the batch is full (true) or no whole row is left (false).
   * `bytes[end]` must exist: it is overwritten by a line feed, so that no loop need look for the end. `isLast` says
   * that nothing follows `end`.
   */
  read(bytes: Uint8Array, end: number, isLast: boolean): boolean {
    const columns = this.#columns;
    const kinds = this.#kinds;
    const width = columns.length;
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    const comment = this.#comment;
    const decimal = this.#decimal;
    const counts = this.counts;
    bytes[end] = LF;
    this.inQuotes = false;

    while (this.row < this.#capacity) {
      const row = this.row;
      let i = this.position;
      if (i >= end) return false;
      let byte = bytes[i];
      if ((byte === LF || byte === CR) && width > 1) {
        const next = afterNewline(bytes, i, end, isLast);
        if (next < 0) return false;
        counts.blankLines++;
        this.position = next;
        continue;
      }
      if (byte === comment) {
        while (bytes[i] !== LF && bytes[i] !== CR) i++;
        const next = afterNewline(bytes, i, end, isLast);
        if (next < 0) return false;
        counts.commentLines++;
        this.position = next;
        continue;
      }

      const looseQuotes = counts.looseQuotes;
      let c = 0;
      for (; c < width; c++) {
        const start = i;
        const kind = kinds[c];
        byte = bytes[i];
        if (kind === PLAIN_NUMBER && (byte === delimiter || byte === LF || byte === CR)) {
          if (i >= end && !isLast) i = -1;
          else columns[c]!.storeNull(row);
        } else if (kind === PLAIN_NUMBER) {
          const negative = byte === 45;
          if (negative) byte = bytes[++i];
          let mantissa = 0;
          let digits = 0;
          let digit = (byte - 48) >>> 0;
          while (digit < 10) {
            mantissa = mantissa * 10 + digit;
            digits++;
            byte = bytes[++i];
            digit = (byte - 48) >>> 0;
          }
          let fraction = 0;
          if (byte === decimal && decimal !== delimiter) {
            byte = bytes[++i];
            digit = (byte - 48) >>> 0;
            while (digit < 10) {
              mantissa = mantissa * 10 + digit;
              fraction++;
              byte = bytes[++i];
              digit = (byte - 48) >>> 0;
            }
          }
          const isPlain = (byte === delimiter || byte === LF || byte === CR) && digits + fraction > 0;
          if (isPlain && mantissa < TWO_53 && fraction < 23) {
            if (fraction > 0) mantissa /= POWERS_OF_TEN[fraction];
            columns[c]!.values[row] = negative ? -mantissa : mantissa;
          } else i = this.#cell(bytes, start, end, isLast, c);
        } else if (kind === TEXT && byte !== quote && byte !== SPACE) {
          let hash = HASH_SEED;
          while (byte !== delimiter && byte !== LF && byte !== CR) {
            hash = Math.imul(hash ^ byte, HASH_PRIME);
            byte = bytes[++i];
          }
          if (i >= end && !isLast) i = -1;
          else if (i > start && bytes[i - 1] <= SPACE) i = this.#cell(bytes, start, end, isLast, c);
          else {
            const column = columns[c]!;
            column.codes[row] =
              i - start < 5 && isNullToken(bytes, start, i)
                ? NULL_CODE
                : column.dictionary.encode(bytes, start, i, hash);
          }
        } else i = this.#cell(bytes, start, end, isLast, c);

        if (i < 0) {
          this.column = c;
          this.cellStart = start;
          counts.looseQuotes = looseQuotes;
          return false;
        }
        byte = bytes[i];
        if (byte !== delimiter) break;
        if (c + 1 < width) i++;
      }

      if (c === width) {
        const start = i;
        i = this.#surplus(bytes, i, end, isLast);
        if (i < 0) {
          this.column = width;
          this.cellStart = start;
          counts.looseQuotes = looseQuotes;
          return false;
        }
      }
      const next = afterNewline(bytes, i, end, isLast);
      if (next < 0) {
        this.column = Math.min(c, width - 1);
        this.cellStart = end;
        counts.looseQuotes = looseQuotes;
        return false;
      }
      if (c === width) counts.longRows++;
      else if (c + 1 < width) {
        counts.shortRows++;
        for (c++; c < width; c++) columns[c]?.storeNull(row);
      }
      this.position = next;
      this.row = row + 1;
      counts.rows++;
    }
    return true;
  }

  /** Any cell at `start`; the position of its delimiter or newline, or −1 when the bytes end before it does. */
  #cell(bytes: Uint8Array, start: number, end: number, isLast: boolean, c: number): number {
    const delimiter = this.#delimiter;
    let from = start;
    while (bytes[from] <= SPACE && isPadding(bytes[from], delimiter)) from++;
    if (bytes[from] === this.#quote && from < end) {
      const stop = this.#quoted(bytes, from, end, isLast, c, from > start);
      if (stop !== NOT_QUOTED) return stop;
    }
    let i = from;
    let byte = bytes[i];
    while (byte !== delimiter && byte !== LF && byte !== CR) byte = bytes[++i];
    if (i >= end && !isLast) return -1;
    let to = i;
    while (to > from && bytes[to - 1] <= SPACE && isPadding(bytes[to - 1], delimiter)) to--;
    this.#columns[c]?.store(this.row, bytes, from, to);
    return i;
  }

  /**
   * The quoted cell whose opening quote is at `open`. With spaces before the quote (`isPadded`) it counts as quoted only
   * when it closes on the same line, right before a delimiter or newline: else the quote is part of a text.
   */
  #quoted(
    bytes: Uint8Array,
    open: number,
    end: number,
    isLast: boolean,
    c: number,
    isPadded: boolean,
  ): number {
    const quote = this.#quote;
    const delimiter = this.#delimiter;
    let doubled = 0;
    let close = open + 1;
    for (;;) {
      while (close < end && bytes[close] !== quote) {
        if (isPadded && (bytes[close] === LF || bytes[close] === CR)) return NOT_QUOTED;
        close++;
      }
      if (close >= end) {
        if (isPadded && isLast) return NOT_QUOTED;
        this.inQuotes = true;
        return -1;
      }
      if (close + 1 >= end && !isLast) return -1;
      if (bytes[close + 1] !== quote || close + 1 >= end) break;
      doubled++;
      close += 2;
    }
    let i = close + 1;
    while (bytes[i] <= SPACE && isPadding(bytes[i], delimiter)) i++;
    let byte = bytes[i];
    if (byte === delimiter || byte === LF || byte === CR) {
      if (i >= end && !isLast) return -1;
      const column = this.#columns[c];
      if (!column) return i;
      if (doubled === 0) column.store(this.row, bytes, open + 1, close);
      else column.store(this.row, this.#scratch, 0, this.#unescape(bytes, open + 1, close, 0));
      return i;
    }
    if (isPadded) return NOT_QUOTED;
    i = close + 1;
    byte = bytes[i];
    while (byte !== delimiter && byte !== LF && byte !== CR) byte = bytes[++i];
    if (i >= end && !isLast) return -1;
    this.counts.looseQuotes++;
    const length = this.#unescape(bytes, open + 1, close, i - close - 1);
    this.#scratch.set(bytes.subarray(close + 1, i), length);
    this.#columns[c]?.store(this.row, this.#scratch, 0, length + i - close - 1);
    return i;
  }

  /** Copies `bytes[start, end)` with doubled quotes halved into the scratch, with room for `extra` more; its length. */
  #unescape(bytes: Uint8Array, start: number, end: number, extra: number): number {
    if (end - start + extra > this.#scratch.length) this.#scratch = new Uint8Array(2 * (end - start + extra));
    const scratch = this.#scratch;
    let length = 0;
    for (let i = start; i < end; i++) {
      scratch[length++] = bytes[i];
      if (bytes[i] === this.#quote) i++;
    }
    return length;
  }

  /** Steps over the cells beyond the last column, from the delimiter at `i` to the newline. */
  #surplus(bytes: Uint8Array, i: number, end: number, isLast: boolean): number {
    let at = i;
    while (at >= 0 && bytes[at] === this.#delimiter)
      at = this.#cell(bytes, at + 1, end, isLast, this.#columns.length);
    return at;
  }
}

const NOT_QUOTED = -2;

function kindOf(column: ColumnBuilder | null): number {
  if (column === null) return SKIP;
  if (column.format.type === 'string') return TEXT;
  return column.format.type === 'number' && column.format.group === '' ? PLAIN_NUMBER : OTHER;
}
