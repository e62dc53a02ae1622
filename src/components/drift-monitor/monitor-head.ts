// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import { mark } from '../internal/mark.js';
import { formatCount } from '../internal/number-text.js';
import { RATING_ORDER, ratingWord } from '../internal/words.js';
import { monitorAdvice } from './monitor-advice.js';
import { headline, openAlerts, shownRating, stateWords } from './monitor-words.js';

/** The collapsed monitor: a button with the rating in words and the number of open alerts. */
export function monitorBadge(
  snapshot: MonitorSnapshot | null,
  { name, onToggle }: { name: string; onToggle: () => void },
): TemplateResult {
  const rating = shownRating(snapshot);
  const count = openAlerts(snapshot).length;
  const { word } = stateWords(snapshot, name);
  const running = word === 'running';
  // All words lie in the same cell, so that a change of rating does not move the badge.
  return html`<button class="badge" part="badge" aria-expanded="false" @click=${onToggle}>
      ${mark(rating)}<span class="word"
        >${RATING_ORDER.map(
          (other) =>
            html`<span class=${other} ?hidden=${!running || other !== rating}>${ratingWord(other)}</span>`,
        )}${running ? nothing : html`<span class="state">${word}</span>`}</span
      ><span class="count ${count > 0 ? 'some' : ''}"
        >${formatCount(count)}<span class="visually-hidden"> ${count === 1 ? 'open alert' : 'open alerts'}</span></span
      ><span class="visually-hidden">, monitor ${snapshot?.name ?? name}, open the panel</span>
    </button>
    <span class="visually-hidden" role="status">${snapshot === null || count === 0 ? '' : headline(snapshot)}</span>`;
}

export interface HeadOptions {
  readonly name: string;
  /** Nothing stands below: the whole sentence is shown. */
  readonly whole: boolean;
  /** What the button for the report says; empty where there is none. */
  readonly report: string;
  /** Until there is one, room is kept for the button. */
  readonly hasReport: boolean;
  readonly onReport: () => void;
  readonly onToggle: () => void;
}

/** The top of the panel: whose it is, its state, what happened in one sentence, and what to do. */
export function monitorHead(
  snapshot: MonitorSnapshot | null,
  { name, whole, report, hasReport, onReport, onToggle }: HeadOptions,
): TemplateResult {
  const rating = shownRating(snapshot);
  const { word, sentence, progress } = stateWords(snapshot, name);
  const advice = snapshot === null ? '' : monitorAdvice(snapshot);
  return html`<header>
      <p class="line">
        ${name === '' ? nothing : html`<b>${name}</b>`}<span class=${word === 'failed' ? 'bad' : ''}>${word}</span
        >
      </p>
      <p class="tools">
        ${
          report === ''
            ? nothing
            : html`<button class="button ${hasReport ? '' : 'later'}" aria-haspopup="dialog" @click=${onReport}>${report}</button>`
        }
        <button class="button collapse" aria-expanded="true" aria-label="Collapse the monitor" @click=${onToggle}>
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="M3.5 10 8 5.5 12.5 10" /></svg>
        </button>
      </p>
      <h2 part="headline" class=${whole ? 'whole' : ''} title=${sentence}>
        ${mark(rating, true)}<span>${sentence}</span>
      </h2>
      ${whole || snapshot === null ? nothing : html`<p class="advice" part="advice" title=${advice}>${advice === '' ? nothing : html`<b>What to do:</b> ${advice}`}</p>`}
      ${
        progress === null
          ? nothing
          : html`<div
              class="progress"
              role="progressbar"
              aria-label="Rows of the reference"
              aria-valuemin="0"
              aria-valuemax="100"
              aria-valuenow=${Math.round(progress * 100)}
            ><i .style="transform:scaleX(${progress})"></i></div>`
      }
    </header>`;
}
