// SPDX-License-Identifier: Apache-2.0

/** Rows in a tail, and groups of them, that a law can be told from. */
const LEAST_ROWS = 30;
const LEAST_GROUPS = 4;
/** Share of rows in the tail. */
const TAIL = 0.05;
/** Shapes that are tried: from an exponential tail to one without a mean. None is taken to end where its rows do. */
const SHAPES = Array.from({ length: 16 }, (_, i) => i / 10);
const SCALES = Array.from({ length: 49 }, (_, i) => 2 ** ((i - 24) / 6));
/** No law knows more than this of what nobody saw. */
const LEAST = 1e-6;
/** Half of the 95 % quantile of χ² with one degree of freedom. */
const DROP = 1.92;

/** Rows by distance from the middle: counts of the groups between edges, the last without end. */
export interface GroupedTail {
  /** Ascending distances at which groups begin. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** All rows of the column. */
  readonly rows: number;
  /** Distance of the furthest row, and of the median. */
  readonly most: number;
  readonly middle: number;
}

/**
 * Share of the rows beyond the furthest one that lie at least `distance` out, as far as a tail lets expect: a generalized
 * Pareto law (Pickands 1975) of the outer 5 % of the rows, in groups, with the heaviest shape that its likelihood still
 * allows at 95 %. Where rows are too few, a tail so heavy that it has no mean.
 */
export function beyondLaw(tail: GroupedTail): (distance: number) => number {
  const law = outerGroups(tail);
  const { most } = tail;
  if (law === null) {
    const scale = Math.max(most - tail.middle, Number.MIN_VALUE);
    return (distance) => scale / (scale + Math.max(0, distance - most));
  }
  const { shape, scale, start } = heaviest(law);
  // What exceeds a level follows the law of the same shape, its scale grown with the level.
  const grown = Math.max(scale + shape * (most - start), 1e-3 * (most - start), Number.MIN_VALUE);
  return (distance) => Math.max(LEAST, survival(Math.max(0, distance - most), shape, grown));
}

interface Groups {
  readonly start: number;
  /** Distances from the start. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** The groups that hold the outer 5 %, those without rows joined to the one before. */
function outerGroups({ edges, counts, rows }: GroupedTail): Groups | null {
  const found: { edge: number; count: number }[] = [];
  let held = 0;
  for (let i = edges.length - 1; i >= 0 && held < TAIL * rows; i--) {
    if (counts[i] === 0) continue;
    held += counts[i]!;
    found.unshift({ edge: edges[i]!, count: counts[i]! });
  }
  if (held < LEAST_ROWS || found.length < LEAST_GROUPS) return null;
  const start = found[0]!.edge;
  return { start, edges: found.map(({ edge }) => edge - start), counts: found.map(({ count }) => count) };
}

function heaviest(groups: Groups): {
  readonly shape: number;
  readonly scale: number;
  readonly start: number;
} {
  const { edges, counts, start } = groups;
  const total = counts.reduce((sum, count) => sum + count, 0);
  // of the order of the mean excess
  const unit = edges.reduce((sum, edge, i) => sum + edge * counts[i]!, 0) / total || edges.at(-1)!;
  const fits = SHAPES.map((shape) => {
    let best = Number.NEGATIVE_INFINITY;
    let scale = unit;
    for (const factor of SCALES) {
      const likelihood = logLikelihood(groups, shape, unit * factor);
      if (likelihood <= best) continue;
      best = likelihood;
      scale = unit * factor;
    }
    return { shape, scale, likelihood: best };
  });
  const best = Math.max(...fits.map(({ likelihood }) => likelihood));
  const { shape, scale } = fits.findLast(({ likelihood }) => likelihood >= best - DROP)!;
  return { shape, scale, start };
}

function logLikelihood({ edges, counts }: Groups, shape: number, scale: number): number {
  let sum = 0;
  let before = 1;
  for (let i = 0; i < edges.length; i++) {
    const after = i + 1 < edges.length ? survival(edges[i + 1]!, shape, scale) : 0;
    const share = before - after;
    if (!(share > 0)) return Number.NEGATIVE_INFINITY;
    sum += counts[i]! * Math.log(share);
    before = after;
  }
  return sum;
}

/** 1 − F of the generalized Pareto law. */
function survival(distance: number, shape: number, scale: number): number {
  if (shape === 0) return Math.exp(-distance / scale);
  const base = 1 + (shape * distance) / scale;
  return base > 0 ? base ** (-1 / shape) : 0;
}
