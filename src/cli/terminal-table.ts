// SPDX-License-Identifier: Apache-2.0

import type { FeatureReport, Report } from '../report/report.js';
import type { Rating } from '../verdict/verdict.js';
import { checkWords } from '../verdict/words/check-words.js';

const MARKS: Readonly<Record<Rating, string>> = {
  drift: '◆',
  watch: '△',
  unknown: '◌',
  stable: '○',
  notRated: '–',
};
const WORDS: Readonly<Record<Rating, string>> = {
  drift: 'drift',
  watch: 'watch',
  unknown: 'unknown',
  stable: 'stable',
  notRated: 'not rated',
};
const COLOURS: Readonly<Partial<Record<Rating, string>>> = { drift: '\u001b[31m', watch: '\u001b[33m' };
const EIGHTHS = ' ▏▎▍▌▋▊▉█';
const BAR_CELLS = 12;
const MAX_NAME = 28;

export interface TerminalOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** The report for a terminal: the answer, a line a feature with a bar of value over threshold, failed checks. */
export function reportToTerminal(report: Report, { colour, width }: TerminalOptions): string {
  const paint = (rating: Rating, text: string): string =>
    colour && COLOURS[rating] ? `${COLOURS[rating]}${text}\u001b[0m` : text;
  const nameWidth = Math.min(
    MAX_NAME,
    Math.max(7, ...report.features.map((feature) => printable(feature.name).length)),
  );
  const lines = [
    '',
    paint(report.summary.rating, `${MARKS[report.summary.rating]} ${printable(report.headline.title)}`),
    printable(report.headline.detail),
    ...(report.headline.advice === '' ? [] : [`What to do: ${printable(report.headline.advice)}`]),
    `${printable(report.reference.name)}: ${rows(report.reference.rows)} · ${printable(report.current.name)}: ${rows(report.current.rows)} · ${report.engine.mode}`,
    '',
  ];
  for (const feature of report.features) {
    const { verdict } = feature;
    const head = `${paint(verdict.rating, MARKS[verdict.rating])} ${printable(feature.name).slice(0, nameWidth).padEnd(nameWidth)} `;
    const middle =
      verdict.rating === 'notRated'
        ? WORDS.notRated.padEnd(BAR_CELLS + 25)
        : `${paint(verdict.rating, bar(feature))} ${metricText(feature)}`;
    const room = Math.max(20, width - nameWidth - BAR_CELLS - 30);
    const sentence = printable(verdict.reason ?? verdict.sentence);
    lines.push(head + middle + (sentence.length > room ? `${sentence.slice(0, room - 1)}…` : sentence));
  }
  const failed = report.checks.filter((check) => !check.passed);
  lines.push('', `${report.checks.length - failed.length} of ${report.checks.length} checks passed`);
  for (const check of failed.slice(0, 40)) {
    const severity = check.severity === 'info' ? 'stable' : check.severity;
    lines.push(
      `${paint(severity, MARKS[severity])} ${check.feature === null ? '' : `${printable(check.feature)}: `}${checkWords(check.check)}: expected ${printable(check.expected)}, found ${printable(check.observed)}`,
    );
  }
  if (failed.length > 40) lines.push(`… and ${failed.length - 40} more`);
  for (const note of report.notes) lines.push(`note: ${printable(note)}`);
  return `${lines.join('\n')}\n`;
}

/** Twelve cells; the threshold stands at the eighth. */
function bar(feature: FeatureReport): string {
  const { value, threshold } = feature.verdict;
  const share = threshold > 0 ? value / threshold : value > 0 ? 2 : 0;
  const eighths = Math.round(Math.min(1.5, Math.max(0, share)) * 64);
  const cells = Array.from(
    { length: BAR_CELLS },
    (_, i) => EIGHTHS[Math.min(8, Math.max(0, eighths - i * 8))],
  );
  if (cells[8] === ' ') cells[8] = '│';
  return cells.join('');
}

function metricText(feature: FeatureReport): string {
  const { metric, value } = feature.verdict;
  return `${(SHORT[metric] ?? metric).padEnd(9)} ${significant(value).padStart(7)}  `.padEnd(24);
}

const SHORT: Readonly<Record<string, string>> = {
  kolmogorovSmirnov: 'KS',
  totalVariation: 'TV',
  wassersteinNormalized: 'W1/sd',
  wasserstein: 'W1',
  jensenShannon: 'JS',
  populationStability: 'PSI',
  outOfRange: 'range',
};

function significant(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  return Math.abs(value) < 0.001
    ? value.toExponential(1)
    : value
        .toPrecision(3)
        .replace(/(\.\d*?)0+$/, '$1')
        .replace(/\.$/, '');
}

function rows(count: number): string {
  return `${count.toLocaleString('en')} row${count === 1 ? '' : 's'}`;
}

/** Nothing from a file may move the cursor or colour the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');
}
