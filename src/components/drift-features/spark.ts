// SPDX-License-Identifier: Apache-2.0
import { html, type TemplateResult } from 'lit';
import type { HistogramData } from '../../report/report.js';
import { bins, shares } from '../internal/shares.js';
import { stepLine } from '../internal/step-path.js';

const SPARK_WIDTH = 132;
const SPARK_HEIGHT = 30;

const FLOOR = SPARK_HEIGHT - 1;
const HEAD = FLOOR - 1.5;
const MOST_CATEGORIES = 14;
const MOST_STEPS = 36;

interface SparkPaths {
  readonly reference: string;
  readonly current: string;
}

/** Paths are kept by histogram: scrolling a thousand rows must not draw one twice. */
const drawn = new WeakMap<HistogramData, SparkPaths>();

/** Both distributions over each other in 132 × 30 px: grey mass and line. */
export function spark(data: HistogramData | undefined): TemplateResult {
  if (data === undefined) return html`<span class="spark quiet" aria-hidden="true"></span>`;
  let paths = drawn.get(data);
  if (paths === undefined) {
    paths = data.categories === undefined ? numberPaths(data) : categoryPaths(data);
    drawn.set(data, paths);
  }
  return html`<svg class="spark" viewBox="0 0 132 30" width="132" height="30" aria-hidden="true">
    <path class="reference-mass" d=${paths.reference} /><path class="current-line" d=${paths.current} />
    <path class="floor" d="M0 29.5H132" />
  </svg>`;
}

function numberPaths(data: HistogramData): SparkPaths {
  const found = bins(data);
  if (found === undefined) return { reference: '', current: '' };
  const all = coarser([found.below, ...found.inner, found.above].filter((bin) => bin !== undefined));
  const width = SPARK_WIDTH / all.length;
  const scale = HEAD / Math.max(1e-12, ...all.map((bin) => Math.max(bin.reference, bin.current)));
  const at = { left: 0, width, base: FLOOR };
  return {
    reference: `${stepLine(
      all.map((bin) => bin.reference * scale),
      at,
    )}Z`,
    current: stepLine(
      all.map((bin) => bin.current * scale),
      at,
    ),
  };
}

/** At most so many steps that lines do not run together; rounded values leave every other fine bin empty. */
function coarser(
  fine: readonly { reference: number; current: number }[],
): { reference: number; current: number }[] {
  const group = Math.ceil(fine.length / MOST_STEPS);
  const coarse: { reference: number; current: number }[] = [];
  fine.forEach(({ reference, current }, i) => {
    const bin = coarse[Math.floor(i / group)];
    if (bin === undefined) coarse.push({ reference, current });
    else {
      bin.reference += reference;
      bin.current += current;
    }
  });
  return coarse;
}

/** The most frequent categories of the reference, as bars with a cap for the current side. */
function categoryPaths(data: HistogramData): SparkPaths {
  const { reference, current } = shares(data);
  // What is summed up as other is no category: it would dwarf those that are.
  const named = (i: number): boolean => data.categories?.[i] !== '(other)' || reference.length === 1;
  const order = reference
    .map((share, i) => ({ i, size: Math.max(share, current[i] ?? 0) }))
    .filter(({ i }) => named(i))
    .sort((a, b) => (reference[b.i] as number) - (reference[a.i] as number) || b.size - a.size)
    .slice(0, MOST_CATEGORIES);
  const peak = Math.max(1e-12, ...order.map(({ size }) => size));
  const width = Math.min(22, SPARK_WIDTH / Math.max(1, order.length));
  const gap = Math.min(2, width * 0.2);
  const paths = { reference: '', current: '' };
  order.forEach(({ i }, slot) => {
    const x = Math.round(slot * width * 10) / 10;
    const bar = Math.round((width - gap) * 10) / 10;
    const grey = Math.round(((reference[i] as number) / peak) * HEAD * 10) / 10;
    const cap = Math.round((FLOOR - ((current[i] ?? 0) / peak) * HEAD) * 10) / 10;
    paths.reference += `M${x} ${FLOOR}v${-grey}h${bar}v${grey}Z`;
    paths.current += `M${x} ${cap}h${bar}`;
  });
  return paths;
}
