// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Alert } from '../../monitor/alert.js';
import type { Annotation } from '../../monitor/snapshot.js';
import type { WindowReport } from '../../report/report.js';
import type { Rating } from '../../verdict/verdict.js';
import { bottomAxis } from '../internal/axis.js';
import type { Series } from '../internal/heat.js';
import { formatNumber } from '../internal/number-text.js';
import { linear, type Scale } from '../internal/scale.js';
import { polyline } from '../internal/step-path.js';
import { alertSpans, annotationLines } from '../internal/time-marks.js';
import { timeTicks } from '../internal/time-text.js';
import { episodes } from './episodes.js';

const PLOT_HEIGHT = 168;
const BASE = PLOT_HEIGHT - 24;
const HEAD = 26;

/** Index of the window at a share of the whole width; −1 when there is none. */
export function windowAt(windows: readonly WindowReport[], share: number): number {
  const first = windows[0];
  const last = windows.at(-1);
  if (first === undefined || last === undefined) return -1;
  const time = first.start + share * (last.end - first.start);
  return windows.findIndex((window) => time >= window.start && time < window.end);
}

/** The chosen metric as a line, with threshold, band, the part that is the reference, and the longest episode named. */
export function seriesPlot(
  series: Series,
  windows: readonly WindowReport[],
  {
    width,
    cursor,
    alerts = [],
    annotations = [],
  }: { width: number; cursor: number; alerts?: readonly Alert[]; annotations?: readonly Annotation[] },
): TemplateResult {
  const start = windows[0]?.start ?? 0;
  const end = windows.at(-1)?.end ?? 1;
  const x = linear([start, end], [0, width]);
  const highest = topOf(series);
  const y = linear([0, highest > 0 ? highest : 1], [BASE, HEAD]);
  const middle = (window: WindowReport): number => x((window.start + window.end) / 2);
  const firstCurrent = windows.find((window) => window.side === 'current');
  const border = firstCurrent === undefined ? width : x(firstCurrent.start);
  const points = windows.map((window, i) => {
    const value = series.values[i] ?? Number.NaN;
    // One of a few rows may lie anywhere: it must not set the scale, and the line goes without it.
    return [middle(window), y(Math.min(value, series.ratings[i] === 'unknown' ? highest : value))] as const;
  });
  const line = points.map(
    ([at, height], i) => [at, series.ratings[i] === 'unknown' ? Number.NaN : height] as const,
  );
  const at = windows[cursor];
  const [episode] = episodes(series, windows);
  return html`<svg class="chart" viewBox="0 0 ${width} ${PLOT_HEIGHT}" height=${PLOT_HEIGHT} aria-hidden="true">
    ${border > 0 ? svg`<rect class="span-reference" x="0" y="0" width=${border} height=${BASE}/>` : nothing}
    ${alertSpans(alerts, { x, width, height: BASE })} ${annotationLines(annotations, { x, from: 0, to: BASE })}
    ${series.band === undefined || !series.band.every(Number.isFinite) ? nothing : band(series.band, y, width)}
    ${at === undefined ? nothing : svg`<path class="cursor" d="M${middle(at)} 0V${BASE}"/>`}
    ${!(series.threshold <= highest) ? nothing : svg`<path class="threshold" d="M0 ${y(series.threshold)}H${width}"/>`}
    <path class="current-line" d=${polyline(line.every(([, height]) => Number.isNaN(height)) ? points : line)} />
    ${dots(series, points, windows.length > 120 ? 0 : 2.4)}
    ${border > 70 ? svg`<text x="6" y="14">reference</text>` : nothing}
    ${thresholdText(series, y, { room: Math.max(border, width * 0.4), halo: annotations.length > 0 })}
    ${episode === undefined ? nothing : episodeText(episode, { x, windows, width })}
    ${bottomAxis(timeTicks(start, end, Math.max(2, Math.floor(width / 80))), { x, y: BASE, left: 0, right: width })}
  </svg>`;
}

/** Room for the threshold, unless it lies so far above the values that they would be a flat line. */
function topOf({ values, ratings, band: usual, threshold }: Series): number {
  let highest = usual !== undefined && Number.isFinite(usual[1]) ? usual[1] : 0;
  const open = ratings.every((rating) => rating === 'unknown' || rating === 'notRated');
  values.forEach((value, i) => {
    if (value > highest && Number.isFinite(value) && (open || ratings[i] !== 'unknown')) highest = value;
  });
  if (!Number.isFinite(threshold)) return highest;
  return threshold <= 3 * highest || highest === 0 ? Math.max(highest, threshold * 1.15) : highest * 1.6;
}

function band([low, high]: readonly [number, number], y: Scale, width: number) {
  const top = y(high);
  return svg`<rect class="band" x="0" y=${top} width=${width} height=${Math.max(0, y(low) - top)}/>`;
}

function thresholdText(series: Series, y: Scale, { room, halo }: { room: number; halo: boolean }) {
  if (!Number.isFinite(series.threshold)) return nothing;
  const place = y(series.threshold);
  const beyond = place < 0;
  const text = `threshold ${formatNumber(series.threshold)}${beyond ? ', above this chart' : ''}`;
  const reason = series.thresholdFrom === '' ? '' : `: ${series.thresholdFrom}`;
  // About 6 px a letter: without room for the reason, the number alone.
  const fits = (text.length + reason.length) * 6.2 < room - 12;
  return svg`<text class="halo" .style=${halo ? '' : '--_halo:none'} x="6" y=${beyond ? HEAD + 6 : place - 6}>${fits ? text + reason : text}</text>`;
}

const SHAPES: Partial<Record<Rating, string>> = {
  drift: 'm0-5.4 5.4 5.4-5.4 5.4-5.4-5.4z',
  watch: 'm0-5 5 8.6h-10z',
  unknown: 'm-3.4 0a3.4 3.4 0 1 0 6.8 0 3.4 3.4 0 1 0-6.8 0',
};

function dots(series: Series, points: readonly (readonly [number, number])[], radius: number) {
  const paths = new Map<string, string>();
  points.forEach(([x, y], i) => {
    if (Number.isNaN(y)) return;
    const rating = series.ratings[i] ?? 'stable';
    const shape = SHAPES[rating];
    if (shape === undefined && radius === 0) return;
    const plain = `m${-radius} 0a${radius} ${radius} 0 1 0 ${2 * radius} 0 ${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
    const kind = shape === undefined ? 'stable' : rating;
    paths.set(kind, `${paths.get(kind) ?? ''}M${x.toFixed(1)} ${y.toFixed(1)}${shape ?? plain}`);
  });
  return [...paths].map(([rating, d]) => svg`<path class="dots ${rating}" d=${d}/>`);
}

function episodeText(
  episode: { rating: 'drift' | 'watch'; from: number; to: number; text: string },
  { x, windows, width }: { x: Scale; windows: readonly WindowReport[]; width: number },
) {
  const from = x(windows[episode.from]?.start ?? 0);
  const to = x(windows[episode.to - 1]?.end ?? 0);
  const length = episode.text.length * 7.5;
  const right = to + 8 + length <= width;
  const place = right ? to + 8 : Math.min(width, Math.max(length, from - 8));
  return svg`<text class="label halo of-${episode.rating}" x=${place} y="14" text-anchor=${right ? 'start' : 'end'}>${episode.text}</text>`;
}
