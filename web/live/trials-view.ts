// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import { mark } from '../../src/components/internal/mark.js';
import { plural } from '../../src/components/internal/number-text.js';
import type { Notice, Trial } from './notices.js';
import { clockText, spanText } from './time-words.js';

const SHOWN = 3;
/** Until so many windows have come, the monitor tells only what is very large (docs/alerts.md). */
const YOUNG = 11;

/** Alerts on accuracy before this are also about the flights as they were. */
const ROUGH_UNTIL = Date.UTC(2001, 2, 1);
const ROUGH = 'Accuracy falls from mid-February in any case.';
const ROUGH_WHY = 'Without a break too: on some days a third of all flights were late.';

/** What the monitor said of each break, and how long it took. */
export function trialsView({
  trials,
  windows,
  rows,
  state,
}: {
  readonly trials: readonly Trial[];
  readonly windows: number;
  readonly rows: number;
  readonly state: string;
}): TemplateResult {
  const isYoung = windows < YOUNG;
  // Nothing plays by itself for those who want little motion.
  if (state === 'paused' && rows === 0 && trials.length === 0)
    return html`<section class="trials" aria-labelledby="trials" tabindex="0">
      <h2 id="trials">What it noticed</h2>
      <p class="quiet">Press Play, and the flights of February begin.</p>
    </section>`;
  return html`<section class="trials" aria-labelledby="trials" tabindex="0">
    <h2 id="trials">What it noticed</h2>
    ${
      trials.length === 0
        ? html`<p class="quiet">${isYoung ? young(windows) : 'Nothing is broken. Alerts on the right are about the flights as they were.'}</p>`
        : html`<ol>
            ${trials.slice(0, SHOWN).map((trial, i) => html`<li>${trialView(trial, isYoung && i === 0 ? young(windows) : '')}</li>`)}
          </ol>`
    }
  </section>`;
}

function young(windows: number): string {
  return `Day ${windows + 1}: until day ${YOUNG} the monitor learns how days differ, and tells only what is very large.`;
}

/** What comes later is drawn below what is there; the note stands at the bottom. So nothing moves. */
function trialView({ broken, since, ended, notices, windows }: Trial, learning: string): TemplateResult {
  const isRough = since < ROUGH_UNTIL && notices.some(({ subject }) => subject === 'accuracy');
  const note = learning === '' && isRough ? ROUGH : learning;
  return html`<p class="what">
      <b>${broken.title}</b>
      <span class="quiet">${clockText(since)}${ended === null ? '' : `, for ${spanText(ended - since)}`}</span>
    </p>
    ${
      notices.length === 0
        ? html`<p class="quiet">${`${ended === null ? 'Not noticed yet' : 'Not noticed'}: ${plural(windows, 'window')} judged.`}</p>`
        : html`<ul>
            ${grouped(notices).map((group) => html`<li>${groupView(group)}</li>`)}
          </ul>
          ${closedWords(notices)}`
    }
    ${note === '' ? nothing : html`<p class="quiet note" title=${note === ROUGH ? ROUGH_WHY : ''}>${note}</p>`}`;
}

/** Alerts that were raised at once, as one line. */
function grouped(notices: readonly Notice[]): Notice[][] {
  const groups = new Map<number, Notice[]>();
  for (const notice of notices) groups.set(notice.after, [...(groups.get(notice.after) ?? []), notice]);
  return [...groups.values()];
}

function groupView(group: readonly Notice[]): TemplateResult {
  const [{ after, waited, windows }] = group as [Notice];
  const subjects = group.map(({ subject }) => subject).join(', ');
  const isOpen = group.some(({ recovered }) => recovered === null);
  return html`${mark(isOpen ? 'drift' : 'stable')}
    <span title=${group.map(({ sentence }) => sentence).join('\n')}
      ><b>${subjects}</b> after ${spanText(after)}: ${plural(windows, 'window')}, ${(waited / 1000).toFixed(1)}\u00a0s</span
    >`;
}

/** How many alerts are over, and how long after the end of what raised them. */
function closedWords(notices: readonly Notice[]): TemplateResult | typeof nothing {
  const closed = notices.filter(({ recovered }) => recovered !== null);
  if (closed.length === 0) return nothing;
  const last = Math.max(...closed.map(({ recovered }) => recovered ?? 0));
  const which =
    closed.length === notices.length ? 'All closed' : `${closed.length} of ${notices.length} closed`;
  return html`<p class="quiet">${`${which}${last > 0 ? `, ${spanText(last)} after its end` : ''}.`}</p>`;
}

/** For readers of the screen: the newest thing. */
export function latestWords([trial]: readonly Trial[]): string {
  const notice = trial?.notices[0];
  if (trial === undefined || notice === undefined) return '';
  return `${trial.broken.title}: noticed in ${notice.subject} after ${spanText(notice.after)} of flights`;
}
