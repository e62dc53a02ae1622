// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  :host {
    background: var(--_paper);
    min-height: 100vh;
  }
  header,
  main,
  .colophon {
    max-width: 1360px;
    margin: 0 auto;
    padding: 0 32px;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 22px;
    align-items: center;
    padding-top: 13px;
    padding-bottom: 13px;
    border-bottom: 1px solid var(--_line);
  }
  main {
    padding-top: 30px;
    padding-bottom: 40px;
  }
  .word {
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
  }
  .pair {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    gap: 4px 20px;
    font-size: 0.875rem;
    color: var(--_soft);
    min-width: 0;
  }
  .pair > span {
    display: flex;
    gap: 8px;
    align-items: center;
    min-width: 0;
  }
  .pair b {
    color: var(--_ink);
    font-weight: 560;
    overflow-wrap: anywhere;
  }
  .swatch {
    flex: none;
    width: 14px;
    height: 10px;
    border-radius: 2px;
    background: var(--_reference);
  }
  .swatch.current {
    height: 0;
    border-radius: 0;
    background: none;
    border-top: 2.5px solid var(--_current);
  }
  .actions {
    display: flex;
    gap: 8px;
    margin-left: auto;
  }
  h1 {
    font-size: clamp(1.6rem, 1.1rem + 2vw, 2.35rem);
    line-height: 1.15;
    letter-spacing: -0.022em;
    font-weight: 640;
    margin: 4vh 0 12px;
    max-width: 26ch;
    text-wrap: balance;
  }
  .lead {
    font-size: 1.0625rem;
    color: var(--_soft);
    max-width: 60ch;
    margin: 0 0 28px;
    text-wrap: pretty;
  }
  .quiet {
    color: var(--_faint);
  }
  .small {
    font-size: 0.8125rem;
  }
  .colophon {
    color: var(--_faint);
    font-size: 0.8125rem;
    padding-bottom: 40px;
  }
  @media (max-width: 760px) {
    header,
    main,
    .colophon {
      padding-left: 16px;
      padding-right: 16px;
    }
    main {
      padding-top: 22px;
    }
    .pair {
      order: 3;
      flex-basis: 100%;
    }
    h1 {
      margin-top: 2vh;
    }
    .settings {
      padding: 14px;
    }
    .menu > div {
      max-width: calc(100vw - 32px);
    }
  }
`;
