// SPDX-License-Identifier: Apache-2.0
/** The name of the project as it stands in the head of every page, inside of an element with the class "word". */
import { css, html } from 'lit';

export const brand = html`
  <svg viewBox="0 0 22 22" aria-hidden="true">
    <path class="r" d="M2 13c3-6 6-6 9-2s6 4 9-3" />
    <path class="c" d="M2 10c3-6 6-6 9-1s6 5 9-1" />
  </svg>
  driftglass
`;

export const brandStyles = css`
  .word {
    display: flex;
    gap: 8px;
    align-items: center;
    font-weight: 650;
    letter-spacing: -0.01em;
    color: var(--_ink);
    font-size: 1rem;
  }
  .word svg {
    width: 22px;
    height: 22px;
    fill: none;
    stroke-width: 2;
  }
  .word .r {
    stroke: var(--_reference-ink);
  }
  .word .c {
    stroke: var(--_current);
  }
`;
