// SPDX-License-Identifier: Apache-2.0
import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import type { Rating } from '../../verdict/verdict.js';
import { ratingWord } from './words.js';

/** Shape and colour together, so that either is enough. Drawn in a 12 × 12 box. */
const SHAPES: Record<Rating, SVGTemplateResult> = {
  drift: svg`<path class="drift" d="M6 .4 11.6 6 6 11.6 .4 6Z"/>`,
  watch: svg`<path class="watch" d="M6 1.4 11.2 10.6H.8Z"/>`,
  unknown: svg`<circle class="unknown" cx="6" cy="6" r="4.2" stroke-dasharray="2 1.77"/>`,
  stable: svg`<circle class="stable" cx="6" cy="6" r="3.2"/>`,
  notRated: svg`<path class="not-rated" d="M2.5 6H9.5"/>`,
};

/** The mark of a rating. With `spoken` a reader says the rating; without, words beside it do. */
export function mark(rating: Rating, spoken = false): TemplateResult {
  return spoken
    ? html`<svg class="mark" viewBox="0 0 12 12" role="img" aria-label=${ratingWord(rating)}>${SHAPES[rating]}</svg>`
    : html`<svg class="mark" viewBox="0 0 12 12" aria-hidden="true">${SHAPES[rating] ?? nothing}</svg>`;
}

const OUTLINES: Record<Rating, string> = {
  drift: 'm5 0 5 5-5 5-5-5z',
  watch: 'm5 .8 4.6 8.2h-9.2z',
  unknown: 'm1.2 5a3.8 3.8 0 1 0 7.6 0 3.8 3.8 0 1 0-7.6 0',
  stable: 'm2.3 5a2.7 2.7 0 1 0 5.4 0 2.7 2.7 0 1 0-5.4 0',
  notRated: 'm2 5h6',
};

/** One path a rating holding a small mark for each feature, in a grid of `columns` cells of `cell` px. */
export function markField(
  ratings: readonly Rating[],
  { columns, cell }: { columns: number; cell: number },
): Map<Rating, string> {
  const paths = new Map<Rating, string>();
  ratings.forEach((rating, i) => {
    const x = (i % columns) * cell;
    const y = Math.floor(i / columns) * cell;
    // A relative move after an absolute one keeps each outline a constant text.
    paths.set(rating, `${paths.get(rating) ?? ''}M${x} ${y}${OUTLINES[rating]}`);
  });
  return paths;
}
