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
  h2.whole {
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
  .multiples {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    grid-template-columns: repeat(var(--_columns), minmax(0, 1fr));
    gap: 12px 20px;
  }
  .multiple {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) max-content;
    align-items: baseline;
    width: 100%;
    background: none;
    border: 0;
    padding: 4px 0 0;
    text-align: left;
    cursor: pointer;
    font-size: 0.8125rem;
    line-height: 20px;
  }
  .multiple .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 0.875rem;
    color: var(--_soft);
  }
  .multiple.drift .name,
  .multiple.watch .name,
  .multiple[aria-pressed='true'] .name {
    color: var(--_ink);
    font-weight: 600;
  }
  .multiple:hover .name {
    color: var(--_ink);
  }
  .multiple .value {
    white-space: nowrap;
    padding-left: 8px;
  }
  .tight .multiple .value .quiet {
    display: none;
  }
  .sparkline {
    grid-column: 1 / -1;
    display: block;
    width: 100%;
    margin-top: 3px;
  }

  .sparkline .floor,
  .range .floor {
    stroke: var(--_line);
    fill: none;
  }
  .multiple[aria-pressed='true'] .floor {
    stroke: var(--_ink);
    stroke-width: 2;
  }
  .sparkline .threshold {
    stroke: var(--_faint);
    stroke-dasharray: 1.5 3;
    fill: none;
  }
  .sparkline .over {
    fill: var(--_drift);
    opacity: 0.28;
    margin: 0;
  }
  .sparkline .current-line {
    fill: none;
    stroke: var(--_current);
    stroke-width: 1.5;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .chosen {
    font-size: 0.875rem;
    font-weight: 600;
    margin-top: 14px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .features .sentence {
    font-size: 0.875rem;
    color: var(--_soft);
    line-height: 20px;
    height: 40px;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .features .more {
    margin-top: 12px;
  }
  .outcome {
    min-height: 88px;
    font-size: 0.8125rem;
  }
  .figure {
    font-size: 0.875rem;
    color: var(--_soft);
  }
  .figure b {
    font-size: 1.375rem;
    font-weight: 600;
    color: var(--_ink);
    letter-spacing: -0.01em;
  }
  .range {
    display: block;
    width: 220px;
  }
  .range .interval {
    stroke: var(--_current);
    stroke-width: 6;
    opacity: 0.25;
    fill: none;
  }
  .range .reference-tick {
    stroke: var(--_reference-ink);
    stroke-width: 2;
    fill: none;
  }
  .range .value-dot {
    fill: var(--_current);
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 0 24px;
    margin: 2px 0 0;
    font-size: 0.8125rem;
  }
  .counts > div {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 10ch;
    border-bottom: 1px solid var(--_line);
    padding: 4px 0;
  }
  .counts dt {
    color: var(--_soft);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Numbers end at the right and begin there too, as the browser sees it: a new digit moves nothing. */
  .counts dd {
    margin: 0;
    white-space: nowrap;
    direction: rtl;
  }
  .caption {
    font-size: 0.8125rem;
    color: var(--_faint);
    margin-top: 12px;
  }
  .wide .caption {
    margin-top: 3px;
  }
  .wide .performance {
    display: grid;
    grid-template-columns: 1.2fr 1fr 1fr;
    gap: 0 52px;
  }
  .wide .counts {
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
  }
  .middle .performance {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: 0 32px;
  }
  .middle .outcome {
    grid-row: 1 / 3;
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
