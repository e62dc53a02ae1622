// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** Inks of the small drawings in a row: `spark` and `bullet`. */
export const rowMarks = css`
  .spark,
  .bullet {
    display: block;
    width: 100%;
    overflow: visible;
  }
  .spark {
    max-width: 132px;
  }
  .bullet {
    max-width: 150px;
  }
  .spark .floor {
    stroke: var(--_reference-ink);
    stroke-width: 1;
    opacity: 0.55;
  }
  .spark .current-line {
    stroke-width: 1.6;
  }
  .bullet path {
    fill: none;
  }
  .bullet .track {
    stroke: var(--_line);
    stroke-width: 6;
  }
  .bullet .bar {
    stroke: var(--_reference-ink);
    stroke-width: 6;
  }
  .bullet .bar.drift {
    stroke: var(--_drift);
  }
  .bullet .bar.watch {
    stroke: var(--_watch);
  }
  .bullet .tip {
    fill: var(--_reference-ink);
  }
  .bullet .tip.drift {
    fill: var(--_drift);
  }
  .bullet .tip.watch {
    fill: var(--_watch);
  }
  .bullet .interval {
    stroke: var(--_faint);
    stroke-width: 1.2;
  }
  .bullet .threshold {
    stroke: var(--_ink);
    stroke-width: 1.6;
  }
`;
