// SPDX-License-Identifier: Apache-2.0
import type { ScalarType } from './column.js';
import { isNanToken, type NumberFormat, parseGroupedNumber } from './parse-number.js';
import { parseTime, type TimePattern } from './parse-time.js';
import { isBlankMark, isNullToken } from './parse-token.js';

/** How the text of a column is to be read. */
export type ColumnFormat =
  | ({ readonly type: 'number'; readonly integer: boolean } & NumberFormat)
  | { readonly type: 'boolean' }
  | { readonly type: 'time'; readonly pattern: TimePattern }
  | { readonly type: 'string' };

export interface Inference {
  readonly format: ColumnFormat;
  /** Why a column that looks like numbers or dates is kept as text, or is read one way of two; for people. */
  readonly reason?: string;
}

export interface InferOptions {
  /** Decimal sign of the file; default '.'. */
  readonly decimal?: '.' | ',';
  /** The type asked for (a reference's): then only the way of reading is inferred. */
  readonly type?: ScalarType;
  /** The reference's own word for the column (`describeFormat`): settles day-first against month-first. */
  readonly declared?: string;
}

/** Texts of a sample that read as the type, out of those that are not missing, for a column to take that type. */
const LEAST_SHARE = 0.95;
/** Above this share any exceptions are tolerated; between the two only a few distinct ones ("error", "#DIV/0!"). */
const SURE_SHARE = 0.99;
const FEW_EXCEPTIONS = 3;
const LONGEST_VALUE = 64;

/**
 * The type of a column from a sample of its texts (missing ones and repeats included). Number or
 * time when at least 95 % of the present values read so; else text. Kept as text on purpose: integers with leading
 * zeros, integers of which half or more are beyond 2^53 (identifiers, which f64 would merge), and dates that could be
 * read day-first or month-first throughout.
 */
export function inferFormat(values: readonly string[], options: InferOptions = {}): Inference {
  const present = values.map((value) => value.trim()).filter(isPresent);
  if (options.type !== undefined) return forcedFormat(present, options.type, options);
  if (present.length === 0) return { format: TEXT };
  if (present.every((value) => /^(true|false)$/i.test(value))) return { format: { type: 'boolean' } };

  const numbers = bestNumberFormat(present, options.decimal ?? '.');
  if (isAccepted(numbers.fit, present.length)) {
    const integers = present.filter((value) => /^[+-]?\d+$/.test(value));
    if (integers.some((value) => /^[+-]?0\d/.test(value)))
      return { format: TEXT, reason: 'codes with leading zeros' };
    if (integers.length === numbers.fit.hits && 2 * integers.filter(isBeyondF64).length >= integers.length) {
      return { format: TEXT, reason: 'integers beyond 2^53, kept as text so that they stay distinct' };
    }
    if (integers.length === present.length && looksLikeCompactDates(integers)) {
      return { format: { type: 'time', pattern: 'compact' } };
    }
    return { format: numbers.format };
  }

  let ambiguous = false;
  for (const pattern of ['iso', 'dmy', 'mdy', 'named'] as const) {
    if (!isAccepted(timeFit(present, pattern), present.length)) continue;
    if (pattern === 'dmy' && !present.some((value) => value.includes('.'))) {
      ambiguous = isAccepted(timeFit(present, 'mdy'), present.length);
      if (ambiguous) break;
    }
    return { format: { type: 'time', pattern } };
  }
  if (ambiguous)
    return { format: TEXT, reason: 'dates that read day-first and month-first alike, kept as text' };
  return { format: TEXT };
}

/** The decimal sign that a sample of texts speaks for. Only values that leave no doubt count ("3,5", not "3,500"). */
export function inferDecimal(values: Iterable<string>): '.' | ',' {
  let balance = 0;
  for (const value of values) {
    if (value.length > LONGEST_VALUE) continue;
    if (/^[+-]?(\d+,(\d{1,2}|\d{4,})|0,\d+|\d{1,3}(\.\d{3})+,\d+)(e[+-]?\d+)?$/i.test(value)) balance++;
    else if (/^[+-]?(\d*\.(\d{1,2}|\d{4,})|0?\.\d+|\d{1,3}(,\d{3})+\.\d+)(e[+-]?\d+)?$/i.test(value))
      balance--;
  }
  return balance > 0 ? ',' : '.';
}

const TIME_WORDS: Readonly<Record<TimePattern, string>> = {
  iso: 'time YYYY-MM-DD',
  dmy: 'time DD.MM.YYYY',
  mdy: 'time MM/DD/YYYY',
  compact: 'time YYYYMMDD',
  named: 'time DD Month YYYY',
  'epoch-seconds': 'time in seconds since 1970',
  'epoch-milliseconds': 'time in milliseconds since 1970',
};

