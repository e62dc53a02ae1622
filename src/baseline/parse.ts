// SPDX-License-Identifier: Apache-2.0

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?inf(inity)?$/i;

/** A number written as text; NaN for anything else ("0x10", "", "NaN"). */
export function parseNumber(text: string): number {
  const trimmed = text.trim();
  if (NUMBER.test(trimmed)) return Number(trimmed);
  if (INFINITE.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity;
  return Number.NaN;
}

const ISO_TIME = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?( ?(Z|[+-]\d{2}:?\d{2}))?)?)?$/i;

/** ISO 8601 date or time as ms since 1970, UTC where no zone is written; NaN for anything else. */
export function parseTime(text: string): number {
  const trimmed = text.trim();
  if (!ISO_TIME.test(trimmed)) return Number.NaN;
  const iso = trimmed.replace(' ', 'T').replace(' ', '').replace(',', '.');
  const zoned = !iso.includes('T') || /(Z|[+-]\d{2}:?\d{2})$/i.test(iso.slice(11));
  return Date.parse(zoned ? iso : `${iso}Z`);
}
