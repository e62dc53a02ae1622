// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  :host {
    --_category-0: light-dark(#0b7570, #3ec6b8);
    --_category-1: light-dark(#c85a10, #f0954e);
    --_category-2: light-dark(#5b4bb5, #9d90f0);
    --_category-3: light-dark(#b02a6b, #ea7fb3);
    --_category-4: light-dark(#557f0b, #a3cf4d);
    --_category-5: light-dark(#1f72c0, #63b1f2);
    --_category-6: light-dark(#957000, #dcb648);
    --_category-7: light-dark(#7c4a2d, #c79577);
    --_category-8: light-dark(#c0392b, #f0776a);
    --_category-9: light-dark(#30363d, #dfe3e6);
    --_ramp-low: light-dark(#d9a441, #4b3f8f);
    --_ramp-middle: light-dark(#2a8f86, #2f9c93);
    --_ramp-high: light-dark(#2b2466, #f3e38a);
    --_dimmed: light-dark(#9aa3ac, #5a636c);
  }
  section {
    margin-top: 26px;
  }
  h3 {
    font-size: 1em;
    font-weight: 620;
    margin: 0 0 8px;
  }
  h4 {
    font-size: 0.875em;
    font-weight: 500;
    color: var(--_faint);
    margin: 10px 0 4px;
  }
  .chosen {
    margin-top: 12px;
  }
  .chosen .tools {
    font-size: 0.9375em;
    margin-bottom: 4px;
  }
  .tall {
    max-height: 264px;
    overflow-y: auto;
  }
  .holds {
    max-width: 420px;
    overflow-wrap: anywhere;
  }
  .holds img {
    vertical-align: middle;
  }
  img {
    object-fit: contain;
    background: #fff;
    border-radius: 3px;
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 260px), 1fr));
    gap: 4px 32px;
    font-size: 0.875em;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(40%, 1fr) fit-content(60%);
    gap: 3px 14px;
    margin: 0;
  }
  dt {
    color: var(--_soft);
    overflow-wrap: anywhere;
  }
  dd {
    margin: 0;
    text-align: right;
    overflow-wrap: anywhere;
  }
  .moves {
    display: grid;
    grid-template-columns: minmax(70px, max-content) minmax(60px, 1fr) max-content;
    column-gap: 12px;
    list-style: none;
    margin: 0;
    padding: 0;
    font-size: 0.8125rem;
  }
  .moves li {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: center;
    min-height: 22px;
  }
  .moves .name {
    max-width: 190px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .lane {
    position: relative;
    height: 12px;
    background: linear-gradient(var(--_faint), var(--_faint)) center / 1px 100% no-repeat;
  }
  .lane i {
    position: absolute;
    inset-block: 2px;
    background: var(--_current);
  }
  .plots {
    display: grid;
    row-gap: 12px;
    align-items: end;
  }
  figure {
    margin: 0;
    min-width: 0;
  }
  figcaption {
    font-size: 0.8125rem;
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 10px;
  }
  figcaption b {
    font-weight: 560;
    overflow-wrap: anywhere;
  }
  .tick {
    stroke-width: 2.4;
    fill: none;
  }
  .tick.reference {
    stroke: var(--_reference-ink);
  }
  .tick.current {
    stroke: var(--_current);
  }
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(96px, 1fr));
    gap: 8px;
    list-style: none;
    margin: 8px 0 0;
    padding: 0;
  }
  .card {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 2px;
    box-sizing: border-box;
    width: 100%;
    height: 100%;
    padding: 8px 6px;
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: 8px;
    font-size: 0.8125rem;
  }
  button.card {
    cursor: pointer;
  }
  button.card:hover {
    border-color: var(--_faint);
  }
  .card[aria-pressed='true'] {
    border-color: var(--_ink);
    box-shadow: inset 0 0 0 1px var(--_ink);
  }
  .card .text {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .note {
    font-size: 0.875em;
  }
  .more {
    margin-top: 8px;
  }
  details {
    margin-top: 8px;
  }
  .waiting {
    height: 300px;
    border-radius: var(--_radius);
    background: var(--_heat-0);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.55;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .waiting {
      animation: none;
    }
  }
  .error {
    color: var(--_drift);
  }
  .empty {
    color: var(--_faint);
    font-size: 0.875em;
    padding: 24px 0;
  }
`;
