// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  :host {
    display: inline-block;
    font-size: 0.8125rem;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    padding: 3px 10px 3px 8px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_panel);
    white-space: nowrap;
  }
  .word {
    font-weight: 560;
  }
  .word.drift {
    color: var(--_drift);
  }
  .word.watch {
    color: var(--_watch);
  }
  .label {
    color: var(--_soft);
  }
`;
