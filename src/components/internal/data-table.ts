// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';

export interface DataTable {
  readonly summary: string;
  readonly caption: string;
  readonly head: readonly string[];
  /** Called only when the table is open: a closed one costs nothing. */
  readonly rows: () => readonly (readonly string[])[];
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
}

/** At most this many rows are put into the page; the export holds the rest. */
const MOST_ROWS = 400;

/** The table behind a chart: what a reader hears, and what a person copies. First column is the row's name. */
export function dataTable(table: DataTable): TemplateResult {
  return html`<details
    part="data"
    ?open=${table.open}
    @toggle=${(event: Event) => table.onToggle((event.target as HTMLDetailsElement).open)}
  >
    <summary>${table.summary}</summary>
    ${table.open ? body(table) : nothing}
  </details>`;
}

function body({ caption, head, rows }: DataTable): TemplateResult {
  const all = rows();
  return html`<div class="scroll" tabindex="0" role="group" aria-label=${caption}>
    <table>
      <caption class="visually-hidden">${caption}</caption>
      <thead>
        <tr>${head.map((name, i) => html`<th scope="col" class=${i > 0 ? 'n' : ''}>${name}</th>`)}</tr>
      </thead>
      <tbody>
        ${all.slice(0, MOST_ROWS).map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, i) => (i === 0 ? html`<th scope="row">${cell}</th>` : html`<td class="n">${cell}</td>`))}
            </tr>`,
        )}
      </tbody>
    </table>
    ${all.length > MOST_ROWS ? html`<p class="quiet">The first ${MOST_ROWS} of ${all.length} rows.</p>` : nothing}
  </div>`;
}
