// SPDX-License-Identifier: Apache-2.0
/** Numbers as people write them. */

/** Three significant digits, commas from 10,000 on (2015 is a year), a true minus sign; 1.2e9 from 1e9 on and below .0001. */
export function shortNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return minus(value.toExponential(1).replace('e+', 'e'));
  if (size >= 1e4) return minus(Math.round(value).toLocaleString('en-US'));
  if (size >= 1000) return minus(String(Math.round(value)));
  return minus(String(Number(value.toPrecision(3))));
}

/**
 * Numbers that a reader compares, rounded to what tells them apart: three digits of their span (.000195 beside .334 is
 * 0), and no fewer than two of it where three of the number would hide it (1234.6 beside 1236.1).
 */
export function numbersBeside(...values: readonly number[]): string[] {
  const span = Math.max(...values) - Math.min(...values);
  const plain = values.some((value) => !Number.isFinite(value) || Math.abs(value) >= 1e9);
  if (plain || !(span >= 1e-4)) {
    const texts = values.map(shortNumber);
    const alike = span > 0 && texts.every((text) => text === texts[0]);
    return alike ? values.map((value) => minus(String(Number(value.toPrecision(12))))) : texts;
  }
  const order = Math.floor(Math.log10(span));
  return values.map((value) => {
    const own = value === 0 ? order : Math.floor(Math.log10(Math.abs(value)));
    const place = Math.min(0, Math.max(order - 2, Math.min(own - 2, order - 1)));
    const rounded = Number(value.toFixed(-place));
    if (Math.abs(rounded) < 1000 && rounded !== 0) return minus(String(rounded));
    const digits = { maximumFractionDigits: -place, useGrouping: Math.abs(rounded) >= 1e4 };
    return minus((rounded + 0).toLocaleString('en-US', digits));
  });
}

/** Two significant digits: "1200", "5.4". */
export function roundedNumber(value: number): string {
  return shortNumber(Number(value.toPrecision(2)));
}

/** A share as a percentage: "12 %", "0.4 %", "under 0.01 %". */
export function percent(share: number): string {
  const value = share * 100;
  if (value === 0) return '0 %';
  if (Math.abs(value) < 0.01) return 'under 0.01 %';
  return `${minus(String(Number(value.toPrecision(Math.abs(value) >= 10 ? 3 : 2))))} %`;
}

export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${Math.round(count).toLocaleString('en-US')} ${count === 1 ? noun : plural}`;
}

/** "a, b, c and 4 more"; one more is named, too. Names are cut at 40 characters. */
export function listed(names: readonly string[], most = 3): string {
  const shown = names.slice(0, names.length === most + 1 ? names.length : most).map(cutName);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more.toLocaleString('en-US')} more`;
  if (shown.length < 2) return shown[0] ?? '';
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** A name as a sentence bears it: at most 40 characters. */
export function cutName(name: string): string {
  return name.length > 40 ? `${name.slice(0, 39)}…` : name;
}

function minus(text: string): string {
  return text.replace('-', '−');
}
