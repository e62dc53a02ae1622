// SPDX-License-Identifier: Apache-2.0
/**
 * Decimal numbers straight from bytes, correctly rounded: the same f64 as `Number(text)`, without the text.
 *
 * Up to 2^53 and 10^±22 one multiplication or division of two exact doubles rounds once (Clinger, "How to read
 * floating point numbers accurately", PLDI 1990). Longer mantissas go through a double-double product (Dekker 1971),
 * which knows when it is too close to a tie to be sure; only then, or beyond 10^±22, is a string made.
 */

/** How numbers are written in a column. */
export interface NumberFormat {
  readonly decimal: '.' | ',';
  /** What separates thousands; empty when nothing does. */
  readonly group: '' | ',' | '.' | ' ' | "'" | '\u00a0' | '\u202f';
}

/** 10^0 … 10^22, all exact in f64. */
export const POWERS_OF_TEN: Float64Array = Float64Array.from({ length: 23 }, (_, power) =>
  Number(`1e${power}`),
);

const TWO_53 = 9007199254740992;
const SPLITTER = 134217729; // 2^27 + 1
const LEADING_DIGITS = 15;
const TRAILING_DIGITS = 15;

/**
 * The number in `bytes[start, end)`, with no space around it; ±Infinity for inf and infinity in any case. NaN when it is
 * not a number, and for the token nan: tell the two apart with `isNanToken`.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, decimal = 46): number {
  let i = start;
  let negative = false;
  if (i < end && (bytes[i] === 45 || bytes[i] === 43)) negative = bytes[i++] === 45;
  const first = i;
  let head = 0;
  let tail = 0;
  let significant = 0;
  let scale = 0;
  let digits = 0;
  let seenDecimal = false;
  for (; i < end; i++) {
    const digit = (bytes[i] - 48) >>> 0;
    if (digit < 10) {
      digits++;
      if (seenDecimal) scale--;
      if (significant === 0 && digit === 0) continue;
      if (significant < LEADING_DIGITS) head = head * 10 + digit;
      else tail = tail * 10 + digit;
      significant++;
    } else if (bytes[i] === decimal && !seenDecimal) seenDecimal = true;
    else break;
  }
  if (digits === 0) return first === i ? wordValue(bytes, first, end, negative) : NaN;
  if (i < end) {
    if ((bytes[i] | 32) !== 101) return NaN;
    i++;
    let sign = 1;
    if (i < end && (bytes[i] === 45 || bytes[i] === 43)) sign = bytes[i++] === 45 ? -1 : 1;
    if (i >= end) return NaN;
    let exponent = 0;
    for (; i < end; i++) {
      const digit = (bytes[i] - 48) >>> 0;
      if (digit > 9) return NaN;
      if (exponent < 100_000) exponent = exponent * 10 + digit;
    }
    scale += sign * exponent;
  }
  let value: number;
  if (significant === 0) value = 0;
  else if (significant > LEADING_DIGITS + TRAILING_DIGITS || scale > 22 || scale < -22) {
    return viaString(bytes, start, end, decimal);
  } else if (significant <= LEADING_DIGITS) value = scaled(head, scale);
  else {
    const shift = POWERS_OF_TEN[significant - LEADING_DIGITS];
    const whole = head * shift + tail;
    value = whole < TWO_53 ? scaled(whole, scale) : longMantissa(head, shift, tail, scale);
    if (Number.isNaN(value)) return viaString(bytes, start, end, decimal);
  }
  return negative ? -value : value;
}

/** `mantissa` × 10^scale with one rounding; both exact, |scale| ≤ 22. */
function scaled(mantissa: number, scale: number): number {
  return scale < 0 ? mantissa / POWERS_OF_TEN[-scale] : mantissa * POWERS_OF_TEN[scale];
}

