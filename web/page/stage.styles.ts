// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** The empty page, loaded files, forms, progress. */
export const stageStyles = css`
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
  .live {
    margin: 22px 0 0;
    font-size: 0.9rem;
    color: var(--_soft);
  }
  .live a {
    color: var(--_ink);
    font-weight: 580;
    text-underline-offset: 4px;
    text-decoration-color: var(--_current);
    text-decoration-thickness: 2px;
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
  /* Moved, not laid out: the page's thread has no part in it. */
  @keyframes slide {
    to {
      transform: translateX(233%);
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
`;
