// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { RowVerdict } from '../../monitor/window-verdict.js';
import { formatP } from '../internal/number-text.js';
import { formatTime } from '../internal/time-text.js';

const MOST = 10;

/** The newest rows that stood out, of a monitor with windows of one row. */
export function outlierList(outliers: readonly RowVerdict[]): TemplateResult | typeof nothing {
  if (outliers.length === 0) return nothing;
  return html`<section class="outliers" aria-labelledby="outliers">
    <div class="over">
      <h3 id="outliers" part="heading">Rows that stood out</h3>
      <span class="specs"><span>${outliers.length > MOST ? `the newest ${MOST}` : 'newest first'}</span></span>
    </div>
    <table>
      <thead>
        <tr>
          <th scope="col">time</th>
          <th scope="col">id</th>
          <th scope="col">furthest out</th>
          <th scope="col">value</th>
          <th scope="col">chance of such a row</th>
        </tr>
      </thead>
      <tbody>
        ${outliers.slice(0, MOST).map(
          ({ id, time, feature, value, pValue }) =>
            html`<tr>
              <th scope="row">${formatTime(time, 1000)}</th>
              <td>${id ?? '–'}</td>
              <td>${feature}</td>
              <td>${value}</td>
              <td>${formatP(pValue)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
