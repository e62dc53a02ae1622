// SPDX-License-Identifier: Apache-2.0
/**
 * Dates and times straight from bytes, as milliseconds since 1970 UTC. A time without a zone is taken as UTC: a
 * comparison needs the same rule on both sides more than it needs the right wall clock.
 */

/**
 * The ways of writing a date that are recognised. After the date, `hh:mm[:ss[.fraction]][ am|pm][Z | UTC | ±hh[:mm]]` may follow.
 * iso: 2001-02-28, 2001/2/28, 2001.02.28, 2001-02 · dmy: 28.02.2001, 28/2/2001 · mdy: 02/28/2001 · compact: 20010228 ·
 * named: 28 Feb 2001, February 28, 2001, 28-FEB-2001 · seconds and milliseconds since 1970.
 */
export type TimePattern =
  | 'iso'
  | 'dmy'
  | 'mdy'
  | 'compact'
  | 'named'
  | 'epoch-seconds'
  | 'epoch-milliseconds';

const DAY_MS = 86_400_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const FULL_MONTHS =
  'january february march april may june july august september october november december'.split(' ');

/** Milliseconds since 1970 UTC of `bytes[start, end)`, with no space around it; NaN when it is not such a time. */
export function parseTime(bytes: Uint8Array, start: number, end: number, pattern: TimePattern): number {
  if (end - start > 64) return NaN;
  at = start;
  stop = end;
  let date: number;
  if (pattern === 'iso') date = isoDate(bytes);
  else if (pattern === 'dmy' || pattern === 'mdy') date = dayOrMonthFirst(bytes, pattern === 'dmy');
  else if (pattern === 'compact') date = compactDate(bytes);
  else if (pattern === 'named') date = namedDate(bytes);
  else return epoch(bytes, pattern === 'epoch-seconds' ? 1000 : 1);
  if (at === stop || Number.isNaN(date)) return date;
  return date + clock(bytes);
}

/** Days since 1970-01-01 of a proleptic Gregorian date (Hinnant, "chrono-compatible low-level date algorithms"). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

function dateMs(year: number, month: number, day: number): number {
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return NaN;
  if (day > 28) {
    const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
    const days =
      month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
    if (day > days) return NaN;
  }
  return daysFromCivil(year, month, day) * DAY_MS;
}

// The cursor of the value being read. Module state, since a value is read in one synchronous call.
let at = 0;
let stop = 0;

/** Between `least` and `most` digits at the cursor; −1 when there are fewer, or another digit follows. */
function digits(bytes: Uint8Array, least: number, most: number): number {
  let value = 0;
  let count = 0;
  while (at < stop) {
    const digit = (bytes[at] - 48) >>> 0;
    if (digit > 9) break;
    if (++count > most) return -1;
    value = value * 10 + digit;
    at++;
  }
  return count < least ? -1 : value;
}

function isDateSeparator(byte: number): boolean {
  return byte === 45 || byte === 47 || byte === 46;
}

function isoDate(bytes: Uint8Array): number {
  const year = digits(bytes, 4, 4);
  if (year < 0 || at >= stop) return NaN;
  const separator = bytes[at++];
  if (!isDateSeparator(separator)) return NaN;
  const month = digits(bytes, 1, 2);
  if (at === stop && separator === 45 && bytes[at - 2] !== 45) return dateMs(year, month, 1);
  if (at >= stop || bytes[at++] !== separator) return NaN;
  return dateMs(year, month, digits(bytes, 1, 2));
}

function dayOrMonthFirst(bytes: Uint8Array, dayFirst: boolean): number {
  const first = digits(bytes, 1, 2);
  if (first < 0 || at >= stop) return NaN;
  const separator = bytes[at++];
  if (!isDateSeparator(separator)) return NaN;
  const second = digits(bytes, 1, 2);
  if (at >= stop || bytes[at++] !== separator) return NaN;
  const year = digits(bytes, 4, 4);
  return dayFirst ? dateMs(year, second, first) : dateMs(year, first, second);
}

function compactDate(bytes: Uint8Array): number {
  const number = digits(bytes, 8, 8);
  return dateMs(Math.floor(number / 10_000), Math.floor(number / 100) % 100, number % 100);
}

