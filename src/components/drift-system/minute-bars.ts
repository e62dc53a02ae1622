// SPDX-License-Identifier: Apache-2.0
import { html, svg, type TemplateResult } from 'lit';
import { LEAST_MINUTES } from './latency-plot.js';

const HEIGHT = 26;

/** One bar a minute; `own`, the part that is ours, in the ink of the current side. Heights share the scale of the largest. */
export function minuteBars(
  values: readonly number[],
  { own, ink, width, floor }: { own?: readonly number[]; ink: string; width: number; floor: number },
): TemplateResult {
  const most = Math.max(floor, ...values.filter(Number.isFinite));
  const step = width / Math.max(LEAST_MINUTES, values.length);
  const gap = step > 4 ? 1 : step > 2 ? 0.5 : 0;
  const bars = (list: readonly number[]): string =>
    list
      .map((value, i) => {
        const height = Math.max(0, (value / most) * (HEIGHT - 2));
        return value > 0
          ? `M${(i * step).toFixed(1)} ${HEIGHT - 1}h${(step - gap).toFixed(1)}v${-Math.max(1.5, height).toFixed(1)}h${(gap - step).toFixed(1)}Z`
          : '';
      })
      .join('');
  return html`<svg class="bars" viewBox="0 0 ${width} ${HEIGHT}" width=${width} height=${HEIGHT} aria-hidden="true">
    <path class="floor" d="M0 ${HEIGHT - 0.5}H${width}" /><path class=${ink} d=${bars(values)} />
    ${own === undefined ? '' : svg`<path class="own" d=${bars(own)}/>`}
  </svg>`;
}
