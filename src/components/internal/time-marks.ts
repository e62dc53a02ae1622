// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { Alert } from '../../monitor/alert.js';
import type { Annotation } from '../../monitor/snapshot.js';
import type { Scale } from './scale.js';

const TRACK_HEIGHT = 18;
const LETTER = 6.4;

/** What the app has marked, as text above the map; one that has no room keeps its line only. */
export function annotationTrack(
  annotations: readonly Annotation[],
  { x, width }: { x: Scale; width: number },
): TemplateResult {
  let free = 0;
  return html`<svg class="track" viewBox="0 0 ${width} ${TRACK_HEIGHT}" height=${TRACK_HEIGHT} aria-hidden="true">
    ${annotations.map(({ at, text }) => {
      const place = x(at);
      const length = text.length * LETTER + 8;
      const left = place + length <= width ? place : place - length;
      const fits = left >= free && left >= 0;
      if (fits) free = left + length + 6;
      const right = left < place;
      return svg`<path class="note" d="M${place.toFixed(1)} ${fits ? 2 : 10}V${TRACK_HEIGHT}"/>${
        fits
          ? svg`<text x=${(right ? place - 5 : place + 5).toFixed(1)} y="12" text-anchor=${right ? 'end' : 'start'}>${text}</text>`
          : nothing
      }`;
    })}
  </svg>`;
}

/** The same moments as hairlines through a chart. */
export function annotationLines(
  annotations: readonly Annotation[],
  { x, from, to }: { x: Scale; from: number; to: number },
): SVGTemplateResult | typeof nothing {
  if (annotations.length === 0) return nothing;
  const d = annotations.map(({ at }) => `M${x(at).toFixed(1)} ${from}V${to}`).join('');
  return svg`<path class="note" d=${d}/>`;
}

/** Alerts as a line below the cells of their row: a diamond where it began, an open end while it lasts. */
export function alertMarks(
  alerts: readonly Alert[],
  { x, y, width }: { x: Scale; y: number; width: number },
): SVGTemplateResult | typeof nothing {
  if (alerts.length === 0) return nothing;
  let line = '';
  let diamonds = '';
  for (const { since, at, state } of alerts) {
    const from = Math.max(0, x(since));
    const to = state === 'recovered' ? Math.min(width, x(at)) : width;
    line += `M${from.toFixed(1)} ${y}H${to.toFixed(1)}${state === 'recovered' ? `m0 -3v6` : ''}`;
    diamonds += `M${(from + 4).toFixed(1)} ${y}m0 -4l4 4-4 4-4-4z`;
  }
  return svg`<path class="alert-line" d=${line}/><path class="alert-start" d=${diamonds}/>`;
}

/** What the marks mean, for the key. */
export function alertKey(): TemplateResult {
  return html`<span><svg class="alert-key" viewBox="0 0 22 10">${svg`<path class="alert-line" d="M4 5H22"/><path class="alert-start" d="M5 1l4 4-4 4-4-4z"/>`}</svg>alert</span>`;
}

/** The time during which a feature was under alert, behind its line. */
export function alertSpans(
  alerts: readonly Alert[],
  { x, width, height }: { x: Scale; width: number; height: number },
): SVGTemplateResult[] {
  return alerts.map(({ since, at, state }) => {
    const from = Math.max(0, x(since));
    const to = state === 'recovered' ? Math.min(width, x(at)) : width;
    return svg`<rect class="alert-span" x=${from} y="0" width=${Math.max(1, to - from)} height=${height}/>`;
  });
}
