// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { EmbeddingMap, EmbeddingRow } from '../../report/embedding-view.js';
import { formatCount, plural } from '../internal/number-text.js';
import { colourText } from './map/map-inks.js';
import { picture } from './row-cards.js';

/** More rows than this are only in the file. */
const MOST_ROWS = 100;

/** What is known of the chosen rows, as a list that scrolls; all of them go into the file. */
export function chosenRows(
  map: EmbeddingMap,
  chosen: Uint32Array,
  {
    known,
    onSave,
    onClear,
  }: { known: ReadonlyMap<number, EmbeddingRow>; onSave: () => void; onClear: () => void },
): TemplateResult | typeof nothing {
  if (chosen.length === 0) return nothing;
  const shown = [...chosen.subarray(0, MOST_ROWS)];
  const colours = map.colours ?? [];
  const rowOf = (at: number): EmbeddingRow | undefined => known.get(map.current.row[at] ?? -1);
  const told = shown.some((at) => rowOf(at) !== undefined);
  return html`<section class="chosen" part="chosen" aria-label="Chosen rows">
    <p class="tools">
      <b>${plural(chosen.length, 'row')} chosen</b>
      <button class="button" @click=${onSave}>Save as CSV</button>
      <button class="button" @click=${onClear}>Let go</button>
    </p>
    <div class="scroll tall" tabindex="0" role="group" aria-label="Chosen rows">
      <table>
        <thead>
          <tr>
            <th scope="col">row</th>
            ${colours.map(({ name }) => html`<th scope="col">${name}</th>`)}
            ${told ? html`<th scope="col">what it holds</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${shown.map((at) => {
            const row = rowOf(at);
            return html`<tr>
              <th scope="row">${formatCount(map.current.row[at])}</th>
              ${colours.map((column) => html`<td>${colourText(column, at)}</td>`)}
              ${told ? html`<td class="holds">${picture(row, 28)} ${(row?.text ?? '').slice(0, 400)}</td>` : nothing}
            </tr>`;
          })}
        </tbody>
      </table>
      ${
        chosen.length > MOST_ROWS
          ? html`<p class="quiet">The first ${MOST_ROWS} of ${formatCount(chosen.length)}; the file holds all.</p>`
          : nothing
      }
    </div>
  </section>`;
}