/** A word for people, and for `InferOptions.declared`. */
export function describeFormat(format: ColumnFormat): string {
  if (format.type === 'time') return TIME_WORDS[format.pattern];
  if (format.type !== 'number') return format.type;
  const sign = format.decimal === ',' ? ', decimal comma' : '';
  return `${format.integer ? 'integer' : 'number'}${sign}${format.group === '' ? '' : `, thousands "${format.group}"`}`;
}

const TEXT: ColumnFormat = { type: 'string' };

function forcedFormat(present: readonly string[], type: ScalarType, options: InferOptions): Inference {
  if (type === 'string') return { format: TEXT };
  if (type === 'boolean') return { format: { type } };
  if (type === 'number') return { format: bestNumberFormat(present, options.decimal ?? '.').format };
  const declared = (Object.keys(TIME_WORDS) as TimePattern[]).find(
    (name) => TIME_WORDS[name] === options.declared,
  );
  const numeric = numberFit(present, { decimal: '.', group: '' });
  if (declared === undefined && isAccepted(numeric, present.length) && !looksLikeCompactDates(present)) {
    const middle = present.map(Number).sort((a, b) => Math.abs(a) - Math.abs(b))[present.length >> 1];
    return { format: { type, pattern: Math.abs(middle) >= 1e11 ? 'epoch-milliseconds' : 'epoch-seconds' } };
  }
  let best: TimePattern = declared ?? 'iso';
  let hits = timeFit(present, best).hits;
  for (const pattern of ['iso', 'dmy', 'mdy', 'named', 'compact'] as const) {
    const found = timeFit(present, pattern).hits;
    if (found > hits) [best, hits] = [pattern, found];
  }
  const isGuess =
    declared === undefined && best === 'dmy' && hits > 0 && timeFit(present, 'mdy').hits === hits;
  const reason = 'dates read day-first; they would read month-first as well';
  return isGuess ? { format: { type, pattern: best }, reason } : { format: { type, pattern: best } };
}

/** How many values read as something, and the first few distinct ones that do not. */
interface Fit {
  hits: number;
  exceptions: Set<string>;
}

function isAccepted({ hits, exceptions }: Fit, of: number): boolean {
  if (of === 0) return false;
  return hits >= SURE_SHARE * of || (hits >= LEAST_SHARE * of && exceptions.size <= FEW_EXCEPTIONS);
}

function bestNumberFormat(present: readonly string[], decimal: '.' | ',') {
  let group: NumberFormat['group'] = '';
  let fit = numberFit(present, { decimal, group });
  if (fit.hits < present.length) {
    const groups: NumberFormat['group'][] = [decimal === '.' ? ',' : '.', ' ', "'", '\u00a0', '\u202f'];
    for (const candidate of groups) {
      if (!present.some((value) => value.includes(candidate))) continue;
      const found = numberFit(present, { decimal, group: candidate });
      if (found.hits > fit.hits) [group, fit] = [candidate, found];
    }
  }
  const integer = present.every((value) => !value.includes(decimal) && !/^[+-]?(\d+e|inf|nan)/i.test(value));
  return { format: { type: 'number', decimal, group, integer } as const, fit };
}

function numberFit(present: readonly string[], format: NumberFormat): Fit {
  return fitOf(present, (end) => {
    return !Number.isNaN(parseGroupedNumber(scratch, 0, end, format)) || isNanToken(scratch, 0, end);
  });
}

function timeFit(present: readonly string[], pattern: TimePattern): Fit {
  return fitOf(present, (end) => !Number.isNaN(parseTime(scratch, 0, end, pattern)));
}

const scratch = new Uint8Array(LONGEST_VALUE * 3);
const encoder = new TextEncoder();

function fitOf(present: readonly string[], reads: (end: number) => boolean): Fit {
  const fit: Fit = { hits: 0, exceptions: new Set() };
  for (const value of present) {
    if (value.length <= LONGEST_VALUE && reads(encoder.encodeInto(value, scratch).written)) fit.hits++;
    else if (fit.exceptions.size <= FEW_EXCEPTIONS) fit.exceptions.add(value);
  }
  return fit;
}

/** Neither a null token nor a mark such as "-" (which is text again in a text column). */
function isPresent(value: string): boolean {
  if (value.length > LONGEST_VALUE) return true;
  const end = encoder.encodeInto(value, scratch).written;
  return !isNullToken(scratch, 0, end) && !isBlankMark(scratch, 0, end);
}

function isBeyondF64(value: string): boolean {
  return Math.abs(Number(value)) > Number.MAX_SAFE_INTEGER;
}

/** Eight digits, all valid days of 1900 to 2099, at least three different: by chance four integers in a hundred would be one. */
function looksLikeCompactDates(integers: readonly string[]): boolean {
  return (
    new Set(integers).size >= 3 &&
    integers.every((value) => /^(19|20)\d{6}$/.test(value)) &&
    timeFit(integers, 'compact').hits === integers.length
  );
}
