// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { Distance } from '../../distances/distance.js';
import type { FeatureReport, SideStatistics } from '../../report/report.js';
import type { Test } from '../../verdict/verdict.js';
import { kindValue } from './axis.js';
import { mark } from './mark.js';
import { formatCount, formatNumber, formatP, formatPoints, formatShare } from './number-text.js';
import { metricValue } from './why.js';
import { DISTANCE_ORDER, metricName } from './words.js';

/** The tables of an opened feature. */

const range = (low: number | undefined, high: number | undefined, say: (value: number) => string): string =>
  low === undefined || high === undefined || Number.isNaN(low) || Number.isNaN(high)
    ? ''
    : `${say(low)} to ${say(high)}`;

interface Line {
  readonly mark: TemplateResult | typeof nothing;
  readonly name: string;
  readonly value: string;
  /** By column head; empty ones are left out where there is little room. */
  readonly figures: readonly string[];
  readonly remark: string;
}

interface LineTable {
  readonly title: string;
  readonly label: string;
  readonly first: string;
  readonly heads: readonly string[];
  readonly last: string;
  readonly lines: readonly Line[];
  /** Below the title. */
  readonly note?: string;
}

/** Name, value, figures, remark: as columns, or below each other where there is little room. */
function lineTable(
  { title, label, first, heads, last, lines, note }: LineTable,
  narrow: boolean,
): TemplateResult {
  const row = ({ mark: sign, name, value, figures, remark }: Line): TemplateResult =>
    narrow
      ? html`<tr class="first">
            <th scope="row">${sign} ${name}</th>
            <td class="n">${value}</td>
          </tr>
          <tr class="more">
            <td colspan="2">
              <span class="convention"
                >${figures.flatMap((figure, i) => (figure === '' ? [] : `${heads[i]}\u00a0${figure}`)).join(' · ')}</span
              ><span class="convention">${remark}</span>
            </td>
          </tr>`
      : html`<tr>
          <th scope="row" class="name">${sign} ${name}</th>
          <td class="n">${value}</td>
          ${figures.map((figure) => html`<td class="n quiet">${figure}</td>`)}
          <td class="quiet">${remark}</td>
        </tr>`;
  const columns = narrow ? [] : heads;
  return html`${title === '' ? nothing : html`<h3>${title}</h3>`}
    ${note === undefined ? nothing : html`<p class="convention">${note}</p>`}
    <div class="scroll" tabindex="0" role="group" aria-label=${label}>
      <table>
        <thead>
          <tr>
            <th scope="col">${first}</th>
            <th scope="col" class="n">value</th>
            ${columns.map((head) => html`<th scope="col" class="n">${head}</th>`)}
            ${narrow ? nothing : html`<th scope="col">${last}</th>`}
          </tr>
        </thead>
        <tbody>
          ${lines.map(row)}
        </tbody>
      </table>
    </div>`;
}

/** Every distance: value, what the bins do not tell, what sampling does not tell, p-value, convention. */
/** How far the mean and the deviation of lengths may be from 1 and 0: sums are kept in steps, which shows with few rows. */
const UNIT_NORM = 3e-3;

export function distanceTable(
  { name, distances }: FeatureReport,
  narrow: boolean,
): TemplateResult | typeof nothing {
  const found = DISTANCE_ORDER.flatMap((key) => {
    const distance = distances[key];
    return distance === undefined ? [] : [[key, distance] as const];
  });
  if (found.length === 0) return nothing;
  const binned = found.some(([, distance]) => !distance.exact && distance.lower !== undefined);
  const lines = found.map(([key, distance]): Line => {
    const interval = range(distance.low, distance.high, formatNumber);
    const p = distance.pValue === undefined ? '' : formatP(distance.pValue);
    return {
      mark: nothing,
      name: metricName(key),
      value: formatNumber(distance.value),
      figures: binned ? [bounds(distance), interval, p] : [interval, p],
      remark:
        distance.pMethod === undefined
          ? distance.convention
          : `${distance.convention}; p ${distance.pMethod}`,
    };
  });
  const heads = binned ? ['bins allow', 'confidence interval', 'p'] : ['confidence interval', 'p'];
  return lineTable(
    {
      title: 'All distances',
      note: 'For comparison. Intervals and p-values here take rows as independent and each distance as the only one; those of the verdict are above.',
      label: `Distances of ${name}`,
      first: 'distance',
      heads,
      last: 'convention',
      lines,
    },
    narrow,
  );
}

function bounds({ exact, lower, upper }: Distance): string {
  return exact ? 'exact' : range(lower, upper, formatNumber);
}

/** Every test that had a say: the verdict is that of the worst. */
export function testTable(
  { name, verdict }: FeatureReport,
  narrow: boolean,
): TemplateResult | typeof nothing {
  if (verdict.tests.length === 0) return nothing;
  return testsTable(verdict.tests, { title: 'What was tested', label: `Tests of ${name}`, narrow });
}

export function testsTable(
  tests: readonly Test[],
  { title, label, narrow }: { title: string; label: string; narrow: boolean },
): TemplateResult {
  const lines = tests.map((test): Line => {
    const say = (value: number): string => metricValue(test.metric, value);
    const enough =
      test.rowsNeeded === undefined ? '' : `; ${formatCount(test.rowsNeeded)} rows a side would tell`;
    return {
      mark: mark(test.rating, true),
      name: metricName(test.metric),
      value: say(test.value),
      figures: [
        range(test.low, test.high, say),
        say(test.tolerance),
        formatP(test.pValue),
        formatP(test.adjustedPValue),
      ],
      remark: `${test.pMethod}${enough}`,
    };
  });
  const heads = ['confidence interval', 'tolerance', 'p', 'adjusted p'];
  return lineTable({ title, label, first: 'test', heads, last: 'by', lines }, narrow);
}

