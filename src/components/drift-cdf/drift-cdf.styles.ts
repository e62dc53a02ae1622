// SPDX-License-Identifier: Apache-2.0
import { css } from 'lit';

export const styles = css`
  .both {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .both.reference {
    stroke: var(--_reference-ink);
  }
  .both.current {
    stroke: var(--_current);
  }
  .gap {
    stroke: var(--_ink);
    stroke-width: 3;
    fill: none;
  }
  .gap.drift {
    stroke: var(--_drift);
  }
  .gap.watch {
    stroke: var(--_watch);
  }
  text.gap-text {
    fill: var(--_ink);
    stroke: var(--_halo, var(--_paper));
  }
  text.gap-text.drift {
    fill: var(--_drift);
  }
  text.gap-text.watch {
    fill: var(--_watch);
  }
  details {
    margin-top: 8px;
  }
`;