/** (head × shift + tail) × 10^scale in double-double; NaN when the result is too near a tie to be certain. */
function longMantissa(head: number, shift: number, tail: number, scale: number): number {
  let high = head * shift;
  let low = productError(head, shift, high);
  let sum = high + tail;
  low += tail - (sum - high);
  high = sum + low;
  low -= high - sum;
  if (scale > 0) {
    const power = POWERS_OF_TEN[scale];
    const product = high * power;
    low = productError(high, power, product) + low * power;
    high = product;
  } else if (scale < 0) {
    const power = POWERS_OF_TEN[-scale];
    const quotient = high / power;
    const product = quotient * power;
    low = (high - product - productError(quotient, power, product) + low) / power;
    high = quotient;
  }
  sum = high + low;
  low -= sum - high;
  const doubt = sum * 2 ** -98;
  const value = sum + (low + doubt);
  return value === sum + (low - doubt) ? value : NaN;
}

/** a × b − product, exactly. */
function productError(a: number, b: number, product: number): number {
  let carry = SPLITTER * a;
  const aHigh = carry - (carry - a);
  const aLow = a - aHigh;
  carry = SPLITTER * b;
  const bHigh = carry - (carry - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

function viaString(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let text = '';
  for (let i = start; i < end; i++) text += bytes[i] === decimal ? '.' : String.fromCharCode(bytes[i]);
  return Number(text);
}

function wordValue(bytes: Uint8Array, start: number, end: number, negative: boolean): number {
  const word = end - start === 3 ? 'inf' : 'infinity';
  return hasWord(bytes, start, end, word) ? (negative ? -Infinity : Infinity) : NaN;
}

/** True for the token nan in any case and with any sign: a value that is NaN, not an unparsable one. */
export function isNanToken(bytes: Uint8Array, start: number, end: number): boolean {
  const signed = bytes[start] === 45 || bytes[start] === 43 ? 1 : 0;
  return hasWord(bytes, start + signed, end, 'nan');
}

/** Compares with a lower-case ASCII word, whatever the case of the bytes. */
function hasWord(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if ((bytes[start + i] | 32) !== word.charCodeAt(i)) return false;
  return true;
}

/**
 * The number in `bytes[start, end)` with its thousands separated as `format` says: groups of three, never after the
 * decimal sign. A number without any separator is read as well. NaN when it is not one.
 */
export function parseGroupedNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  format: NumberFormat,
): number {
  const decimal = format.decimal.charCodeAt(0);
  if (format.group === '' || end - start > 64) return parseNumber(bytes, start, end, decimal);
  const group = GROUP_BYTES[format.group];
  let length = 0;
  let run = 0;
  let groups = 0;
  let i = start;
  if (i < end && (bytes[i] === 45 || bytes[i] === 43)) plain[length++] = bytes[i++];
  while (i < end) {
    if ((bytes[i] - 48) >>> 0 < 10) {
      run++;
      plain[length++] = bytes[i++];
    } else if (startsWith(bytes, i, end, group)) {
      if (groups === 0 ? run < 1 || run > 3 : run !== 3) return NaN;
      groups++;
      run = 0;
      i += group.length;
    } else break;
  }
  if (groups > 0 && run !== 3) return NaN;
  while (i < end) plain[length++] = bytes[i++];
  return parseNumber(plain, 0, length, decimal);
}

const plain = new Uint8Array(64);
const encoder = new TextEncoder();
const GROUP_BYTES: Readonly<Record<NumberFormat['group'], Uint8Array>> = {
  '': new Uint8Array(0),
  ',': encoder.encode(','),
  '.': encoder.encode('.'),
  ' ': encoder.encode(' '),
  "'": encoder.encode("'"),
  '\u00a0': encoder.encode('\u00a0'),
  '\u202f': encoder.encode('\u202f'),
};

function startsWith(bytes: Uint8Array, at: number, end: number, prefix: Uint8Array): boolean {
  if (at + prefix.length > end) return false;
  for (let i = 0; i < prefix.length; i++) if (bytes[at + i] !== prefix[i]) return false;
  return true;
}
