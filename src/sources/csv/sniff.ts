// SPDX-License-Identifier: Apache-2.0
import { inferDecimal } from '../../columns/infer.js';
import type { CsvDialect } from './dialect.js';
import { isHeader } from './header.js';
import { type CsvRecord, type Records, splitRecords } from './records.js';

/** Everything of a dialect but the encoding, which must be known before. */
export type SniffedDialect = Omit<CsvDialect, 'encoding'>;

const USUAL_DELIMITERS = [',', ';', '\t', '|'];
/** Taken only when no usual one makes a table, and nearly every row agrees. */
const RARE_DELIMITERS = ['\x01', '\x1f', '^', '~', ' '];
/** Delimiters found inside a text make it likely that it is no cell. */
const FOREIGN = /[;|\t]/;
const SNIFFED_RECORDS = 1000;
const SNIFFED_CELLS = 50_000;

/** Guesses a dialect from the head of a file in UTF-8 (without byte order mark). What is `known` is taken as it is. */
export function sniffDialect(
  head: Uint8Array,
  known: Partial<SniffedDialect>,
  isLast: boolean,
): SniffedDialect {
  const comment = known.comment ?? sniffComment(head, isLast);
  const split = (delimiter: string, quote: string) =>
    splitRecords(
      head,
      { delimiter, quote, comment },
      { maxRecords: SNIFFED_RECORDS, maxCells: SNIFFED_CELLS, isLast },
    );

  let best: { delimiter: string; quote: string; found: Records; score: number } | undefined;
  const consider = (delimiters: readonly string[], least: number) => {
    for (const delimiter of delimiters) {
      const quote = known.quote ?? sniffQuote(head, delimiter);
      let found = split(delimiter, quote);
      let used = quote;
      if (
        known.quote === undefined &&
        (found.unclosedQuotes > 0 || found.looseQuotes > 2 * found.quotedCells)
      ) {
        const unquoted = split(delimiter, '');
        const isBetter = tableScore(unquoted.records) > tableScore(found.records);
        if (isBetter || (found.quotedCells === 0 && found.unclosedQuotes > 0)) [found, used] = [unquoted, ''];
      }
      const score = tableScore(found.records);
      if (score > least && score > (best?.score ?? 0)) best = { delimiter, quote: used, found, score };
    }
  };
  if (known.delimiter !== undefined) consider([known.delimiter], -1);
  else {
    consider(USUAL_DELIMITERS, 0);
    if (best === undefined || best.score < 0.3) consider(RARE_DELIMITERS, 0.6);
  }
  const delimiter = known.delimiter ?? best?.delimiter ?? unusedDelimiter(head);
  const quote = known.quote ?? best?.quote ?? '"';
  const { records } = best?.found ?? split(delimiter, quote);

  const filled = records.filter((record) => !record.isBlank);
  const table = known.skipRows === undefined ? tableStart(filled) : 0;
  const skipRows = known.skipRows ?? (table > 0 ? filled[table].line : 0);
  const rows = filled.filter((record) => record.line >= skipRows);
  const decimal = known.decimal ?? inferDecimal(rows.slice(1).flatMap((record) => record.cells));
  const header =
    known.header ??
    (rows.length > 0 &&
      isHeader(
        rows.map((record) => record.cells),
        decimal,
      ));
  return { delimiter, quote, header, skipRows, comment, decimal };
}

/** The number of cells that most rows have. */
export function usualWidth(records: readonly CsvRecord[]): number {
  return mode(records.map((record) => record.cells.length));
}

function mode(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  let best = 0;
  for (const number of numbers) {
    const count = (counts.get(number) ?? 0) + 1;
    counts.set(number, count);
    if (count > (counts.get(best) ?? 0) || (count === counts.get(best) && number > best)) best = number;
  }
  return best;
}

/**
 * How much like a table rows are: the share that has the usual number of cells, times how well their cells read (a number,
 * a date or an empty cell fully; text with another delimiter in it hardly). 0 when the usual row has one cell.
 */
function tableScore(records: readonly CsvRecord[]): number {
  const rows = records.filter((record) => !record.isBlank);
  const width = usualWidth(rows);
  if (width < 2) return 0;
  const usual = rows.filter((record) => record.cells.length === width);
  let quality = 0;
  let cells = 0;
  for (const record of usual.slice(0, 200)) {
    for (const cell of record.cells) {
      cells++;
      if (
        /^([+-]?[\d.,]+(e[+-]?\d+)?%?|\d{4}-\d\d?-\d\d?([T ][\d:.]+Z?)?|\d\d?[./]\d\d?[./]\d{4})$/i.test(cell)
      )
        quality += 1;
      else if (cell === '') quality += 0.8;
      else quality += FOREIGN.test(cell) ? 0.3 : cell.includes(',') ? 0.7 : 0.9;
    }
  }
  return ((usual.length / rows.length) * (quality / cells) * width) / (width + 0.25);
}

function sniffComment(head: Uint8Array, isLast: boolean): string {
  if (head[0] !== 35) return '';
  const lines = splitRecords(head, { delimiter: '\0', quote: '', comment: '' }, { maxRecords: 50, isLast });
  const texts = lines.records.map((record) => record.cells[0]);
  let marked = 0;
  while (marked < texts.length && texts[marked].startsWith('#')) marked++;
  // One marked line with as many cells as the next is a header whose first name happens to begin with #.
  if (marked !== 1 || texts.length < 2) return '#';
  return USUAL_DELIMITERS.some(
    (d) => texts[0].includes(d) && texts[0].split(d).length === texts[1].split(d).length,
  )
    ? ''
    : '#';
}

/** A single quote counts only when no double quote opens a cell and single ones both open and close them. */
function sniffQuote(head: Uint8Array, delimiter: string): string {
  const text = new TextDecoder().decode(head.subarray(0, 65_536));
  const at = delimiter.replace(/[|^\\]/g, '\\$&');
  const opens = (quote: string) => (text.match(new RegExp(`(^|[${at}\\r\\n]) *${quote}`, 'g')) ?? []).length;
  const closes = (quote: string) => (text.match(new RegExp(`${quote} *($|[${at}\\r\\n])`, 'g')) ?? []).length;
  if (opens('"') > 0) return '"';
  const single = opens("'");
  return single >= 2 && single === closes("'") ? "'" : '"';
}

/** For a file of one column: a delimiter that would not cut its texts. */
function unusedDelimiter(head: Uint8Array): string {
  return USUAL_DELIMITERS.find((delimiter) => !head.includes(delimiter.charCodeAt(0))) ?? ',';
}

/**
 * The first row of the table proper: before it stand titles, which fill fewer cells than rows do. A row belongs to the
 * table when it fills at least one cell less than the usual row.
 */
function tableStart(records: readonly CsvRecord[]): number {
  const filled = records.map((record) => record.cells.filter((cell) => cell !== '').length);
  const usual = mode(filled);
  if (usual < 2) return 0;
  const width = usualWidth(records);
  // A header may leave names out; a title row does not fill half of the table's width.
  if (records[0].cells.length === width && 2 * filled[0] >= width) return 0;
  const start = records.findIndex(
    (record, i) => filled[i] >= Math.max(2, usual - 1) && record.cells.length >= width - 1,
  );
  return Math.max(0, start);
}
