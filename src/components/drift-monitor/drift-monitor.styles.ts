// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  header {
    display: grid;
    grid-template-columns: minmax(0, 1fr) max-content;
    align-items: center;
    column-gap: 16px;
  }
  .line {
    display: flex;
    gap: 16px;
    min-height: 30px;
    align-items: center;
    font-size: 0.875rem;
    color: var(--_soft);
    white-space: nowrap;
    overflow: hidden;
  }
  .line b {
    color: var(--_ink);
    font-weight: 560;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .line .bad {
    color: var(--_drift);
    font-weight: 560;
  }
  .specs.some {
    color: var(--_drift);
    font-weight: 560;
  }
  .tools {
    display: flex;
    gap: 8px;
  }
  .later {
    visibility: hidden;
  }
  .collapse {
    line-height: 0;
    padding: 6px 7px;
  }
  .collapse path {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  /* Two lines are kept for the sentence, whatever it says, so that nothing below moves. */
  h2 {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: 26px minmax(0, 1fr);
    font-size: 1.375rem;
    line-height: 1.25;
    height: 2.5em;
    font-weight: 640;
    letter-spacing: -0.015em;
    margin: 6px 0 0;
    max-width: 60ch;
  }
  .narrow h2 {
    font-size: 1.125rem;
    line-height: 1.3;
    height: 2.6em;
  }
  h2.whole,
  .narrow h2.whole {
    height: auto;
    min-height: 2.5em;
  }
  h2.whole span {
    display: block;
  }
  h2 .mark {
    width: 15px;
    height: 15px;
    margin-top: 0.36em;
  }
  h2 span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  /* Room for what to do is kept likewise. */
  .advice {
    grid-column: 1 / -1;
    padding-left: 26px;
    line-height: 1.4;
    height: 5.6em;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 4;
    overflow: hidden;
    max-width: 100ch;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  .middle .advice,
  .wide .advice {
    height: 2.8em;
    -webkit-line-clamp: 2;
  }
  h3 {
    font-size: 1rem;
    font-weight: 620;
    letter-spacing: -0.005em;
    line-height: 28px;
  }
  .progress {
    grid-column: 1 / -1;
    height: 4px;
    border-radius: 2px;
    background: var(--_line);
    overflow: hidden;
    margin: 4px 0 10px 26px;
  }
  .progress i,
  .fill i {
    display: block;
    height: 100%;
    background: var(--_current);
    transform-origin: left;
  }
  .body {
    display: grid;
    gap: 26px 52px;
    grid-template-columns: minmax(0, 1fr);
    margin-top: 10px;
  }
  .wide .body {
    grid-template-columns: minmax(0, 1fr) var(--_aside);
    grid-template-areas: 'features alerts' 'performance performance' 'time time' 'system system' 'notes notes' 'outliers outliers';
  }
  .wide .alerts {
    grid-area: alerts;
  }
  .wide .features {
    grid-area: features;
  }
  .wide .performance-section {
    grid-area: performance;
  }
  .wide .time {
    grid-area: time;
  }
  .wide .system {
    grid-area: system;
  }
  .wide .outliers {
    grid-area: outliers;
  }
  .outliers table {
    table-layout: fixed;
  }
  .outliers td,
  .outliers tbody th {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .narrow .outliers tr > :nth-child(2) {
    display: none;
  }
  .wide .notes {
    grid-area: notes;
  }
  .over {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 14px;
    margin-bottom: 6px;
  }
  .specs {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    min-width: 0;
    font-size: 0.8125rem;
    color: var(--_faint);
    white-space: nowrap;
  }
  .fill {
    width: 34px;
    height: 4px;
    border-radius: 2px;
    background: var(--_line);
    overflow: hidden;
  }
  .notes {
    color: var(--_faint);
    font-size: 0.8125rem;
    max-width: 90ch;
    border-top: 1px solid var(--_line);
    padding-top: 12px;
  }
  .report {
    width: min(1360px, calc(100vw - 32px));
    max-width: none;
    height: calc(100dvh - 32px);
    max-height: none;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    padding: 22px clamp(14px, 3vw, 36px) 40px;
    background: var(--_paper);
    color: var(--_ink);
    overflow: auto;
    overscroll-behavior: contain;
  }
  .report::backdrop {
    background: rgb(0 0 0 / 0.38);
  }
  .report .close {
    float: right;
    position: sticky;
    top: 0;
    z-index: 2;
  }
`;
