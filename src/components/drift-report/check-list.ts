// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { Check, Rating } from '../../verdict/verdict.js';
import { checkWords } from '../../verdict/words/check-words.js';
import { cutName } from '../../verdict/words/number-words.js';
import { mark } from '../internal/mark.js';
import { formatCount, formatP, plural } from '../internal/number-text.js';

const FIRST_FAILED = 60;
const FIRST_PASSED = 12;

/** Failed checks first, each in full; then one line per column that says what passed. */
export function checkList(
  checks: readonly Check[],
  { all, onAll }: { all: boolean; onAll: () => void },
): TemplateResult | typeof nothing {
  if (checks.length === 0) return nothing;
  const weight = { drift: 0, watch: 1, info: 2 };
  const failed = failedByReason(checks).sort((a, b) => weight[a.check.severity] - weight[b.check.severity]);
  const passed = passedByColumn(checks);
  const shownFailed = all ? failed : failed.slice(0, FIRST_FAILED);
  const shownPassed = all ? passed : passed.slice(0, FIRST_PASSED);
  const hidden = failed.length + passed.length - shownFailed.length - shownPassed.length;
  return html`<h2 id="checks" part="heading">Checks from the reference</h2>
    <ul class="checks" part="checks">
      ${shownFailed.map(failedLine)} ${shownPassed.map(passedLine)}
    </ul>
    ${
      hidden > 0
        ? html`<button class="button more" @click=${onAll}>Show all ${formatCount(checks.length)} checks</button>`
        : nothing
    }`;
}

function passedByColumn(checks: readonly Check[]): [feature: string | null, checks: Check[]][] {
  const groups = new Map<string | null, Check[]>();
  for (const check of checks) {
    if (!check.passed) continue;
    const group = groups.get(check.feature);
    if (group === undefined) groups.set(check.feature, [check]);
    else group.push(check);
  }
  return [...groups];
}

interface Failed {
  readonly check: Check;
  readonly features: string[];
}

/** Columns that failed in the very same way share a line: a file written by another program changes them all at once. */
function failedByReason(checks: readonly Check[]): Failed[] {
  const groups = new Map<string, Failed>();
  for (const check of checks) {
    if (check.passed) continue;
    const { feature, ...reason } = check;
    const key = feature === null ? JSON.stringify(check) : JSON.stringify(reason);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { check, features: feature === null ? [] : [feature] });
    else group.features.push(feature ?? '');
  }
  return [...groups.values()];
}

function failedLine({ check, features }: Failed): TemplateResult {
  const rating: Rating = check.severity === 'info' ? 'unknown' : check.severity;
  // Of the number of rows the check has said it.
  const rows = check.rows > 0 && check.check !== 'rows' ? ` · ${plural(check.rows, 'row')}` : '';
  const p = check.pValue === undefined ? '' : ` · p ${formatP(check.pValue)}`;
  return html`<li class="failed">
    <span>${check.severity === 'info' ? html`<span class="quiet">i</span>` : mark(rating, true)}</span>
    <span>${features.length === 0 ? nothing : html`<b>${some(features)}</b> `}${checkWords(check.check)}</span>
    <span class="seen">${check.observed}${rows}${p}</span>
    <span class="expected">expected: ${check.expected}</span>
  </li>`;
}

function some(features: readonly string[]): string {
  const rest = features.length - 8;
  return features.slice(0, 8).map(cutName).join(', ') + (rest > 0 ? ` and ${formatCount(rest)} more` : '');
}

function passedLine([feature, checks]: readonly [string | null, readonly Check[]]): TemplateResult {
  return html`<li>
    <span>${mark('stable')}</span>
    <span>
      <b>${cutName(feature ?? 'the whole table')}</b>
      <span class="passed"
        >${checks.map(
          (check, i) =>
            html`${i > 0 ? ', ' : ''}<span title="expected: ${check.expected}; observed: ${check.observed}">${checkWords(check.check)}</span>`,
        )}</span
      >
    </span>
    <span class="seen">passed</span>
  </li>`;
}
