// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  .waiting {
    height: 150px;
    display: grid;
    place-content: center start;
    color: var(--_faint);
    font-size: 0.875rem;
  }
  .plot {
    outline-offset: 6px;
    touch-action: pan-y;
  }
  .quiet-line {
    fill: none;
    stroke: var(--_reference-ink);
    stroke-width: 1;
    stroke-dasharray: 1.5 2.5;
    stroke-linejoin: round;
  }
  .middle-line {
    fill: none;
    stroke: var(--_reference-ink);
    stroke-width: 1.2;
    stroke-linejoin: round;
  }
  .note {
    stroke: var(--_soft);
    stroke-dasharray: 1 3;
    fill: none;
  }
  .cursor {
    stroke: var(--_faint);
    fill: none;
  }
  text.end {
    font-size: 13px;
    fill: var(--_soft);
  }
  .readout {
    display: flex;
    gap: 14px;
    height: 1.5em;
    overflow: hidden;
    white-space: nowrap;
    font-size: 0.8125rem;
    color: var(--_soft);
    margin: 0 0 4px;
  }
  .readout b {
    color: var(--_ink);
    font-weight: 560;
  }
  .rows {
    display: grid;
    gap: 14px 24px;
    margin: 18px 0 0;
  }
  dt {
    color: var(--_soft);
    font-size: 0.8125rem;
  }
  dd {
    margin: 0;
  }
  .rows > div {
    min-width: 0;
  }
  .latest {
    display: block;
    font-size: 1rem;
    font-weight: 560;
    line-height: 24px;
    height: 24px;
    overflow: hidden;
    white-space: nowrap;
  }
  .bars {
    display: block;
    width: 100%;
    margin: 2px 0;
  }
  .bars .floor {
    stroke: var(--_line);
    fill: none;
  }
  .bars .plain {
    fill: var(--_reference-ink);
    opacity: 0.62;
  }
  .bars .bad {
    fill: var(--_drift);
  }
  .bars .own {
    fill: var(--_current);
  }
  .total {
    display: block;
    font-size: 0.75rem;
    color: var(--_faint);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 6px 24px;
    margin: 18px 0 0;
    padding-top: 12px;
    border-top: 1px solid var(--_line);
    font-size: 0.8125rem;
  }
  .wide .facts {
    grid-template-columns: repeat(4, minmax(0, 1fr));
  }
  .facts > div {
    display: flex;
    gap: 7px;
    white-space: nowrap;
  }
  .facts dd {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .facts dt {
    color: var(--_faint);
  }
  details {
    margin-top: 10px;
  }
`;
