// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** The settings panel and the export menu. */
export const settingsStyles = css`
  .settings {
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) + 2px);
    background: var(--_panel);
    padding: 18px 22px 16px;
    margin: 0 0 28px;
  }
  .settings h2 {
    font-size: 1rem;
    font-weight: 620;
  }
  .settings h3 {
    font-size: 0.8125rem;
    font-weight: 580;
    color: var(--_soft);
    margin: 18px 0 6px;
  }
  .settings input,
  .settings select {
    background: var(--_paper);
  }
  .settings .form {
    margin: 0;
  }
  .settings .tolerances {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(132px, 1fr));
    gap: 12px 14px;
    align-items: end;
  }
  .tolerances input {
    width: 100%;
  }
  .top {
    display: flex;
    gap: 10px;
    align-items: baseline;
    flex-wrap: wrap;
  }
  .top p {
    flex: 1 1 240px;
    color: var(--_soft);
    font-size: 0.875rem;
  }
  .menu {
    position: relative;
  }
  .menu > div {
    position: absolute;
    right: 0;
    top: calc(100% + 6px);
    z-index: 5;
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    box-shadow: 0 8px 28px rgb(0 0 0 / 0.12);
    padding: 6px;
    width: 268px;
  }
  .menu > div button {
    display: block;
    width: 100%;
    text-align: left;
    background: none;
    border: 0;
    border-radius: 6px;
    padding: 7px 10px;
    cursor: pointer;
  }
  .menu > div button:hover {
    background: var(--_hover);
  }
  .menu small {
    display: block;
    color: var(--_faint);
    font-size: 0.8125rem;
  }
  summary.button {
    list-style: none;
    color: var(--_ink);
    font-size: 0.84375rem;
  }
  summary.button::-webkit-details-marker {
    display: none;
  }
`;
