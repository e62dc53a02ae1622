// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** Small charts of features, and performance. */
export const featureStyles = css`
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
  .sparkline .pale-line {
    fill: none;
    stroke: var(--_faint);
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
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
`;
