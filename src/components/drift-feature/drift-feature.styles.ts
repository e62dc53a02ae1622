// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  :host {
    --_halo: var(--_panel);
  }
  .panel {
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 2px);
    padding: 22px 24px 18px;
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 26px 40px;
  }
  .panel.narrow {
    grid-template-columns: minmax(0, 1fr);
    padding: 16px 14px;
    gap: 22px;
  }
  .wide > .convention {
    font-size: 0.8125rem;
    margin: 0 0 6px;
  }
  .scroll + .quiet {
    font-size: 0.8125rem;
    margin-top: 6px;
  }
  .wide {
    grid-column: 1 / -1;
  }
  .wide:empty {
    display: none;
  }
  h3 {
    font-size: 0.8125rem;
    font-weight: 580;
    color: var(--_soft);
    margin: 0 0 8px;
  }
  .why p {
    color: var(--_soft);
    max-width: 62ch;
    text-wrap: pretty;
  }
  .why p + p {
    margin-top: 8px;
  }
  .why .word {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-weight: 600;
    color: var(--_ink);
  }
  .word.drift {
    color: var(--_drift);
  }
  .word.watch {
    color: var(--_watch);
  }
  .panel > *,
  .stack > * {
    min-width: 0;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 24px;
    align-content: start;
  }
  tbody th {
    color: var(--_ink);
    font-weight: 500;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  .name {
    white-space: nowrap;
  }
`;
