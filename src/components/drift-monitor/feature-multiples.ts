// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Rating } from '../../verdict/verdict.js';
import type { TimedFeature } from '../internal/heat.js';
import { mark } from '../internal/mark.js';
import { formatNumber, formatSteady } from '../internal/number-text.js';
import { metricName, ratingWord } from '../internal/words.js';

/**
 * One small chart for each feature: its value by window against its threshold (the dotted line); what is over it is
 * filled, and what is over twice of it is cut. Windows that cannot be told are joined by a pale line.
 */
export function featureMultiples(
  features: readonly TimedFeature[],
  {
    width,
    height,
    chosen,
    onChoose,
  }: { width: number; height: number; chosen: string; onChoose: (name: string) => void },
): TemplateResult {
  return html`<ul class="multiples" part="features" aria-label="Features, worst first">
    ${features.map(({ name, series }) => {
      const value = series.values.at(-1);
      const rating = series.ratings.at(-1) ?? 'unknown';
      return html`<li>
        <button
          class="multiple ${rating}"
          aria-pressed=${name === chosen}
          title="${name}: ${metricName(series.metric)} ${formatNumber(value)}, threshold ${formatNumber(series.threshold)}"
          @click=${() => onChoose(name)}
        >
          ${mark(rating)}<span class="name">${name}</span
          ><span class="visually-hidden">, ${ratingWord(rating)}, </span
          ><span class="value">${formatSteady(value)}<span class="quiet"> / ${formatSteady(series.threshold)}</span></span>
          ${sparkline(series, { width, height })}
        </button>
      </li>`;
    })}
  </ul>`;
}

function sparkline(
  { values, ratings, threshold }: TimedFeature['series'],
  { width, height }: { width: number; height: number },
): TemplateResult {
  const floor = height - 1;
  // The threshold stands in the middle of every chart, so that charts of different metrics compare.
  const middle = height / 2;
  const step = width / Math.max(1, values.length);
  const y = (value: number): number =>
    threshold > 0 ? Math.max(1, floor - (value / threshold) * (floor - middle)) : floor;
  let line = '';
  let pale = '';
  let over = '';
  let before: Rating = 'notRated';
  values.forEach((value, i) => {
    const rating = (Number.isFinite(value) ? ratings[i] : undefined) ?? 'notRated';
    const earlier = before;
    before = rating;
    if (rating === 'notRated') return;
    const point = `${((i + 0.5) * step).toFixed(1)} ${y(value).toFixed(1)}`;
    pale += `${earlier === 'notRated' ? 'M' : 'L'}${point}`;
    // One of a few rows may lie anywhere.
    if (rating === 'unknown') return;
    line += `${earlier === 'notRated' || earlier === 'unknown' ? 'M' : 'L'}${point}`;
    if (value > threshold) {
      over += `M${(i * step).toFixed(1)} ${middle}V${y(value).toFixed(1)}h${step.toFixed(1)}V${middle}Z`;
    }
  });
  return html`<svg class="sparkline" viewBox="0 0 ${width} ${height}" height=${height} preserveAspectRatio="none" aria-hidden="true">
    <path class="floor" d="M0 ${floor}H${width}" />
    ${over === '' ? nothing : svg`<path class="over" d=${over}/>`}
    ${threshold > 0 ? svg`<path class="threshold" d="M0 ${middle}H${width}"/>` : nothing}
    <path class="pale-line" d=${pale} /><path class="current-line" d=${line} />
  </svg>`;
}
