// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type TemplateResult } from 'lit';
import { mark } from '../../src/components/internal/mark.js';
import type { Notice, Trial } from './notices.js';
import { clockText, spanText } from './time-words.js';

const SHOWN = 3;
/** Until so many windows have come, the monitor tells only what is very large (docs/alerts.md). */
const YOUNG = 11;

/** Alerts on accuracy before this are also about the flights as they were. */
const ROUGH_UNTIL = Date.UTC(2001, 2, 1);
const ROUGH =
  'Accuracy falls from the middle of February on without a break too: on some days a third of all flights were late.';

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
            ${trials.slice(0, SHOWN).map((trial) => html`<li>${trialView(trial)}</li>`)}
          </ol>
          ${isYoung ? html`<p class="quiet">${young(windows)}</p>` : nothing}`
    }
  </section>`;
}

function young(windows: number): string {
  return `Day ${windows + 1}: until day ${YOUNG} the monitor learns how days differ, and tells only what is very large.`;
}

function trialView({ broken, since, ended, notices, windows }: Trial): TemplateResult {
  return html`<p class="what">
      <b>${broken.title}</b>
      <span class="quiet">from ${clockText(since)}${ended === null ? '' : `, for ${spanText(ended - since)}`}</span>
    </p>
    ${
      notices.length === 0
        ? html`<p class="quiet">${ended === null ? 'Not noticed yet' : 'Not noticed'}: ${windows} ${windows === 1 ? 'window' : 'windows'} judged.</p>`
        : html`<ul>
            ${grouped(notices).map((group) => html`<li>${groupView(group)}</li>`)}
          </ul>
          ${since < ROUGH_UNTIL && notices.some(({ subject }) => subject === 'accuracy') ? html`<p class="quiet">${ROUGH}</p>` : nothing}`
    }`;
}

/** Alerts that were raised at once, and are over at once, as one line. */
function grouped(notices: readonly Notice[]): Notice[][] {
  const groups = new Map<string, Notice[]>();
  for (const notice of notices) {
    const key = `${notice.after}/${notice.recovered}`;
    groups.set(key, [...(groups.get(key) ?? []), notice]);
  }
  return [...groups.values()];
}

function groupView(group: readonly Notice[]): TemplateResult {
  const [{ after, waited, windows, recovered }] = group as [Notice];
  const subjects = group.map(({ subject }) => subject).join(', ');
  return html`${mark(recovered === null ? 'drift' : 'stable')}
    <span title=${group.map(({ sentence }) => sentence).join('\n')}
      ><b>${subjects}</b> after ${spanText(after)} of flights: ${windows} windows, ${(waited / 1000).toFixed(1)}\u00a0s${
        recovered === null
          ? nothing
          : recovered > 0
            ? html`; closed ${spanText(recovered)} after its end`
            : html`; closed by itself`
      }</span
    >`;
}

/** For readers of the screen: the newest thing. */
export function latestWords([trial]: readonly Trial[]): string {
  const notice = trial?.notices[0];
  if (trial === undefined || notice === undefined) return '';
  return `${trial.broken.title}: noticed in ${notice.subject} after ${spanText(notice.after)} of flights`;
}
