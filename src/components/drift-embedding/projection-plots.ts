// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { EmbeddingProjection } from '../../report/embedding-view.js';
import { formatNumber, formatP, formatShare } from '../internal/number-text.js';
import { linear } from '../internal/scale.js';
import { stepLine } from '../internal/step-path.js';

const HEIGHT = 84;
const BASE = HEIGHT - 18;
const HEAD = 8;

/** Shares of a projection in its bins, with what lies beyond in the first and the last. Absent when they do not fit the edges. */
export function projectionShares({
  edges,
  reference,
  current,
}: EmbeddingProjection): { reference: readonly number[]; current: readonly number[] } | undefined {
  const bins = edges.length - 1;
  if (bins < 1 || reference.length !== current.length) return undefined;
  if (![...edges, ...reference, ...current].every(Number.isFinite)) return undefined;
  if (!((edges[bins] as number) > (edges[0] as number))) return undefined;
  if (reference.length === bins) return { reference, current };
  if (reference.length !== bins + 2) return undefined;
  const folded = (shares: readonly number[]): number[] => {
    const inner = shares.slice(1, -1);
    inner[0] = (inner[0] ?? 0) + (shares[0] ?? 0);
    inner[inner.length - 1] = (inner.at(-1) ?? 0) + (shares.at(-1) ?? 0);
    return inner;
  };
  return { reference: folded(reference), current: folded(current) };
}

/** Means of both sides and the standard deviation of the reference; from the middles of bins where no exact means are given. */
export function projectionMeans(
  projection: EmbeddingProjection,
): { reference: number; current: number; sd: number } | undefined {
  const shares = projectionShares(projection);
  if (shares === undefined) return undefined;
  const middles = projection.edges.slice(1).map((edge, i) => (edge + (projection.edges[i] as number)) / 2);
  const moment = (side: readonly number[], about: number, power: number): number => {
    const total = side.reduce((sum, share) => sum + share, 0);
    return side.reduce((sum, share, i) => sum + share * ((middles[i] as number) - about) ** power, 0) / total;
  };
  const binned = moment(shares.reference, 0, 1);
  return {
    reference: projection.means?.[0] ?? binned,
    current: projection.means?.[1] ?? moment(shares.current, 0, 1),
    sd: Math.sqrt(moment(shares.reference, binned, 2)),
  };
}

/** Both sides on one direction, small, with both means as ticks below. */
export function projectionPlot(projection: EmbeddingProjection, width: number): TemplateResult {
  const { name, edges, ks, pValue } = projection;
  const shares = projectionShares(projection);
  const facts = [
    ks === undefined ? '' : `KS ${formatNumber(ks)}`,
    pValue === undefined ? '' : `p ${formatP(pValue)}`,
  ].filter((text) => text !== '');
  return html`<figure>
    <figcaption><b>${name}</b> <span class="quiet">${facts.join(', ')}</span></figcaption>
    ${shares === undefined ? html`<p class="quiet">Not enough to draw.</p>` : plot(projection, shares)}
  </figure>`;

  function plot(
    of: EmbeddingProjection,
    { reference, current }: { reference: readonly number[]; current: readonly number[] },
  ): TemplateResult {
    const x = linear([edges[0] as number, edges.at(-1) as number], [1, width - 1]);
    const widths = edges.slice(1).map((edge, i) => edge - (edges[i] as number));
    const tall = (side: readonly number[]): number[] => side.map((share, i) => share / (widths[i] || 1));
    const peak = Math.max(1e-12, ...tall(reference), ...tall(current));
    const heights = (side: readonly number[]): number[] =>
      tall(side).map((height) => (height / peak) * (BASE - HEAD));
    const outline = (side: readonly number[]): string => stairs(heights(side), edges, x);
    const means = projectionMeans(of);
    const tick = (at: number, side: string) =>
      svg`<path class="tick ${side}" d="M${x(at).toFixed(1)} ${BASE + 2}v7"/>`;
    return html`<svg
      class="chart"
      role="img"
      aria-label="Distribution on ${name}, reference and current"
      viewBox="0 0 ${width} ${HEIGHT}"
      height=${HEIGHT}
    >
      <path class="reference-mass" d=${`${outline(reference)}Z`} /><path class="reference-line" d=${outline(reference)} />
      <path class="current-line" d=${outline(current)} />
      <path class="axis" d="M0 ${BASE}H${width}" />
      ${means === undefined ? nothing : svg`${tick(means.reference, 'reference')}${tick(means.current, 'current')}`}
    </svg>`;
  }
}

/** Steps over bins that may differ in width. */
function stairs(heights: readonly number[], edges: readonly number[], x: (at: number) => number): string {
  const left = x(edges[0] as number);
  const right = x(edges.at(-1) as number);
  const width = (right - left) / heights.length;
  const equal = edges.every((edge, i) => Math.abs(x(edge) - (left + i * width)) < 0.05);
  if (equal) return stepLine(heights, { left, width, base: BASE });
  let path = `M${left.toFixed(1)} ${BASE}`;
  heights.forEach((height, i) => {
    path += `V${(BASE - height).toFixed(1)}H${x(edges[i + 1] as number).toFixed(1)}`;
  });
  return `${path}V${BASE}`;
}

/** How far the mean moved on each direction, in standard deviations of the reference: what profiles alone can tell. */
export function meanShifts(projections: readonly EmbeddingProjection[]): TemplateResult {
  const moves = projections.flatMap((projection) => {
    const means = projectionMeans(projection);
    const move = means === undefined ? Number.NaN : (means.current - means.reference) / means.sd;
    return Number.isFinite(move) ? [{ name: projection.name, move }] : [];
  });
  const most = Math.max(1e-12, ...moves.map(({ move }) => Math.abs(move)));
  return html`<ul class="moves" aria-label="Shift of the mean by direction">
    ${moves.map(({ name, move }) => {
      const length = `${((Math.abs(move) / most) * 50).toFixed(1)}%`;
      return html`<li>
        <span class="name">${name}</span>
        <span class="lane"><i .style=${move < 0 ? `right:50%;width:${length}` : `left:50%;width:${length}`}></i></span>
        <span class="n">${move > 0 ? '+' : ''}${formatNumber(move, 2)} sd</span>
      </li>`;
    })}
  </ul>`;
}

/** The rows of the table behind the plots. */
export function projectionTable(projections: readonly EmbeddingProjection[]): string[][] {
  return projections.flatMap((projection) => {
    const means = projectionMeans(projection);
    const head = [
      projection.name,
      formatNumber(projection.ks),
      formatP(projection.pValue),
      formatNumber(means?.reference),
      formatNumber(means?.current),
    ];
    const shares = projectionShares(projection);
    if (shares === undefined) return [[...head, '', '', '']];
    return shares.reference.map((share, i) => [
      ...(i === 0 ? head : [projection.name, '', '', '', '']),
      `${formatNumber(projection.edges[i])} to ${formatNumber(projection.edges[i + 1])}`,
      formatShare(share),
      formatShare(shares.current[i]),
    ]);
  });
}
