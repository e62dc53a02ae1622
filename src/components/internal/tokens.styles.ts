// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/**
 * The two inks, the paper and the type. Every element reads `--drift-*` and falls back to these; `light-dark()` follows
 * the `color-scheme` of the page, so an element in a light page stays light.
 */
export const tokens = css`
  :host {
    --_paper: var(--drift-paper, light-dark(#fbfaf7, #121518));
    --_panel: var(--drift-panel, light-dark(#ffffff, #181c20));
    --_ink: var(--drift-ink, light-dark(#1c2126, #e8eaec));
    --_soft: var(--drift-soft, light-dark(#525c66, #a9b1b9));
    --_faint: var(--drift-faint, light-dark(#626a73, #939ca5));
    --_line: var(--drift-line, light-dark(#e4e2db, #2a3036));
    --_hover: var(--drift-hover, light-dark(#f4f2ec, #181c20));
    --_reference: var(--drift-reference, light-dark(#ccd1d7, #3d454e));
    --_reference-ink: var(--drift-reference-ink, light-dark(#646d78, #98a2ad));
    --_current: var(--drift-current, light-dark(#0b7570, #3ec6b8));
    --_watch: var(--drift-watch, light-dark(#8a5a0f, #e0aa4e));
    --_drift: var(--drift-drift, light-dark(#b3401c, #ef7a50));
    --_heat-0: var(--drift-heat-0, light-dark(#efeeea, #1b2024));
    --_heat-1: var(--drift-heat-1, light-dark(#e3e0d8, #2a3036));
    --_heat-2: var(--drift-heat-2, light-dark(#eddcb4, #4d4022));
    --_heat-3: var(--drift-heat-3, light-dark(#d99a52, #8f5a26));
    --_heat-4: var(--drift-heat-4, light-dark(#b3401c, #d5602f));
    --_radius: var(--drift-radius, 10px);
    box-sizing: border-box;
    display: block;
    color: var(--_ink);
    font-family: var(--drift-font, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    font-size: var(--drift-font-size, 0.9375rem);
    line-height: 1.45;
    font-variant-numeric: tabular-nums;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  .mark {
    width: 12px;
    height: 12px;
    flex: none;
    vertical-align: -1px;
    overflow: visible;
  }
  .mark path,
  .mark circle {
    fill: none;
    stroke-width: 1.6;
    stroke: var(--_faint);
    stroke-linejoin: round;
  }
  .mark .watch {
    stroke: var(--_watch);
    stroke-width: 1.8;
  }
  .mark .drift {
    fill: var(--_drift);
    stroke: none;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: 2px solid var(--_current);
    outline-offset: 2px;
    border-radius: 4px;
  }
`;

/** Hairline tables, small headings and plain buttons: what several elements share. */
export const furniture = css`
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 0.875em;
  }
  th {
    font-weight: 500;
    color: var(--_faint);
    text-align: left;
  }
  th,
  td {
    padding: 5px 14px 5px 0;
    border-bottom: 1px solid var(--_line);
    vertical-align: baseline;
  }
  tr > :last-child {
    padding-right: 0;
  }
  .first > * {
    border-bottom: 0;
    padding-bottom: 1px;
  }
  .more > td {
    padding-top: 0;
  }
  .n {
    text-align: right;
    white-space: nowrap;
  }
  .quiet {
    color: var(--_faint);
  }
  .convention {
    display: block;
    color: var(--_faint);
    font-size: 0.92em;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  .scroll {
    overflow-x: auto;
  }
  button {
    font: inherit;
    color: inherit;
  }
  .button,
  select.button {
    font-size: 0.9em;
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: 7px;
    padding: 5px 11px;
    cursor: pointer;
  }
  .button:hover {
    border-color: var(--_faint);
  }
  details > summary {
    cursor: pointer;
    color: var(--_faint);
    font-size: 0.85em;
    width: fit-content;
  }
  details > summary:hover {
    color: var(--_ink);
  }
  h2,
  h3,
  p {
    margin: 0;
  }
`;

/** Shared by every drawn chart. */
export const chartInk = css`
  svg.chart {
    display: block;
    width: 100%;
    overflow: visible;
    font-family: inherit;
  }
  .reference-mass {
    fill: var(--_reference);
  }
  .reference-line {
    fill: none;
    stroke: var(--_reference-ink);
    stroke-width: 1.2;
    stroke-linejoin: round;
  }
  .current-line {
    fill: none;
    stroke: var(--_current);
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .axis {
    stroke: var(--_faint);
    stroke-width: 1;
    fill: none;
  }
  .grid {
    stroke: var(--_line);
    stroke-width: 1;
    fill: none;
  }
  text {
    font-size: 12px;
    fill: var(--_faint);
    font-variant-numeric: tabular-nums;
  }
  text.label {
    font-size: 13px;
    font-weight: 560;
  }
  text.halo {
    paint-order: stroke;
    stroke: var(--_halo, var(--_paper));
    stroke-width: 4px;
    stroke-linejoin: round;
  }
  text.of-reference {
    fill: var(--_reference-ink);
  }
  text.of-current {
    fill: var(--_current);
  }
  text.of-drift {
    fill: var(--_drift);
  }
`;
