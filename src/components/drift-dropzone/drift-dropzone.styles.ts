// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  .zone {
    border: 1.5px dashed color-mix(in srgb, var(--_faint) 55%, transparent);
    border-radius: calc(var(--_radius) + 4px);
    padding: 34px 28px;
    transition:
      border-color 0.15s,
      background 0.15s;
  }
  .zone.over {
    border-color: var(--_current);
    border-style: solid;
    background: color-mix(in srgb, var(--_current) 7%, transparent);
  }
  :host([compact]) .zone {
    padding: 12px 16px;
    border-radius: var(--_radius);
  }
  .veil {
    position: fixed;
    inset: 8px;
    z-index: 10;
    border: 2px solid var(--_current);
    border-radius: calc(var(--_radius) + 6px);
    background: color-mix(in srgb, var(--_current) 5%, transparent);
    pointer-events: none;
  }
  .ask {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 14px;
    align-items: center;
  }
  .pick {
    font: inherit;
    font-weight: 560;
    color: var(--_paper);
    background: var(--_ink);
    border: 1px solid var(--_ink);
    border-radius: 8px;
    padding: 8px 16px;
    cursor: pointer;
  }
  .pick:hover {
    background: color-mix(in srgb, var(--_ink) 86%, var(--_paper));
  }
  .pick:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .hint {
    color: var(--_soft);
  }
  .error {
    display: flex;
    gap: 8px;
    align-items: baseline;
    color: var(--_drift);
    margin: 12px 0 0;
  }
  @media (prefers-reduced-motion: reduce) {
    .zone {
      transition: none;
    }
  }
`;
