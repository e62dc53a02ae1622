// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Verdict } from '../../verdict/verdict.js';

const WIDTH = 150;
const MIDDLE = WIDTH / 2;

/**
 * The value as a bar against its threshold, which always stands in the middle: bars of different metrics compare. The
 * thin line is the confidence interval; a bar beyond twice the threshold ends in an arrow.
 */
export function bullet(verdict: Verdict): TemplateResult {
  const { value, low, high, threshold, rating } = verdict;
  if (rating === 'notRated' || !(threshold > 0) || !Number.isFinite(value)) {
    return html`<span class="bullet" aria-hidden="true"></span>`;
  }
  const x = (amount: number): number =>
    Math.min(WIDTH, Math.max(0, Math.round((amount / threshold) * MIDDLE * 10) / 10));
  const beyond = value > 2 * threshold;
  const hasInterval =
    Number.isFinite(low) && Number.isFinite(high) && low < 2 * threshold && x(high) - x(low) > 3;
  return html`<svg class="bullet" viewBox="0 0 150 22" width="150" height="22" aria-hidden="true">
    <path class="track" d="M0 11H150" />
    <path class="bar ${rating}" d="M0 11H${beyond ? WIDTH - 7 : x(value)}" />
    ${beyond ? svg`<path class="tip ${rating}" d="M143 6.5 150 11 143 15.5Z"/>` : nothing}
    ${hasInterval ? svg`<path class="interval" d="M${x(Math.max(0, low))} 17.5H${x(high)}"/>` : nothing}
    <path class="threshold" d="M75 2V20" />
  </svg>`;
}
