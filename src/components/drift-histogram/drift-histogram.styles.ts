// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  .bars {
    display: grid;
    grid-template-columns: minmax(64px, max-content) minmax(60px, 1fr) max-content max-content;
    column-gap: 12px;
    align-items: center;
    margin: 0;
    padding: 0;
    list-style: none;
    font-size: 0.8125rem;
  }
  .bars li {
    display: grid;
    grid-template-columns: subgrid;
    grid-column: 1 / -1;
    align-items: center;
    min-height: 23px;
  }
  .name {
    max-width: 190px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bar {
    position: relative;
    height: 13px;
  }
  .bar i {
    position: absolute;
    inset: 0 auto 0 0;
    background: var(--_reference);
    border-radius: 0 2px 2px 0;
  }
  .bar b {
    position: absolute;
    top: 50%;
    left: 0;
    border-top: 2px solid var(--_current);
    transform: translateY(-1px);
  }
  .bar b::after {
    content: '';
    position: absolute;
    right: 0;
    top: -8px;
    height: 14px;
    border-right: 2px solid var(--_current);
  }
  .change {
    color: var(--_soft);
    text-align: right;
    white-space: nowrap;
  }
  .new {
    color: var(--_current);
    font-weight: 560;
  }
  .more {
    margin-top: 8px;
  }
  details {
    margin-top: 8px;
  }
  .empty {
    color: var(--_faint);
    font-size: 0.875em;
    padding: 24px 0;
  }
`;
