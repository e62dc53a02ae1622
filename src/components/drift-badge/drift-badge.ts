// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import type { Rating } from '../../verdict/verdict.js';
import { define } from '../define.js';
import { mark } from '../internal/mark.js';
import { tokens } from '../internal/tokens.styles.js';
import { RATING_ORDER, ratingWord } from '../internal/words.js';
import { styles } from './drift-badge.styles.js';

/**
 * @summary One rating in a small pill: its mark, its word, and a label of yours.
 *
 * @customElement drift-badge
 * @slot - What the rating is about ("checkout model"). Takes the place of `label`.
 * @csspart badge - The pill.
 * @csspart word - The word of the rating.
 * @cssproperty --drift-panel - Background of the pill.
 * @cssproperty --drift-line - Its hairline.
 * @cssproperty --drift-drift - Ink of drift.
 * @cssproperty --drift-watch - Ink of watch.
 */
export class DriftBadge extends LitElement {
  static override styles = [tokens, styles];

  /** drift, watch, unknown, stable or notRated; anything else shows as unknown. */
  @property({ reflect: true }) rating: Rating = 'unknown';

  /** What the rating is about. */
  @property() label = '';

  override render() {
    const rating = RATING_ORDER.includes(this.rating) ? this.rating : 'unknown';
    return html`<span class="badge" part="badge"
      >${mark(rating)}<span class="word ${rating}" part="word">${ratingWord(rating)}</span
      ><slot>${this.label === '' ? nothing : html`<span class="label">${this.label}</span>`}</slot></span
    >`;
  }
}

define('drift-badge', DriftBadge);

declare global {
  interface HTMLElementTagNameMap {
    'drift-badge': DriftBadge;
  }
}
