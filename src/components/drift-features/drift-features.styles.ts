// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** One grid for the head and every row, so that columns line up without a table layout to recompute. */
export const styles = css`
  :host {
    --_columns: 26px minmax(110px, 1.1fr) 148px 162px 122px 84px 122px minmax(170px, 2.6fr);
  }
  .middle {
    --_columns: 26px minmax(110px, 1fr) 148px 162px 122px 84px 112px;
  }
  .middle .row {
    min-height: 88px;
    row-gap: 4px;
  }
  .middle .sentence {
    grid-column: 2 / -1;
    max-width: none;
  }
  .middle .head > :last-child {
    display: none;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 10px;
    align-items: center;
    margin: 0 0 8px;
    font-size: 0.875rem;
  }
  .tools input[type='search'] {
    font: inherit;
    color: inherit;
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: 7px;
    padding: 5px 10px;
    width: 190px;
    min-width: 0;
  }
  .tools input::placeholder {
    color: var(--_faint);
    opacity: 1;
  }
  .chip {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    background: none;
    border: 1px solid transparent;
    border-radius: 999px;
    padding: 3px 9px;
    cursor: pointer;
    color: var(--_soft);
  }
  .chip:hover {
    border-color: var(--_line);
  }
  .chip[aria-pressed='true'] {
    background: var(--_panel);
    border-color: var(--_faint);
    color: var(--_ink);
  }
  .count {
    color: var(--_faint);
    margin-left: auto;
  }
  .row,
  .head {
    display: grid;
    grid-template-columns: var(--_columns);
    align-items: center;
    border-bottom: 1px solid var(--_line);
  }
  .head {
    font-size: 0.8125rem;
    color: var(--_faint);
    min-height: 34px;
  }
  .head button {
    background: none;
    border: 0;
    padding: 4px 0;
    color: inherit;
    cursor: pointer;
    text-align: left;
    white-space: nowrap;
  }
  .head button:hover,
  .head .sorted button {
    color: var(--_ink);
  }
  .head .arrow {
    font-size: 0.8em;
  }
  .row {
    position: relative;
    min-height: 66px;
    padding: 7px 0;
    cursor: pointer;
  }
  .row:hover {
    background: linear-gradient(90deg, transparent, var(--_hover) 12px calc(100% - 12px), transparent);
  }
  .row.open {
    border-bottom-color: transparent;
  }
  .row > *,
  .head > * {
    padding-right: 14px;
    min-width: 0;
  }
  .row > :last-child,
  .head > :last-child {
    padding-right: 0;
  }
  .name button {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    max-width: 100%;
    overflow: hidden;
    overflow-wrap: anywhere;
    line-height: 1.25;
    background: none;
    border: 0;
    padding: 0;
    font-weight: 600;
    text-align: left;
    cursor: pointer;
  }
  .name span {
    display: block;
    color: var(--_faint);
    font-size: 0.8125rem;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .value {
    white-space: nowrap;
  }
  .value span,
  .unit {
    color: var(--_faint);
    font-size: 0.8125rem;
  }
  .p,
  .missing {
    font-size: 0.875rem;
    white-space: nowrap;
    color: var(--_soft);
  }
  .sentence {
    color: var(--_soft);
    text-wrap: pretty;
    max-width: 62ch;
  }
  .opened {
    padding: 2px 0 16px;
    border-bottom: 1px solid var(--_line);
  }
  .empty {
    color: var(--_soft);
    padding: 28px 0;
  }
  .waiting {
    height: 66px;
    border-bottom: 1px solid var(--_line);
    display: flex;
    align-items: center;
    gap: 26px;
  }
  .waiting i {
    height: 10px;
    border-radius: 5px;
    background: var(--_line);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .waiting i {
      animation: none;
    }
  }
  .virtual {
    position: relative;
    contain: layout style;
  }
  .virtual > .slot {
    position: absolute;
    left: 0;
    right: 0;
    contain: layout style;
  }
  .virtual .row {
    height: var(--_row);
    overflow: hidden;
  }
  .virtual .name button {
    -webkit-line-clamp: 1;
  }
  .virtual .sentence {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
  }
  .cards .head {
    display: none;
  }
  .cards .row {
    grid-template-columns: 24px minmax(0, 1fr) auto;
    grid-template-areas: 'mark name value' '. spark bullet' '. sentence sentence' '. facts facts';
    row-gap: 6px;
    padding: 13px 0;
    align-content: start;
  }
  .cards .row > .mark-cell {
    grid-area: mark;
    align-self: start;
    padding-top: 4px;
  }
  .cards .name {
    grid-area: name;
  }
  .cards .distribution {
    grid-area: spark;
  }
  .cards .bar-cell {
    grid-area: bullet;
    width: 110px;
    padding-right: 0;
  }
  .cards .value {
    grid-area: value;
    align-self: start;
    padding-right: 0;
  }
  .cards .p {
    grid-area: facts;
  }
  .cards .missing {
    grid-area: facts;
    text-align: right;
    padding-right: 0;
  }
  .cards .sentence {
    grid-area: sentence;
    padding-right: 0;
  }
  .cards-only {
    display: none;
  }
  .cards .cards-only {
    display: inline;
  }
`;