/** Quantiles of both sides below each other, or beside each other where there is little room. */
export function quantileTable(
  { name, kind, reference, current }: FeatureReport,
  narrow: boolean,
): TemplateResult | typeof nothing {
  const levels = Object.keys(reference.quantiles ?? {}).sort((a, b) => Number(a) - Number(b));
  if (levels.length === 0 || current.quantiles === undefined) return nothing;
  const sides = [
    ['reference', reference],
    ['current', current],
  ] as const;
  const cell = (side: SideStatistics, level: string) =>
    html`<td class="n">${kindValue(kind, side.quantiles?.[level])}</td>`;
  const percent = (level: string): string => formatShare(Number(level));
  const columns = narrow ? ['reference', 'current'] : levels.map(percent);
  const rows = narrow
    ? levels.map((level) => [percent(level), sides.map(([, side]) => cell(side, level))] as const)
    : sides.map(([title, side]) => [title, levels.map((level) => cell(side, level))] as const);
  return html`<section>
    <h3>Quantiles</h3>
    <div class="scroll" tabindex="0" role="group" aria-label="Quantiles of ${name}">
      <table>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">${narrow ? 'share below' : 'side'}</span></th>
            ${columns.map((title) => html`<th scope="col" class="n">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(([title, cells]) => html`<tr><th scope="row">${title}</th>${cells}</tr>`)}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** Counts and moments of both sides beside each other; lines that are 0 on both sides are left out. */
export function sidesTable({
  name,
  kind,
  reference,
  current,
  missingness,
  unseen,
}: FeatureReport): TemplateResult {
  const value = (x: number | undefined): string => kindValue(kind, x, 4);
  const share = (side: SideStatistics, rows: number | undefined): string =>
    rows === undefined
      ? '–'
      : rows === 0
        ? '0'
        : `${formatCount(rows)} (${formatShare(rows / Math.max(1, side.rows))})`;
  const lines: [title: string, a: string, b: string][] = [
    ['rows', formatCount(reference.rows), formatCount(current.rows)],
  ];
  for (const key of ['missing', 'unparsable', 'nan', 'infinite'] as const) {
    if (!reference[key] && !current[key] && key !== 'missing') continue;
    lines.push([key === 'nan' ? 'NaN' : key, share(reference, reference[key]), share(current, current[key])]);
  }
  for (const [key, title] of [
    ['ragged', 'of another length'],
    ['zero', 'all zeros'],
    ['constant', 'one value repeated'],
  ] as const) {
    if (reference[key] || current[key])
      lines.push([title, share(reference, reference[key]), share(current, current[key])]);
  }
  if (reference.dimension !== undefined)
    lines.push(['numbers a row', formatCount(reference.dimension), formatCount(current.dimension)]);
  if (isUnit(reference) && isUnit(current)) lines.push(['length of a row', '1 (unit norm)', '1 (unit norm)']);
  else if (reference.meanNorm !== undefined || current.meanNorm !== undefined) {
    lines.push(['mean length', formatNumber(reference.meanNorm, 4), formatNumber(current.meanNorm, 4)]);
    lines.push(['sd of length', formatNumber(reference.sdNorm, 4), formatNumber(current.sdNorm, 4)]);
  }
  if (reference.distinct !== undefined || current.distinct !== undefined) {
    lines.push(['distinct', formatCount(reference.distinct), formatCount(current.distinct)]);
  }
  for (const key of ['mean', 'sd', 'min', 'max'] as const) {
    if (reference[key] === undefined && current[key] === undefined) continue;
    const say = key === 'sd' ? (x: number | undefined) => formatNumber(x, 4) : value;
    lines.push([key, say(reference[key]), say(current[key])]);
  }
  const notes = [
    missingness.delta === 0 ? '' : `Missing changed by ${points(missingness)}.`,
    unseen === undefined || unseen.delta === 0 ? '' : `Never seen in the reference: ${points(unseen)}.`,
  ].filter((note) => note !== '');
  return html`<section>
    <h3>Both sides</h3>
    <div class="scroll" tabindex="0" role="group" aria-label="Statistics of ${name}">
      <table>
        <thead>
          <tr>
            <th scope="col"><span class="visually-hidden">statistic</span></th>
            <th scope="col" class="n">reference</th>
            <th scope="col" class="n">current</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            ([title, a, b]) =>
              html`<tr><th scope="row">${title}</th><td class="n">${a}</td><td class="n">${b}</td></tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${notes.length > 0 ? html`<p class="quiet">${notes.join(' ')}</p>` : nothing}
  </section>`;
}

function points({
  delta,
  low,
  high,
  pValue,
}: {
  delta: number;
  low: number;
  high: number;
  pValue: number;
}): string {
  return `${formatPoints(delta)} points (${formatPoints(low)} to ${formatPoints(high)}, p ${formatP(pValue)})`;
}

/** Every row has length 1, as near as the sums tell. */
function isUnit({ meanNorm = Number.NaN, sdNorm = Number.NaN }: SideStatistics): boolean {
  return Math.abs(meanNorm - 1) <= UNIT_NORM && sdNorm <= UNIT_NORM;
}
