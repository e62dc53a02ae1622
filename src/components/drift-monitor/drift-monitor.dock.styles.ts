// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

/** The badge, and where a docked monitor stands. */
export const dockStyles = css`
  :host(:not([open])) {
    display: inline-block;
    vertical-align: middle;
  }
  .badge {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    height: 34px;
    padding: 0 8px 0 12px;
    border: 1px solid var(--_line);
    border-radius: 999px;
    background: var(--_panel);
    font-size: 0.875rem;
    white-space: nowrap;
    cursor: pointer;
  }
  .badge:hover {
    border-color: var(--_faint);
  }
  .badge:focus-visible {
    border-radius: 999px;
  }
  .word {
    display: grid;
    font-weight: 560;
    text-align: left;
  }
  .word > * {
    grid-area: 1 / 1;
  }
  .word > [hidden] {
    display: block;
    visibility: hidden;
  }
  .word .drift {
    color: var(--_drift);
  }
  .word .watch {
    color: var(--_watch);
  }
  .count {
    min-width: 26px;
    height: 20px;
    padding: 0 6px;
    border-radius: 999px;
    background: var(--_line);
    color: var(--_soft);
    font-size: 0.8125rem;
    font-weight: 560;
    line-height: 20px;
    text-align: center;
  }
  .count.some {
    background: var(--_drift);
    color: var(--_paper);
  }
  :host([dock]:not([dock=''])) {
    position: fixed;
    z-index: 1000;
  }
  :host([dock^='top']) {
    top: 16px;
  }
  :host([dock^='bottom']) {
    bottom: 16px;
  }
  :host([dock$='left']) {
    left: 16px;
  }
  :host([dock$='right']) {
    right: 16px;
  }
  :host([dock='left']:not([open])),
  :host([dock='right']:not([open])) {
    top: 50%;
    transform: translateY(-50%);
  }
  :host([dock]:not([dock=''])) .badge,
  :host([dock]:not([dock=''])) .panel {
    box-shadow:
      0 1px 2px rgb(0 0 0 / 0.06),
      0 8px 28px rgb(0 0 0 / 0.14);
  }
  :host([dock]:not([dock=''])[open]) {
    --_paper: var(--drift-panel, light-dark(#ffffff, #181c20));
    width: min(460px, calc(100vw - 32px));
  }
  :host([dock]:not([dock=''])) .panel {
    max-height: min(780px, calc(100dvh - 32px));
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-gutter: stable;
    padding: 0 18px 18px;
    background: var(--_panel);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  :host([dock]:not([dock=''])) header {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--_panel);
    padding-top: 12px;
    margin: 0 -2px;
    padding-inline: 2px;
  }
  :host([dock]:not([dock=''])) h2 {
    font-size: 1.125rem;
    line-height: 1.3;
    height: 2.6em;
  }
  :host([dock]:not([dock=''])) h2.whole {
    height: auto;
  }
  :host([dock='left'][open]),
  :host([dock='right'][open]) {
    top: 0;
    bottom: 0;
  }
  :host([dock='left'][open]) {
    left: 0;
  }
  :host([dock='right'][open]) {
    right: 0;
  }
  :host([dock='left'][open]) .panel,
  :host([dock='right'][open]) .panel {
    height: 100%;
    max-height: none;
    border-radius: 0;
    border-width: 0 1px;
  }
  @media (max-width: 520px) {
    :host([dock]:not([dock=''])[open]) {
      left: 8px;
      right: 8px;
      width: auto;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    :host([dock]:not([dock=''])) .panel {
      animation: rise 0.14s ease-out;
    }
    @keyframes rise {
      from {
        transform: translateY(8px);
      }
    }
  }
`;
