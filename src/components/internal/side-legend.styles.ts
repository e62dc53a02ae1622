// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** The key of drawings that lay the current side over the reference. */
export const sideLegend = css`
  .legend {
    display: flex;
    gap: 16px;
    font-size: 0.8125rem;
    font-weight: 560;
    margin: 0 0 6px;
  }
  .legend span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .legend .reference {
    color: var(--_reference-ink);
  }
  .legend .reference::before {
    content: '';
    width: 14px;
    height: 10px;
    border-radius: 2px;
    background: var(--_reference);
  }
  .legend .current {
    color: var(--_current);
  }
  .legend .current::before {
    content: '';
    width: 14px;
    border-top: 2.5px solid var(--_current);
  }
`;
