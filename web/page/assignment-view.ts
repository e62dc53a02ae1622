// SPDX-License-Identifier: Apache-2.0
import { html, type TemplateResult } from 'lit';
import { formatBytes } from '../../src/components/internal/number-text.js';
import type { Side } from '../../src/engine/protocol.js';
import type { Session } from './session.js';

/** More than two files: each goes to a side, and the files of a side are joined. */
export function assignmentView(session: Session): TemplateResult {
  return html`<section>
    <h1>Which side does each file belong to?</h1>
    <p class="lead">Files of one side are read one after the other, as one table.</p>
    <ul class="pending">
      ${session.pending.map(
        ({ file, side }, i) => html`<li>
          <span>${file.name} <span class="quiet small">${formatBytes(file.size)}</span></span>
          <select
            aria-label="Side of ${file.name}"
            @change=${(event: Event) => session.assign(i, (event.target as HTMLSelectElement).value as Side)}
          >
            <option value="reference" ?selected=${side === 'reference'}>reference</option>
            <option value="current" ?selected=${side === 'current'}>current</option>
          </select>
        </li>`,
      )}
    </ul>
    <button class="primary" @click=${() => session.confirmAssignment()}>Compare</button>
  </section>`;
}
