// SPDX-License-Identifier: Apache-2.0
/** Numbers as people read them: rounded to what they mean, a true minus, a narrow unit. English everywhere. */

const NBSP = '\u00a0';
const NONE = '–';

const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

function trueMinus(text: string): string {
  return text.replaceAll('-', '−');
}

/** A measured value at `digits` significant digits; whole numbers, and the whole part over a thousand, in full. */
export function formatNumber(value: number | undefined, digits = 3): string {
  if (value === undefined || Number.isNaN(value)) return NONE;
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size >= 1e15) return shortExponent(value, digits);
  // Four digits without a comma: many of them are years.
  if (size < 9999.5 && (size >= 1000 || Number.isInteger(value))) return trueMinus(String(Math.round(value)));
  if (size >= 1000) return trueMinus(integers.format(value));
  if (size < 1e-4) return shortExponent(value, digits);
  return trueMinus(String(Number(value.toPrecision(digits))));
}

function shortExponent(value: number, digits: number): string {
  return value
    .toExponential(digits - 1)
    .replace(/\.?0*e/, 'e')
    .replace('e+', 'e');
}

/** A count of rows. */
export function formatCount(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? NONE : trueMinus(integers.format(value));
}

/** A share as per cent: 0.1 %, 12 %, < 0.01 %. `least` decimals where it stands beside one that it is compared with. */
export function formatShare(share: number | undefined, least = 0): string {
  if (share === undefined || Number.isNaN(share)) return NONE;
  const percent = share * 100;
  const size = Math.abs(percent);
  if (size === 0) return `0${NBSP}%`;
  if (size < 0.01) return `${percent < 0 ? '> −' : '< '}0.01${NBSP}%`;
  const decimals = size < 0.1 ? 2 : size < 10 || (size > 99 && size < 100) ? 1 : least;
  if (size < 100 && Number(size.toFixed(decimals)) >= 100) return `> 99.9${NBSP}%`;
  return `${trueMinus(String(Number(percent.toFixed(decimals))))}${NBSP}%`;
}

/** A change of a share, in percentage points with its sign. */
export function formatPoints(delta: number | undefined): string {
  if (delta === undefined || Number.isNaN(delta)) return NONE;
  if (delta === 0) return '0';
  const points = Math.abs(delta * 100);
  const text = points < 0.01 ? '<0.01' : String(Number(points.toFixed(points < 1 ? 2 : 1)));
  return `${delta < 0 ? '−' : '+'}${text}`;
}

/** A p-value: two digits where they matter, an order of magnitude where they do not. */
export function formatP(p: number | undefined): string {
  if (p === undefined || Number.isNaN(p)) return NONE;
  if (p < 1e-300) return '< 1e-300';
  if (p < 0.001) return p.toExponential(0);
  if (p > 0.99) return p >= 1 ? '1' : '> 0.99';
  return String(Number(p.toPrecision(2)));
}

/** A duration of computing. */
export function formatMilliseconds(ms: number): string {
  if (ms < 1000) return `${Math.max(1, Math.round(ms))}${NBSP}ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)}${NBSP}s`;
}

/** A value of a live series in five places or so: its width stays while it changes. */
export function formatSteady(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value);
  if (size >= 1000) return formatNumber(value);
  return trueMinus(value.toFixed(size < 9.9995 ? 3 : size < 99.995 ? 2 : 1));
}

/** How long a call took: "4.2 ms", "0.31 ms", "1.4 s". */
export function formatLatency(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms)) return NONE;
  if (ms >= 999.5) return `${formatNumber(ms / 1000, 2)}${NBSP}s`;
  return `${formatNumber(ms, ms >= 100 ? 3 : 2)}${NBSP}ms`;
}

/** A size in bytes, decimal units. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes}${NBSP}${bytes === 1 ? 'byte' : 'bytes'}`;
  for (const [unit, size] of [
    ['GB', 1e9],
    ['MB', 1e6],
    ['kB', 1e3],
  ] as const) {
    if (bytes >= size) return `${formatNumber(bytes / size, 3)}${NBSP}${unit}`;
  }
  return `${bytes}${NBSP}bytes`;
}

/** "1 row", "2 rows". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)}${NBSP}${count === 1 ? one : many}`;
}

/** A sentence in which no line ends between a number and its per cent sign. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(' %', `${NBSP}%`);
}
