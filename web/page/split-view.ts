// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { Split, SplitOffer } from '../../src/engine/protocol.js';
import type { SplitDraft } from './loaded.js';
import type { Session } from './session.js';

/**
 * One file alone: where to cut it in two. What stands in the form is what was chosen before, else the best offer: the time
 * column halfway, or a column with few values. Reads the form on submit.
 */
export function splitView(session: Session): TemplateResult | typeof nothing {
  const { alone, report, reference, current } = session;
  if (reference?.info !== undefined && current === null) {
    return html`<h1>Now add the data to compare with ${reference.info.name}.</h1>`;
  }
  if (alone?.info === undefined) return nothing;
  const { schema } = alone.info;
  const { column, byTime, place } = draftOf(session);
  const offer = session.offers.find((one) => one.column === column);
  const values = !byTime && offer !== undefined && 'values' in offer ? offer.values : undefined;
  const submit = (event: Event): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const text = String(data.get('place') ?? '').trim();
    const chosen = String(data.get('column') ?? '');
    if (text === '') return;
    const next: Split =
      data.get('by') === 'time' ? { column: chosen, at: text } : { column: chosen, value: text };
    void session.splitAt(next);
  };
  const toColumn = (event: Event): void => {
    const name = (event.target as HTMLSelectElement).value;
    session.draftSplit(draftFor(session, name));
  };
  const toWay = (event: Event): void => {
    const time = (event.target as HTMLSelectElement).value === 'time';
    session.draftSplit({ column, byTime: time, place: placeOf(offer, time) });
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
        >column<select name="column" @change=${toColumn}>
          ${schema.map((field) => html`<option value=${field.name} .selected=${field.name === column}>${field.name}</option>`)}
        </select></label
      >
      <label
        >split<select name="by" @change=${toWay}>
          <option value="time" .selected=${byTime}>at a time or number</option>
          <option value="value" .selected=${!byTime}>by a value</option>
        </select></label
      >
      <label
        >where${
          values === undefined
            ? html`<input name="place" required placeholder="2026-04-01, or a value" .value=${place} />`
            : html`<select name="place">
                ${(values.includes(place) ? values : [place, ...values]).map(
                  (value) => html`<option value=${value} .selected=${value === place}>${value}</option>`,
                )}
              </select>`
        }</label
      >
      <button class="primary">${report === null ? 'Split and compare' : 'Split again'}</button>
    </form>
  </section>`;
}

function draftOf(session: Session): SplitDraft {
  const { draft, split, offers, alone } = session;
  if (draft !== null) return draft;
  if (split !== null)
    return {
      column: split.column,
      byTime: split.at !== undefined,
      place: String(split.at ?? split.value ?? ''),
    };
  const schema = alone?.info?.schema ?? [];
  const time = schema.find((field) => field.type === 'time')?.name;
  return draftFor(session, offers[0]?.column ?? time ?? schema[0]?.name ?? '');
}

/** A column with nothing filled in but what is offered for it. */
function draftFor({ offers, alone }: Session, column: string): SplitDraft {
  const offer = offers.find((one) => one.column === column);
  const type = alone?.info?.schema.find((field) => field.name === column)?.type;
  const byTime = offer === undefined ? type === 'time' || type === 'number' : 'at' in offer;
  return { column, byTime, place: placeOf(offer, byTime) };
}

/** Of few values the last: the newest year, the second arm. */
function placeOf(offer: SplitOffer | undefined, byTime: boolean): string {
  if (offer === undefined) return '';
  if ('at' in offer) return byTime ? offer.at : '';
  return byTime ? '' : (offer.values.at(-1) ?? '');
}
