// SPDX-License-Identifier: Apache-2.0
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { Alert } from '../../monitor/alert.js';
import type { Annotation } from '../../monitor/snapshot.js';
import type { OutcomeSummary } from '../../performance/outcomes.js';
import type { WindowReport } from '../../report/report.js';
import { formatNumber } from './number-text.js';
import { linear } from './scale.js';
import { settledWindows } from './settled-outcomes.js';
import { polyline } from './step-path.js';
import { alertSpans, annotationLines } from './time-marks.js';

const OUTCOME_HEIGHT = 104;
const BASE = OUTCOME_HEIGHT - 6;
const HEAD = 12;
/** px that the words on the reference take. */
const REFERENCE_TEXT = 100;

/** "accuracy", "mean absolute error". */
export const outcomeName = (metric: OutcomeSummary['metric']): string =>
  metric === 'accuracy' ? 'accuracy' : 'mean absolute error';

/** What the plot shows, in words above it. */
export function outcomeHead(outcomes: readonly (OutcomeSummary | undefined)[]): TemplateResult {
  const known = outcomes.findLast((outcome) => outcome !== undefined);
  return html`<p class="readout">
    <b>${outcomeName(known?.metric ?? 'accuracy')}</b><span>of the predictions whose labels have come</span>
  </p>`;
}

/**
 * Realized performance by window, as far as labels have come: line and interval, and what it was on the reference. The
 * time for which labels are still to come is left open and named.
 */
export function outcomePlot(
  all: readonly (OutcomeSummary | undefined)[],
  windows: readonly WindowReport[],
  {
    width,
    cursor,
    alerts,
    annotations,
  }: { width: number; cursor: number; alerts: readonly Alert[]; annotations: readonly Annotation[] },
): TemplateResult {
  const outcomes = all.slice(0, settledWindows(all, windows));
  const known = outcomes.filter((outcome) => outcome !== undefined);
  const reference = known.at(-1)?.reference ?? Number.NaN;
  const values = known
    .flatMap(({ low, high }) => [low, high])
    .concat(reference)
    .filter(Number.isFinite);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low) * 0.12 || 0.01;
  const x = linear([windows[0]?.start ?? 0, windows.at(-1)?.end ?? 1], [0, width]);
  const y = linear([low - room, high + room], [BASE, HEAD]);
  const middle = (i: number): number => x(((windows[i]?.start ?? 0) + (windows[i]?.end ?? 0)) / 2);
  const points = outcomes.map(
    (outcome, i) => [middle(i), outcome === undefined ? Number.NaN : y(outcome.value)] as const,
  );
  const open = known.length === 0 ? 0 : x(windows[outcomes.length - 1]?.end ?? 0);
  const lastValue = outcomes.at(-1)?.value;
  const at = cursor < 0 ? Number.NaN : middle(cursor);
  const label = width - open > 150;
  // Its text stands where the line is not.
  const first = points.filter(([place]) => place < REFERENCE_TEXT).map(([, height]) => height);
  const isOver = first.some((height) => height < y(reference)) && y(reference) < BASE - 16;
  return html`<svg class="chart" viewBox="0 0 ${width} ${OUTCOME_HEIGHT}" height=${OUTCOME_HEIGHT} aria-hidden="true">
    ${alertSpans(alerts, { x, width, height: BASE })} ${bands(outcomes, { middle, y })}
    ${annotationLines(annotations, { x, from: 0, to: BASE })}
    ${Number.isNaN(at) ? nothing : svg`<path class="cursor" d="M${at} 0V${BASE}"/>`}
    ${Number.isFinite(reference) ? svg`<path class="reference-line" d="M0 ${y(reference)}H${width}"/>` : nothing}
    <path class="current-line" d=${polyline(points)} />
    ${
      open < width - 24
        ? svg`<path class="axis" d="M0 ${BASE}H${open}"/><path class="open-time" d="M${open} ${BASE}H${width}"/>`
        : svg`<path class="axis" d="M0 ${BASE}H${width}"/>`
    }
    ${
      Number.isFinite(reference)
        ? svg`<text class="of-reference halo" x="6" y=${y(reference) + (isOver ? 14 : -5)}>reference ${formatNumber(reference)}</text>`
        : nothing
    }
    ${
      lastValue === undefined
        ? nothing
        : svg`<text class="label of-current halo" x=${label ? open + 8 : Math.min(width, open) - 4} y=${label ? y(lastValue) + 4 : y(lastValue) - 10} text-anchor=${label ? 'start' : 'end'}>${formatNumber(lastValue)}</text>`
    }
    ${label ? svg`<text x=${width} y=${BASE - 8} text-anchor="end">labels on their way</text>` : nothing}
  </svg>`;
}

/** The 95 % interval as one outline for each run of windows that have labels. */
function bands(
  outcomes: readonly (OutcomeSummary | undefined)[],
  { middle, y }: { middle: (i: number) => number; y: (value: number) => number },
) {
  let d = '';
  let run: number[] = [];
  const close = (): void => {
    if (run.length > 1) {
      const up = run.map((i) => `${middle(i).toFixed(1)} ${y(outcomes[i]?.high ?? 0).toFixed(1)}`);
      const down = run.map((i) => `${middle(i).toFixed(1)} ${y(outcomes[i]?.low ?? 0).toFixed(1)}`).reverse();
      d += `M${[...up, ...down].join('L')}Z`;
    }
    run = [];
  };
  outcomes.forEach((outcome, i) => {
    if (outcome === undefined || !Number.isFinite(outcome.low) || !Number.isFinite(outcome.high)) close();
    else run.push(i);
  });
  close();
  return svg`<path class="interval-band" d=${d}/>`;
}
