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

/** Every distance: value, what the bins do not tell, what sampling does not tell, p-value, convention. */
export function distanceTable({ name, distances }: FeatureReport): TemplateResult | typeof nothing {
  const found = DISTANCE_ORDER.flatMap((key) => {
    const distance = distances[key];
    return distance === undefined ? [] : [[key, distance] as const];
  });
  if (found.length === 0) return nothing;
  const binned = found.some(([, distance]) => !distance.exact && distance.lower !== undefined);
  return html`<h3>All distances</h3>
    <div class="scroll" tabindex="0" role="group" aria-label="Distances of ${name}">
      <table>
        <thead>
          <tr>
            <th scope="col">distance</th>
            <th scope="col" class="n">value</th>
            ${binned ? html`<th scope="col" class="n">bins allow</th>` : nothing}
            <th scope="col" class="n">confidence interval</th>
            <th scope="col" class="n">p</th>
            <th scope="col">convention</th>
          </tr>
        </thead>
        <tbody>
          ${found.map(
            ([key, distance]) => html`<tr>
              <th scope="row" class="name">${metricName(key)}</th>
              <td class="n">${formatNumber(distance.value)}</td>
              ${binned ? html`<td class="n quiet">${bounds(distance)}</td>` : nothing}
              <td class="n quiet">${range(distance.low, distance.high, formatNumber)}</td>
              <td class="n" title=${distance.pMethod ?? ''}>${distance.pValue === undefined ? '' : formatP(distance.pValue)}</td>
              <td class="quiet">
                ${distance.convention}${distance.pMethod === undefined ? nothing : `; p ${distance.pMethod}`}
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function bounds({ exact, lower, upper }: Distance): string {
  return exact ? 'exact' : range(lower, upper, formatNumber);
}

/** Every test that had a say: the verdict is that of the worst. */
export function testTable({ name, verdict }: FeatureReport): TemplateResult | typeof nothing {
  if (verdict.tests.length === 0) return nothing;
  return html`<h3>What was tested</h3>
    ${testsTable(verdict.tests, `Tests of ${name}`)}`;
}

export function testsTable(tests: readonly Test[], label: string): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${label}>
    <table>
      <thead>
        <tr>
          <th scope="col">test</th>
          <th scope="col" class="n">value</th>
          <th scope="col" class="n">confidence interval</th>
          <th scope="col" class="n">tolerance</th>
          <th scope="col" class="n">p</th>
          <th scope="col" class="n">adjusted p</th>
          <th scope="col">by</th>
        </tr>
      </thead>
      <tbody>
        ${tests.map((test) => {
          const say = (value: number): string => metricValue(test.metric, value);
          const enough =
            test.rowsNeeded === undefined ? '' : `; ${formatCount(test.rowsNeeded)} rows a side would tell`;
          return html`<tr>
            <th scope="row" class="name">${mark(test.rating, true)} ${metricName(test.metric)}</th>
            <td class="n">${say(test.value)}</td>
            <td class="n quiet">${range(test.low, test.high, say)}</td>
            <td class="n">${say(test.tolerance)}</td>
            <td class="n">${formatP(test.pValue)}</td>
            <td class="n">${formatP(test.adjustedPValue)}</td>
            <td class="quiet">${test.pMethod}${enough}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
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
