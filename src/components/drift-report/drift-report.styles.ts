// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  h1 {
    font-size: clamp(1.5rem, 1.05rem + 1.6vw, 1.95rem);
    line-height: 1.2;
    letter-spacing: -0.02em;
    font-weight: 640;
    margin: 0 0 8px;
    max-width: 42ch;
    text-wrap: balance;
  }
  h1 + .facts {
    margin-top: 18px;
  }
  .detail {
    color: var(--_soft);
    max-width: 74ch;
    text-wrap: pretty;
    margin: 0 0 20px;
  }
  .advice {
    max-width: 74ch;
    text-wrap: pretty;
    margin: -8px 0 20px;
  }
  .sides {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 22px;
    margin: 0 0 14px;
    font-size: 0.9rem;
    color: var(--_soft);
  }
  .sides span {
    display: inline-flex;
    gap: 8px;
    align-items: center;
    min-width: 0;
  }
  .sides b {
    color: var(--_ink);
    font-weight: 560;
    overflow-wrap: anywhere;
  }
  .sides i {
    flex: none;
    width: 14px;
    height: 10px;
    border-radius: 2px;
    background: var(--_reference);
  }
  .sides .current i {
    height: 0;
    border-radius: 0;
    background: none;
    border-top: 2.5px solid var(--_current);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 14px 34px;
    list-style: none;
    margin: 0 0 26px;
    padding: 0;
    font-size: 0.8125rem;
    color: var(--_soft);
  }
  .facts b {
    display: flex;
    align-items: center;
    gap: 6px;
    font-size: 1.0625rem;
    font-weight: 600;
    color: var(--_ink);
    min-height: 26px;
  }
  .field {
    display: inline-flex;
    flex-wrap: wrap;
    gap: 2px;
    margin-left: -5px;
  }
  .field button {
    background: none;
    border: 0;
    padding: 5px;
    line-height: 0;
    cursor: pointer;
    border-radius: 6px;
  }
  .field button:hover {
    background: var(--_hover);
  }
  .field .mark {
    width: 13px;
    height: 13px;
  }
  .crowd {
    display: block;
    overflow: visible;
  }
  .crowd path {
    fill: none;
    stroke: var(--_faint);
    stroke-width: 1;
  }
  .crowd .unknown {
    stroke-dasharray: 2 1.4;
  }
  .crowd .watch {
    stroke: var(--_watch);
    stroke-width: 1.4;
  }
  .crowd .drift {
    fill: var(--_drift);
    stroke: none;
  }
  .facts .crowded {
    flex-basis: 100%;
  }
  h2 {
    font-size: 1.125rem;
    font-weight: 620;
    letter-spacing: -0.01em;
    margin: 40px 0 12px;
  }
  .columns {
    color: var(--_soft);
    margin: 0 0 16px;
    max-width: 90ch;
  }
  .columns b {
    color: var(--_ink);
    font-weight: 560;
  }
  .checks {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 0 40px;
    list-style: none;
    margin: 0;
    padding: 0;
    font-size: 0.9rem;
  }
  .narrow .checks {
    grid-template-columns: minmax(0, 1fr);
  }
  .checks li {
    display: grid;
    grid-template-columns: 22px minmax(0, 1fr) minmax(0, max-content);
    align-items: baseline;
    gap: 0 4px;
    border-bottom: 1px solid var(--_line);
    padding: 8px 0;
  }
  .checks .failed {
    grid-column: 1 / -1;
  }
  .checks b {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .checks .passed {
    color: var(--_soft);
  }
  .checks .seen {
    color: var(--_soft);
    text-align: right;
    overflow-wrap: anywhere;
  }
  .checks .expected {
    grid-column: 2 / -1;
    color: var(--_faint);
    font-size: 0.92em;
  }
  .narrow .checks li.failed {
    grid-template-columns: 22px minmax(0, 1fr);
  }
  .narrow .checks .failed .seen {
    grid-column: 2;
    text-align: left;
  }
  .more {
    margin-top: 12px;
  }
  .notes {
    color: var(--_faint);
    font-size: 0.8125rem;
    margin: 36px 0 0;
    max-width: 90ch;
  }
  .notes ul {
    margin: 0 0 8px;
    padding: 0 0 0 18px;
  }
  .state {
    color: var(--_soft);
    padding: 28px 0;
  }
  .state.error {
    color: var(--_drift);
  }
  /* A moving hairline: paling the old report would take its contrast. */
  .busy {
    height: 2px;
    margin: 0 0 -2px;
    overflow: hidden;
  }
  .busy::before {
    content: '';
    display: block;
    width: 25%;
    height: 100%;
    background: var(--_current);
    animation: pass 1.1s ease-in-out infinite alternate;
  }
  @keyframes pass {
    to {
      margin-left: 75%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .busy::before {
      width: 100%;
      animation: none;
    }
  }
`;
