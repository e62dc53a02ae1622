// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Report } from '../../report/report.js';
import type { Rating } from '../../verdict/verdict.js';
import { cutName } from '../../verdict/words/number-words.js';
import { countRatings } from '../internal/feature-order.js';
import { testsTable } from '../internal/feature-tables.js';
import { mark, markField } from '../internal/mark.js';
import { formatCount, formatMilliseconds, formatShare, plural } from '../internal/number-text.js';
import { RATING_ORDER, ratingWord } from '../internal/words.js';

/** The sections of `<drift-report>` around the table. */

/** Beyond this, marks are drawn as one picture instead of a button each. */
const MOST_BUTTONS = 60;

export function sides({ reference, current }: Report): TemplateResult {
  return html`<p class="sides">
    <span><i aria-hidden="true"></i><span><b>${reference.name}</b> reference, ${plural(reference.rows, 'row')}</span></span>
    <span class="current"><i aria-hidden="true"></i><span><b>${current.name}</b> current, ${plural(current.rows, 'row')}</span></span>
  </p>`;
}

export function facts(
  report: Report,
  { width, onOpen, onChecks }: { width: number; onOpen: (name: string) => void; onChecks: () => void },
): TemplateResult {
  const counts = countRatings(report.features);
  const always: readonly Rating[] = ['drift', 'watch', 'stable'];
  const shown = RATING_ORDER.filter((rating) => always.includes(rating) || (counts.get(rating) ?? 0) > 0);
  const failed = report.checks.filter((check) => !check.passed).length;
  const total = report.checks.length;
  return html`<ul class="facts" part="facts">
    ${shown.map(
      (rating) =>
        html`<li><b>${mark(rating)} ${formatCount(counts.get(rating))}</b>${ratingWord(rating)}</li>`,
    )}
    ${
      total === 0
        ? nothing
        : html`<li>
            <b>${formatCount(total - failed)} of ${formatCount(total)}</b>checks passed${
              failed === 0
                ? nothing
                : html`, <a href="#checks" @click=${(event: Event) => {
                    event.preventDefault();
                    onChecks();
                  }} .style=${'color:inherit'}>${formatCount(failed)} failed</a>`
            }
          </li>`
    }
    <li>
      <b>${report.engine.mode}</b>${
        report.engine.mode === 'exact' ? 'all rows compared' : 'bounds from counts of all rows'
      }, ${formatMilliseconds(report.engine.milliseconds)}
    </li>
    ${report.features.length === 0 ? nothing : marks(report, width, onOpen)}
  </ul>`;
}

/** One mark per feature, in the order of the table. */
function marks({ features }: Report, width: number, onOpen: (name: string) => void): TemplateResult {
  if (features.length <= MOST_BUTTONS) {
    return html`<li>
      <b
        ><span class="field"
          >${features.map(
            ({ name, verdict }) =>
              html`<button
                title="${name}: ${ratingWord(verdict.rating)}"
                aria-label="Open ${name}, ${ratingWord(verdict.rating)}"
                @click=${() => onOpen(name)}
                >${mark(verdict.rating)}</button
              >`,
          )}</span
        ></b
      >one mark per feature
    </li>`;
  }
  // As large as fits a strip of about 130 px.
  const room = width > 0 ? width : 600;
  const cell = Math.max(5, Math.min(12, Math.floor(Math.sqrt((room * 130) / features.length))));
  const columns = Math.max(10, Math.floor(room / cell));
  const height = Math.ceil(features.length / columns) * cell;
  const paths = markField(
    features.map(({ verdict }) => verdict.rating),
    { columns, cell: 12 },
  );
  return html`<li class="crowded">
    <svg
      class="crowd"
      width=${columns * cell}
      height=${height}
      role="img"
      aria-label="One mark per feature, in the order of the table"
    >
      <g transform="scale(${cell / 12})">${[...paths].map(([rating, d]) => svg`<path class=${rating} d=${d}/>`)}</g>
    </svg>
    one mark per feature, in the order of the table
  </li>`;
}

export function columnChanges({
  missing,
  added,
  changed,
}: Report['columns']): TemplateResult | typeof nothing {
  const parts = [
    ['Missing in the current data', missing],
    ['New in the current data', added],
    ['Of another type', changed],
  ] as const;
  if (parts.every(([, names]) => names.length === 0)) return nothing;
  return html`<div class="columns">
    ${parts.map(([title, names]) =>
      names.length === 0
        ? nothing
        : html`<p>${title}: <b>${names.slice(0, 20).map(cutName).join(', ')}</b>${names.length > 20 ? ` and ${formatCount(names.length - 20)} more` : ''}.</p>`,
    )}
  </div>`;
}

/** Tests of the table as a whole: columns that moved together without any one of them moving much. */
export function jointTests({ tests }: Report, narrow: boolean): TemplateResult | typeof nothing {
  if (tests.length === 0) return nothing;
  return html`<h2 part="heading">Columns together</h2>
    ${testsTable(tests, { title: '', label: 'Tests of all columns together', narrow })}`;
}

/** Notes on one file ("a.csv: …") on one line, in the order of their first. */
function grouped(lines: readonly string[]): string[] {
  const groups = new Map<string, string[]>();
  for (const line of lines) {
    // A file name has no blank before its colon; a sentence with a colon in it is left alone.
    const [, name = '', rest = ''] = /^(\S+\.\w+): (.*)$/s.exec(line) ?? [];
    const key = name === '' ? line : name;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [line]);
    else if (name !== '') group.push(rest);
  }
  return [...groups.values()].map((group) => group.join(' · '));
}

export function notes(report: Report): TemplateResult {
  const { engine, settings } = report;
  const lines = grouped([...report.notes, ...engine.notes]);
  const places: Record<string, string> = { worker: 'in a worker', page: 'on the page', node: 'in Node' };
  const workers =
    engine.workers > 1 ? `on ${engine.workers} workers` : (places[engine.place] ?? engine.place);
  return html`<footer class="notes" part="notes">
    ${lines.length === 0 ? nothing : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`}
    <p>
      ${engine.kernels} ${workers} · level ${formatShare(report.level)} for the whole report · seed ${settings.seed} ·
      baseline ${report.baselineId.slice(0, 12)} · driftglass ${report.driftglass}
    </p>
  </footer>`;
}
