// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** Alerts, annotations and performance, which only a monitor has. */
export const liveStyles = css`
  .note {
    stroke: var(--_soft);
    stroke-width: 1;
    stroke-dasharray: 1 3;
    fill: none;
  }
  .line .track {
    height: 18px;
    cursor: default;
  }
  .alert-line {
    stroke: var(--_ink);
    stroke-width: 1.6;
    fill: none;
  }
  .alert-start {
    fill: var(--_ink);
    stroke: var(--_paper);
    stroke-width: 1.2;
    paint-order: stroke;
  }
  .alert-span {
    fill: var(--_drift);
    opacity: 0.07;
  }
  .interval-band {
    fill: var(--_current);
    opacity: 0.14;
  }
  .open-time {
    stroke: var(--_faint);
    stroke-dasharray: 2 4;
    fill: none;
  }
  /* The worst feature may change on its own: what stands beside its name must not move. */
  .live .readout {
    display: grid;
    grid-template-columns: 17ch max-content minmax(0, 1fr);
  }
  .live .readout b {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .live .outcomes .readout {
    display: flex;
  }
  .live.narrow .readout {
    grid-template-columns: 14ch minmax(0, 1fr);
  }
  .live.narrow .readout span:nth-of-type(2) {
    grid-column: 1 / -1;
  }
  .key svg {
    width: 22px;
    height: 10px;
    margin-right: 5px;
    vertical-align: -1px;
  }
`;
