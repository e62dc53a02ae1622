// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  .map {
    display: grid;
    row-gap: 2px;
    position: relative;
  }
  .line {
    display: grid;
    grid-template-columns: var(--_names) minmax(0, 1fr);
    align-items: center;
  }
  .line button {
    background: none;
    border: 0;
    padding: 0 10px 0 0;
    height: 24px;
    font-size: 0.8125rem;
    color: var(--_soft);
    text-align: left;
    cursor: pointer;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .line button:hover {
    color: var(--_ink);
  }
  .line button[aria-pressed='true'] {
    color: var(--_ink);
    font-weight: 600;
  }
  .line svg {
    display: block;
    width: 100%;
    height: 22px;
    cursor: pointer;
  }
  .h0 {
    fill: var(--_heat-0);
  }
  .h1 {
    fill: var(--_heat-1);
  }
  .h2 {
    fill: var(--_heat-2);
  }
  .h3 {
    fill: var(--_heat-3);
  }
  .h4 {
    fill: var(--_heat-4);
  }
  .h-1 {
    fill: none;
    stroke: var(--_line);
    stroke-dasharray: 2 2;
  }
  .series {
    padding-left: var(--_names);
    margin-top: 8px;
  }
  .narrow .series {
    padding-left: 0;
  }
  .narrow .line {
    grid-template-columns: minmax(0, 1fr);
  }
  .narrow .line button {
    height: 20px;
  }
  .narrow .map {
    row-gap: 5px;
  }
  .plot {
    outline-offset: 6px;
    touch-action: pan-y;
  }
  .span-reference {
    fill: var(--_heat-0);
  }
  .band {
    fill: var(--_reference);
    opacity: 0.45;
  }
  .threshold {
    stroke: var(--_ink);
    stroke-dasharray: 1.5 3.5;
    fill: none;
  }
  .cursor {
    stroke: var(--_faint);
    fill: none;
  }
  .dots {
    fill: var(--_current);
  }
  .dots.drift {
    fill: var(--_drift);
  }
  .dots.watch {
    fill: var(--_paper);
    stroke: var(--_watch);
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .dots.unknown {
    fill: var(--_paper);
    stroke: var(--_faint);
    stroke-dasharray: 2 1.6;
  }
  text.of-watch {
    fill: var(--_watch);
  }
  .track {
    overflow: visible;

  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    min-height: 1.5em;
    font-size: 0.8125rem;
    color: var(--_soft);
    margin: 0 0 4px;
  }
  .readout b {
    color: var(--_ink);
    font-weight: 560;
  }
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 14px;
    font-size: 0.8125rem;
    color: var(--_faint);
    margin-top: 6px;
    padding-left: var(--_names);
  }
  .narrow .key {
    padding-left: 0;
  }
  .key i {
    display: inline-block;
    width: 14px;
    height: 10px;
    margin-right: 5px;
    vertical-align: -1px;
    /* Colour is all that it says. */
    forced-color-adjust: none;
  }
  .key .band-key {
    background: var(--_reference);
    opacity: 0.45;
  }
  .key .k-none {
    border: 1px dashed var(--_line);
  }
  .key .k0 {
    background: var(--_heat-0);
    border: 1px solid var(--_line);
  }
  .key .k1 {
    background: var(--_heat-1);
  }
  .key .k2 {
    background: var(--_heat-2);
  }
  .key .k4 {
    background: var(--_heat-4);
  }
  .more {
    margin: 8px 0 0 var(--_names);
  }
  .narrow .more {
    margin-left: 0;
  }
  details {
    margin: 10px 0 0 var(--_names);
  }
  .narrow details {
    margin-left: 0;
  }
  .empty {
    color: var(--_soft);
  }
`;
