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
    display: flex;
    gap: 8px;
    align-items: center;
    font-weight: 650;
    letter-spacing: -0.01em;
    background: none;
    border: 0;
    padding: 0;
    color: var(--_ink);
    cursor: pointer;
    font-size: 1rem;
  }
  .word svg {
    width: 22px;
    height: 22px;
    fill: none;
    stroke-width: 2;
  }
  .word .r {
    stroke: var(--_reference-ink);
  }
  .word .c {
    stroke: var(--_current);
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
  .formats {
    margin: 14px 0 0;
    max-width: 92ch;
    text-wrap: pretty;
  }
  drift-dropzone:not([compact])::part(zone) {
    padding: 54px 34px;
  }
  drift-dropzone[compact] {
    margin-top: 26px;
  }
  .data {
    margin: 44px 0 12px;
    font-size: 1.125rem;
    font-weight: 620;
    letter-spacing: -0.01em;
  }
  .try {
    margin: 30px 0 0;
    font-size: 0.8125rem;
    font-weight: 500;
    color: var(--_faint);
  }
  .samples {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 32px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .samples button {
    background: none;
    border: 0;
    padding: 8px 0;
    text-align: left;
    cursor: pointer;
    color: var(--_ink);
  }
  .samples b {
    display: block;
    font-weight: 580;
    text-decoration: underline;
    text-decoration-color: var(--_line);
    text-decoration-thickness: 2px;
    text-underline-offset: 4px;
  }
  .samples button:hover b {
    text-decoration-color: var(--_current);
  }
  .samples span {
    color: var(--_faint);
    font-size: 0.8125rem;
  }
  .promise {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(210px, 1fr));
    gap: 18px 40px;
    margin: 48px 0 0;
    padding: 22px 0 0;
    border-top: 1px solid var(--_line);
    list-style: none;
    font-size: 0.9rem;
    color: var(--_soft);
  }
  .promise b {
    display: flex;
    gap: 8px;
    align-items: center;
    color: var(--_ink);
    font-weight: 580;
    margin-bottom: 2px;
  }
  .loaded {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr));
    gap: 18px 40px;
    margin: 26px 0 24px;
  }
  .data + .loaded {
    margin-top: 0;
  }
  .side {
    border-top: 1px solid var(--_line);
    padding: 12px 0 0;
    min-width: 0;
  }
  .side h2 {
    display: flex;
    gap: 8px;
    align-items: center;
    font-size: 0.8125rem;
    font-weight: 500;
    color: var(--_faint);
  }
  .side .file {
    font-weight: 600;
    overflow-wrap: anywhere;
    margin: 2px 0;
  }
  .side .error {
    color: var(--_drift);
    margin: 4px 0 8px;
    display: flex;
    gap: 8px;
    align-items: baseline;
  }
  .side details {
    margin-top: 6px;
  }
  .form {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 14px;
    align-items: end;
    margin: 10px 0;
  }
  label,
  .label {
    display: grid;
    gap: 3px;
    font-size: 0.8125rem;
    color: var(--_soft);
  }
  label.inline {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  input,
  select {
    font: inherit;
    font-size: 0.875rem;
    color: var(--_ink);
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: 7px;
    padding: 5px 9px;
    min-width: 0;
    max-width: 100%;
  }
  input:not([type='checkbox']),
  select,
  .form .primary {
    height: 33px;
  }
  input[type='number'] {
    width: 104px;
  }
  th .quiet {
    font-weight: 400;
  }
  tbody th {
    color: var(--_ink);
  }
  input[type='checkbox'] {
    accent-color: var(--_current);
  }
  input::placeholder {
    color: var(--_faint);
    opacity: 1;
  }
  input:user-invalid {
    border-color: var(--_drift);
  }
  .primary {
    font: inherit;
    font-size: 0.9rem;
    font-weight: 560;
    color: var(--_paper);
    background: var(--_ink);
    border: 1px solid var(--_ink);
    border-radius: 7px;
    padding: 6px 14px;
    cursor: pointer;
  }
  .primary:disabled {
    opacity: 0.45;
    cursor: default;
  }
  .preview {
    font-size: 0.8125rem;
    max-width: 100%;
    margin-top: 8px;
  }
  .preview td,
  .preview th {
    white-space: nowrap;
    max-width: 180px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .working {
    margin: 0 0 24px;
  }
  .bar {
    height: 4px;
    border-radius: 2px;
    background: var(--_line);
    overflow: hidden;
    margin: 10px 0;
    max-width: 620px;
  }
  .bar i {
    display: block;
    height: 100%;
    background: var(--_current);
    border-radius: 2px;
    transition: width 0.12s linear;
  }
  .bar.unsure i {
    width: 30%;
    animation: slide 1.4s ease-in-out infinite alternate;
  }
  @keyframes slide {
    from {
      margin-left: 0;
    }
    to {
      margin-left: 70%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bar i {
      transition: none;
    }
    .bar.unsure i {
      animation: none;
      width: 100%;
      opacity: 0.4;
    }
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 24px;
    align-items: center;
    color: var(--_soft);
    font-size: 0.875rem;
  }
  .figures b {
    color: var(--_ink);
    font-weight: 560;
  }
  .trouble {
    display: flex;
    gap: 9px;
    align-items: baseline;
    color: var(--_drift);
    margin: 0 0 20px;
    max-width: 90ch;
    overflow-wrap: anywhere;
  }
  .trouble .button {
    color: var(--_ink);
    margin-left: auto;
    flex: none;
  }
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
  .colophon {
    color: var(--_faint);
    font-size: 0.8125rem;
    padding-bottom: 40px;
  }
  .pending {
    list-style: none;
    padding: 0;
    margin: 0 0 14px;
    max-width: 720px;
  }
  .pending li {
    display: flex;
    gap: 12px;
    align-items: center;
    border-bottom: 1px solid var(--_line);
    padding: 7px 0;
  }
  .pending li > :first-child {
    flex: 1;
    overflow-wrap: anywhere;
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
