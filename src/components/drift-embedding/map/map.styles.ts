// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** The map of an embedding: its tools, the plane, what is drawn over it and its key. */
export const mapStyles = css`
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin: 0 0 8px;
  }
  .tools > div {
    display: inline-flex;
  }
  .tools > div .button {
    border-radius: 0;
    margin-left: -1px;
  }
  .tools > div .button:first-child {
    border-radius: 7px 0 0 7px;
    margin-left: 0;
  }
  .tools > div .button:last-child {
    border-radius: 0 7px 7px 0;
  }
  .tools .button[aria-pressed='true'] {
    background: var(--_ink);
    border-color: var(--_ink);
    color: var(--_paper);
  }
  .tools label {
    font-size: 0.875em;
    color: var(--_soft);
  }
  select.button {
    color: var(--_ink);
    margin-left: 4px;
    max-width: 200px;
    font-family: inherit;
  }
  .readout {
    min-height: 1.5em;
    font-size: 0.8125rem;
    color: var(--_soft);
    margin: 0 0 4px;
    overflow-wrap: anywhere;
  }
  .axis-name {
    font-size: 0.75rem;
    color: var(--_faint);
    margin: 0 0 3px;
  }
  .axis-name.right {
    text-align: right;
    margin: 3px 0 0;
  }
  .plane {
    position: relative;
    overflow: hidden;
    background: var(--_panel);
    border-radius: var(--_radius);
    box-shadow: inset 0 0 0 1px var(--_line);
    user-select: none;
    -webkit-user-select: none;
    /* One finger scrolls the page, two are the map's. */
    touch-action: pan-x pan-y;
  }
  .plane:focus-visible {
    border-radius: var(--_radius);
  }
  .plane.lasso {
    cursor: crosshair;
    touch-action: none;
  }
  .plane.move {
    cursor: grab;
    touch-action: none;
  }
  canvas,
  .plane svg.overlay {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .held {
    position: absolute;
    display: flex;
    align-items: center;
    gap: 8px;
    max-width: min(240px, 45%);
    padding: 5px 8px;
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: 8px;
    font-size: 0.8125rem;
    overflow-wrap: anywhere;
    pointer-events: none;
  }
  .overlay .lasso {
    fill: var(--_current);
    fill-opacity: 0.12;
    stroke: var(--_ink);
    stroke-width: 1.2;
    stroke-dasharray: 4 3;
  }
  .overlay .hover,
  .overlay .marked {
    fill: none;
    stroke: var(--_ink);
    stroke-width: 1.6;
  }
  .overlay .marked {
    stroke: var(--_drift);
    stroke-width: 2.5;
  }
  .shift-halo {
    stroke: var(--_panel);
    stroke-width: 5;
  }
  .shift {
    stroke: var(--_ink);
    stroke-width: 1.8;
  }
  .mean {
    stroke: var(--_panel);
    stroke-width: 1.5;
    fill: var(--_ink);
  }
  .mean.reference {
    fill: var(--_panel);
    stroke: var(--_ink);
    stroke-width: 1.8;
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 3px 16px;
    list-style: none;
    margin: 6px 0 0;
    padding: 0;
    font-size: 0.8125rem;
    color: var(--_soft);
  }
  .key li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    overflow-wrap: anywhere;
  }
  .key i {
    flex: none;
    width: 14px;
    height: 10px;
    border-radius: 2px;
  }
  .key .dot {
    width: 9px;
    height: 9px;
    border-radius: 50%;
  }
  .key .region {
    background: var(--_reference);
    box-shadow: inset 0 0 0 1px var(--_reference-ink);
  }
  .key .fewer {
    background: var(--_reference-ink);
  }
  .key .extra {
    background: var(--_current);
  }
  .key .chance {
    background: var(--_line);
  }
  .key .ramp {
    width: 90px;
    background: linear-gradient(to right, var(--_ramp-low), var(--_ramp-middle), var(--_ramp-high));
  }
  .key .means {
    height: 0;
    border-top: 1.8px solid var(--_ink);
  }
`;