function namedDate(bytes: Uint8Array): number {
  let day = digits(bytes, 1, 2);
  skip(bytes, 32, 45);
  const letters = at;
  while (at < stop && ((bytes[at] | 32) - 97) >>> 0 < 26) at++;
  const month = monthNamed(bytes, letters, at);
  if (month === 0) return NaN;
  if (day < 0) {
    skip(bytes, 46, 32);
    day = digits(bytes, 1, 2);
  }
  if (day < 0) return NaN;
  skip(bytes, 46, 44);
  skip(bytes, 32, 45);
  return dateMs(digits(bytes, 4, 4), month, day);
}

/** Steps over `first` and then `second` where they stand at the cursor. */
function skip(bytes: Uint8Array, first: number, second: number): void {
  if (at < stop && bytes[at] === first) at++;
  if (at < stop && bytes[at] === second) at++;
}

function monthNamed(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 3 || end - start > 9) return 0;
  let word = '';
  for (let i = start; i < end; i++) word += String.fromCharCode(bytes[i] | 32);
  return (word.length === 3 ? MONTHS.indexOf(word) : FULL_MONTHS.indexOf(word)) + 1;
}

function clock(bytes: Uint8Array): number {
  const lead = bytes[at++];
  if (lead === 44 && at < stop && bytes[at] === 32) at++;
  else if (lead !== 32 && lead !== 84 && lead !== 116) return NaN;
  let hour = digits(bytes, 1, 2);
  if (hour < 0 || hour > 24 || at >= stop || bytes[at++] !== 58) return NaN;
  const minute = digits(bytes, 2, 2);
  if (minute < 0 || minute > 59) return NaN;
  let second = 0;
  let fraction = 0;
  if (at < stop && bytes[at] === 58) {
    at++;
    second = digits(bytes, 2, 2);
    if (second < 0 || second > 60) return NaN;
    if (at < stop && (bytes[at] === 46 || bytes[at] === 44)) {
      let weight = 1000;
      const point = at++;
      for (; at < stop && (bytes[at] - 48) >>> 0 < 10; at++) {
        weight /= 10;
        fraction += (bytes[at] - 48) * weight;
      }
      if (at === point + 1) return NaN;
    }
  }
  if (at < stop && bytes[at] === 32) at++;
  if (
    at + 1 < stop &&
    (bytes[at + 1] | 32) === 109 &&
    ((bytes[at] | 32) === 97 || (bytes[at] | 32) === 112)
  ) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + ((bytes[at] | 32) === 112 ? 12 : 0);
    at += 2;
  }
  const offset = zone(bytes);
  if (hour === 24 && (minute > 0 || second > 0)) return NaN;
  // Fractions finer than a millisecond are cut, not rounded, as Date does.
  return ((hour * 60 + minute - offset) * 60 + second) * 1000 + Math.floor(fraction + 1e-6);
}

/** Minutes east of UTC at the cursor: 0 at the end of the value, NaN for what is not a zone. */
function zone(bytes: Uint8Array): number {
  if (at === stop) return 0;
  const left = stop - at;
  if (left === 1) return (bytes[at] | 32) === 122 ? 0 : NaN;
  if (left === 3 && ((bytes[at] | 32) === 117 || (bytes[at] | 32) === 103)) {
    const word = String.fromCharCode(bytes[at] | 32, bytes[at + 1] | 32, bytes[at + 2] | 32);
    return word === 'utc' || word === 'gmt' ? 0 : NaN;
  }
  const sign = bytes[at] === 43 ? 1 : bytes[at] === 45 ? -1 : NaN;
  at++;
  if (stop - at === 4) {
    const compact = digits(bytes, 4, 4);
    return compact < 0 ? NaN : sign * (Math.floor(compact / 100) * 60 + (compact % 100));
  }
  const hours = digits(bytes, 2, 2);
  if (hours < 0) return NaN;
  if (at === stop) return sign * hours * 60;
  if (bytes[at++] !== 58) return NaN;
  const minutes = digits(bytes, 2, 2);
  return minutes < 0 || at !== stop ? NaN : sign * (hours * 60 + minutes);
}

function epoch(bytes: Uint8Array, unitMs: number): number {
  const sign = bytes[at] === 45 ? -1 : 1;
  if (sign < 0) at++;
  const whole = digits(bytes, 1, 15);
  if (whole < 0) return NaN;
  let fraction = 0;
  if (at < stop) {
    if (bytes[at++] !== 46) return NaN;
    for (let weight = 0.1; at < stop; at++, weight /= 10) {
      if ((bytes[at] - 48) >>> 0 > 9) return NaN;
      fraction += (bytes[at] - 48) * weight;
    }
  }
  return sign * (whole * unitMs + Math.floor(fraction * unitMs + 1e-6));
}
