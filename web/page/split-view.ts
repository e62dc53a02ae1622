// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { Split } from '../../src/engine/protocol.js';
import type { Session } from './session.js';

/** One file alone: where to cut it in two. Reads the form on submit; the session keeps what was chosen. */
export function splitView(session: Session): TemplateResult | typeof nothing {
  const { alone, split, report, reference, current } = session;
  if (reference?.info !== undefined && current === null) {
    return html`<h1>Now add the data to compare with ${reference.info.name}.</h1>`;
  }
  if (alone?.info === undefined) return nothing;
  const { schema } = alone.info;
  const times = schema.filter((field) => field.type === 'time');
  const column = split?.column ?? times[0]?.name ?? schema[0]?.name ?? '';
  const byTime = split === null ? times.length > 0 : split.at !== undefined;
  const submit = (event: Event): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const text = String(data.get('place') ?? '').trim();
    const chosen = String(data.get('column') ?? '');
    if (text === '') return;
    const next: Split =
      data.get('by') === 'time' ? { column: chosen, at: text } : { column: chosen, value: text };
    void session.splitAt(next);
  };
  return html`<section>
    ${
      report === null
        ? html`<h1>Add the second file, or split this one.</h1>
            <p class="lead">By a time: what lies before is the reference. By a value: rows that hold it are the current data, all others the reference.</p>`
        : nothing
    }
    <form class="form" @submit=${submit} aria-label="Split the file">
      <label
        >column<select name="column">
          ${schema.map((field) => html`<option value=${field.name} ?selected=${field.name === column}>${field.name}</option>`)}
        </select></label
      >
      <label
        >split<select name="by">
          <option value="time" ?selected=${byTime}>at a time or number</option>
          <option value="value" ?selected=${!byTime}>by a value</option>
        </select></label
      >
      <label
        >where<input
          name="place"
          required
          placeholder="2026-04-01, or a value"
          .value=${String(split?.at ?? split?.value ?? '')}
      /></label>
      <button class="primary">${report === null ? 'Split and compare' : 'Split again'}</button>
    </form>
  </section>`;
}
