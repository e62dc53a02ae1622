// SPDX-License-Identifier: Apache-2.0
import type { Report } from './report.js';

const HEADER = [
  'feature',
  'kind',
  'role',
  'rating',
  'metric',
  'value',
  'low',
  'high',
  'threshold',
  'tolerance',
  'p',
  'adjusted p',
  'reference rows',
  'current rows',
  'reference missing',
  'current missing',
  'sentence',
] as const;

/** The features table as CSV (RFC 4180, CRLF). Cells that a spreadsheet would run as a formula are led by an apostrophe. */
export function reportToCsv(report: Report): string {
  const lines = [HEADER.map(csvCell)];
  for (const { name, kind, role, verdict, reference, current } of report.features) {
    lines.push(
      [
        name,
        kind,
        role,
        verdict.rating,
        verdict.metric,
        verdict.value,
        verdict.low,
        verdict.high,
        verdict.threshold,
        verdict.tolerance,
        verdict.pValue,
        verdict.adjustedPValue,
        reference.rows,
        current.rows,
        reference.missing,
        current.missing,
        verdict.sentence,
      ].map(csvCell),
    );
  }
  return `${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}

/** One cell: quoted where it must be, and never a formula. */
export function csvCell(value: string | number): string {
  if (typeof value === 'number')
    return Number.isFinite(value)
      ? String(value)
      : Number.isNaN(value)
        ? ''
        : value > 0
          ? 'Infinity'
          : '-Infinity';
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
