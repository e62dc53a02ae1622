// SPDX-License-Identifier: Apache-2.0
import { html, LitElement, nothing, type SVGTemplateResult, svg } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CdfData, FeatureReport } from '../../report/report.js';
import { define } from '../define.js';
import { axisTicks, bottomAxis, kindValue } from '../internal/axis.js';
import { curveAt, domainOf, finiteCdf, within } from '../internal/curve.js';
import { dataTable } from '../internal/data-table.js';
import { formatNumber, formatShare } from '../internal/number-text.js';
import { linear } from '../internal/scale.js';
import { polyline } from '../internal/step-path.js';
import { chartInk, furniture, tokens } from '../internal/tokens.styles.js';
import { WidthController } from '../internal/width-controller.js';
import { styles } from './drift-cdf.styles.js';

const AXIS_HEIGHT = 24;
const HEAD = 14;

/**
 * @summary Both cumulative distributions of a numeric feature, with the greatest gap (Kolmogorov–Smirnov) at its place.
 *
 * @customElement drift-cdf
 * @csspart chart - The SVG.
 * @csspart data - The data table behind it.
 * @cssproperty --drift-reference-ink - Line of the reference.
 * @cssproperty --drift-current - Line of the current side.
 */
export class DriftCdf extends LitElement {
  static override styles = [tokens, furniture, chartInk, styles];

  /** The feature to draw; draws nothing without `feature.cdf`. */
  @property({ attribute: false }) feature: FeatureReport | null = null;

  /** Height in px. */
  @property({ type: Number }) height = 220;

  @state() private tableOpen = false;

  #size = new WidthController(this);

  override render() {
    const feature = this.feature;
    const cdf = finiteCdf(feature?.cdf);
    if (feature === null || cdf === null) return nothing;
    const width = this.#size.width;
    return html`${width > 0 ? this.#chart(feature, cdf, width) : html`<div .style="height:${this.height}px"></div>`}
    ${dataTable({
      summary: 'as a table',
      caption: `Cumulative distribution of ${feature.name}`,
      head: ['at most', 'reference', 'current'],
      rows: () =>
        cdf.x.flatMap((x, i) =>
          x === cdf.x[i + 1]
            ? []
            : [[kindValue(feature.kind, x), formatShare(cdf.reference[i]), formatShare(cdf.current[i])]],
        ),
      open: this.tableOpen,
      onToggle: (open) => (this.tableOpen = open),
    })}`;
  }

  #chart(feature: FeatureReport, cdf: CdfData, width: number) {
    const base = this.height - AXIS_HEIGHT;
    const domain = domainOf(cdf, feature.histogram?.edges);
    const x = linear(domain, [1, width - 1]);
    const y = linear([0, 1], [base, HEAD]);
    const side = (values: readonly number[]): string =>
      polyline(within({ x: cdf.x, y: values }, domain).map(([at, share]) => [x(at), y(share)] as const));
    return html`<svg
      class="chart"
      part="chart"
      role="img"
      aria-label="Cumulative distribution of ${feature.name}, reference and current"
      viewBox="0 0 ${width} ${this.height}"
      height=${this.height}
    >
      <path class="grid" d="M0 ${HEAD}H${width}M0 ${y(0.5)}H${width}" />
      <text x="0" y=${HEAD - 4}>100 %</text><text x="0" y=${y(0.5) - 4}>50 %</text>
      <path class="both reference" d=${side(cdf.reference)} /><path class="both current" d=${side(cdf.current)} />
      ${this.#gap(feature, cdf, { x, y, domain, width })}
      ${bottomAxis(axisTicks(feature.kind, domain, width), { x, y: base, left: 0, right: width })}
    </svg>`;
  }

  #gap(
    feature: FeatureReport,
    cdf: CdfData,
    place: {
      x: (v: number) => number;
      y: (v: number) => number;
      domain: readonly [number, number];
      width: number;
    },
  ): SVGTemplateResult | typeof nothing {
    const ks = feature.distances.kolmogorovSmirnov;
    if (ks?.at === undefined || !(ks.at >= place.domain[0] && ks.at <= place.domain[1])) return nothing;
    const at = place.x(ks.at);
    const ends = [
      place.y(curveAt({ x: cdf.x, y: cdf.reference }, ks.at)),
      place.y(curveAt({ x: cdf.x, y: cdf.current }, ks.at)),
    ].sort((a, b) => a - b) as [number, number];
    if (!Number.isFinite(ends[0] + ends[1])) return nothing;
    const ink = feature.verdict.rating;
    // Below a rising curve, right of the gap, there is room, unless the gap is at the right edge.
    const atRight = at > place.width * 0.62;
    const textY = Math.min(this.height - AXIS_HEIGHT - 8, ends[1] + 20);
    return svg`<path class="gap ${ink}" d="M${at.toFixed(1)} ${ends[0].toFixed(1)}V${Math.max(ends[1], ends[0] + 2).toFixed(1)}"/>
      <text class="label halo gap-text ${ink}" x=${(atRight ? at - 8 : at + 8).toFixed(1)} y=${textY.toFixed(1)} text-anchor=${atRight ? 'end' : 'start'}>KS ${formatNumber(ks.value)} at ${kindValue(feature.kind, ks.at)}</text>`;
  }
}

define('drift-cdf', DriftCdf);

declare global {
  interface HTMLElementTagNameMap {
    'drift-cdf': DriftCdf;
  }
}
