// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  :host {
    --_slot: 76px;
  }
  .wide {
    --_slot: 52px;
  }
  .room[data-fixed] {
    height: calc(var(--_rows) * var(--_slot));
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .alert {
    display: grid;
    /* Fixed columns: what one alert says must not move what the next one says. */
    grid-template-columns: 20px minmax(0, 1fr) 84px 98px;
    grid-template-rows: 20px 1fr;
    align-items: baseline;
    column-gap: 0;
    height: var(--_slot);
    padding: 7px 2px 0 0;
    border-bottom: 1px solid var(--_line);
    font-size: 0.8125rem;
    line-height: 20px;
  }
  .alert[data-open] {
    height: auto;
    min-height: var(--_slot);
    padding-bottom: 8px;
  }
  .name {
    background: none;
    border: 0;
    padding: 0;
    font-size: 0.875rem;
    font-weight: 600;
    line-height: 20px;
    text-align: left;
    cursor: pointer;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .name:hover {
    text-decoration: underline;
    text-decoration-color: var(--_faint);
    text-underline-offset: 3px;
  }
  .state {
    padding-left: 8px;
    color: var(--_drift);
  }
  .over .state {
    color: var(--_faint);
  }
  .over .name {
    font-weight: 500;
    color: var(--_soft);
  }
  .since {
    color: var(--_faint);
    white-space: nowrap;
  }
  .value {
    display: none;
    white-space: nowrap;
  }
  .sentence {
    grid-column: 2 / -1;
    grid-row: 2;
    color: var(--_soft);
    line-height: 1.4;
    max-height: 2.8em;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    text-wrap: pretty;
    align-self: start;
  }
  .over .sentence {
    color: var(--_faint);
  }
  [data-open] .sentence {
    display: block;
    max-height: none;
  }
  .more {
    grid-column: 2 / -1;
    color: var(--_faint);
    margin-top: 4px;
  }
  .advice {
    color: var(--_ink);
    line-height: 1.4;
    margin-bottom: 4px;
    text-wrap: pretty;
  }
  .wide .alert {
    grid-template-columns: 20px minmax(120px, 190px) 110px 200px minmax(0, 1fr);
    column-gap: 0;
    grid-template-rows: 20px 16px;
    padding-top: 6px;
  }
  .wide .alert[data-open] {
    grid-template-rows: 20px auto auto;
  }
  .wide .name {
    grid-column: 2;
    justify-self: start;
    max-width: 100%;
  }
  .wide .state {
    grid-column: 2;
    grid-row: 2;
    padding: 0;
    line-height: 16px;
  }
  .wide .value {
    display: block;
    grid-column: 3;
    grid-row: 1;
  }
  .wide .value,
  .wide .since,
  .wide .sentence,
  .wide .more {
    padding-left: 16px;
  }
  .wide .since {
    grid-column: 4;
    grid-row: 1;
  }
  .wide .sentence {
    grid-column: 5;
    grid-row: 1 / 3;
    line-height: 19px;
    max-height: 38px;
  }
  .wide [data-open] .sentence {
    max-height: none;
  }
  .wide .more {
    grid-column: 5;
    grid-row: 3;
  }
  .empty {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--_faint);
    font-size: 0.875rem;
    padding-top: 10px;
  }
`;
