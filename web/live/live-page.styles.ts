// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** Colours, sizes and spaces, whatever the width. */
export const styles = css`
  :host {
    background: var(--_paper);
    min-height: 100vh;
    min-height: 100dvh;
  }
  header,
  main {
    max-width: 1560px;
    margin: 0 auto;
    padding: 0 26px;
  }
  header {
    display: flex;
    gap: 8px 22px;
    align-items: center;
    justify-content: space-between;
    padding-top: 13px;
    padding-bottom: 13px;
    border-bottom: 1px solid var(--_line);
  }
  .word {
    text-decoration: none;
  }
  .back {
    color: var(--_soft);
    font-size: 0.875rem;
    text-underline-offset: 3px;
  }
  main {
    display: grid;
    grid-template-columns: 348px minmax(0, 1fr);
    gap: 0 34px;
    align-items: start;
    padding-top: 18px;
    padding-bottom: 32px;
  }
  h1 {
    font-size: 1.45rem;
    line-height: 1.15;
    letter-spacing: -0.02em;
    font-weight: 640;
    margin: 0 0 6px;
  }
  h2 {
    font-size: 0.8125rem;
    font-weight: 580;
    color: var(--_soft);
    margin: 14px 0 5px;
  }
  p {
    margin: 0;
  }
  .lead {
    font-size: 0.875rem;
    color: var(--_soft);
    margin-bottom: 14px;
    text-wrap: pretty;
  }
  /* Both texts begin where they began before, however long they get. */
  .now {
    display: grid;
    grid-template-columns: 1fr 112px;
    align-items: baseline;
    gap: 12px;
  }
  .clock {
    font-size: 1.25rem;
    font-weight: 580;
    letter-spacing: -0.01em;
  }
  .now .quiet {
    font-size: 0.8125rem;
  }
  .months {
    position: relative;
    display: grid;
    /* By their days. */
    grid-template-columns: 28fr 31fr 30fr 31fr 30fr;
    border-top: 3px solid var(--_line);
    margin: 8px 0 10px;
    font-size: 0.75rem;
    color: var(--_faint);
  }
  .months .done {
    position: absolute;
    top: -3px;
    left: 0;
    width: 100%;
    height: 3px;
    background: var(--_current);
    transform-origin: left;
    forced-color-adjust: none;
  }
  .months span {
    border-left: 1px solid var(--_line);
    padding: 2px 0 0 5px;
  }
  .months span:first-of-type {
    border-left: 0;
    padding-left: 0;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  .buttons label {
    display: flex;
    gap: 6px;
    align-items: center;
    font-size: 0.8125rem;
    color: var(--_soft);
  }
  .buttons .button {
    font-size: 0.84375rem;
    color: var(--_ink);
    padding-left: 9px;
    padding-right: 9px;
  }
  .buttons select {
    max-width: 108px;
  }
  .buttons .primary {
    min-width: 86px;
    color: var(--_paper);
    background: var(--_ink);
    border-color: var(--_ink);
    font-weight: 560;
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .trouble {
    color: var(--_drift);
    font-size: 0.8125rem;
    margin-top: 8px;
    overflow-wrap: anywhere;
  }
  .told {
    font-size: 0.75rem;
    margin-top: 6px;
  }
  .breaks > div {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 6px;
  }
  .breaks button {
    text-align: left;
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: 8px;
    padding: 5px 10px 6px;
    cursor: pointer;
    line-height: 1.25;
  }
  .breaks button:not(:disabled):hover {
    border-color: var(--_faint);
  }
  .breaks b {
    display: block;
    font-size: 0.84375rem;
    font-weight: 560;
  }
  .breaks span {
    font-size: 0.75rem;
    color: var(--_faint);
  }
  .breaks [aria-pressed='true'] {
    border-color: var(--_drift);
    box-shadow: inset 0 0 0 1px var(--_drift);
  }
  .breaks [aria-pressed='true'] b {
    color: var(--_drift);
  }
  @media (forced-colors: active) {
    .breaks [aria-pressed='true'] {
      border: 3px double;
      padding: 3px 8px 4px;
    }
  }
  /* Room is kept, and more scrolls: what is noticed moves nothing. */
  .trials {
    font-size: 0.8125rem;
    height: 162px;
    margin-top: 14px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .trials h2 {
    margin-top: 0;
  }
  .trials ol,
  .trials ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .trials ol > li {
    display: flex;
    flex-direction: column;
    border-top: 1px solid var(--_line);
    padding: 5px 0 6px;
  }
  /* The newest has the room to itself: what it grows by moves no other. */
  .trials ol > li:first-child {
    min-height: 137px;
  }
  .trials .note {
    margin-top: auto;
  }
  .trials b {
    font-weight: 560;
  }
  .trials ul li {
    display: flex;
    gap: 7px;
    align-items: baseline;
    color: var(--_soft);
  }
  .code pre {
    margin: 0 0 6px;
    padding: 10px 12px;
    max-height: 250px;
    overflow: auto;
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: 8px;
    font-size: 0.71875rem;
    line-height: 1.5;
  }
  .code pre,
  .code code {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
  }
  .code p {
    font-size: 0.75rem;
  }
  .stage {
    min-width: 0;
    min-height: 70vh;
  }
`;
