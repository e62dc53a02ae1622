// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingFrame, FeatureFrame, NumberFrame } from '../baseline/frame.js';
import { nextUp } from '../baseline/next-up.js';
import type { Numbers } from '../kernels/kernels.js';
import { sumOf } from './counts.js';
import { distinctCount } from './hyperloglog.js';
import type { EmbeddingPart, NumberPart, Part } from './parts.js';

/** What a part says in a few numbers. Absent where it does not apply to the kind, or where no row tells it. */
export interface PartSummary {
  readonly rows: number;
  readonly missing: number;
  readonly unparsable: number;
  readonly nan?: number;
  readonly infinite?: number;
  /** Exact where all categories are known by name; else estimated within 1.6 % (standard error), absent where not counted. */
  readonly distinct?: number;
  /** Of finite values. */
  readonly mean?: number;
  /** With ddof 1; from two values on. */
  readonly sd?: number;
  /** g1 = m3/m2^1.5 and m4/m2² − 3, not corrected for bias; from two different values on. */
  readonly skewness?: number;
  readonly kurtosis?: number;
  readonly min?: number;
  readonly max?: number;
  /** Embeddings: length of a row; rows of another length, of zeros only, of one other value repeated; mean and sd of ‖x‖. */
  readonly dimension?: number;
  readonly ragged?: number;
  readonly zero?: number;
  readonly constant?: number;
  readonly meanNorm?: number;
  readonly sdNorm?: number;
  /** At the asked levels, interpolated in bins. */
  readonly quantiles?: readonly number[];
}

/** Statistics of one feature in one profile; `levels` are the wanted quantiles in [0, 1]. Times are ms. */
export function summarize(part: Part, frame: FeatureFrame, levels: readonly number[] = []): PartSummary {
  const base = { rows: part.rows, missing: part.missing, unparsable: part.unparsable };
  const distinct = 'distinct' in part ? (namedCategories(part) ?? distinctCount(part.distinct)) : undefined;
  const known = distinct === undefined ? {} : { distinct };
  if (part.kind === 'time') {
    return part.min <= part.max ? { ...base, min: part.min, max: part.max } : base;
  }
  if (part.kind === 'embedding' && frame.kind === 'embedding')
    return { ...base, ...embeddingSummary(part, frame) };
  if (part.kind !== 'number' || frame.kind !== 'number') return { ...base, ...known };
  return { ...base, ...known, ...numberSummary(part, frame, levels) };
}

/** Categories that occur, where each is known by its name. */
function namedCategories(part: Part): number | undefined {
  if (part.kind !== 'category' && part.kind !== 'boolean') return undefined;
  let unnamed = part.other + part.unseen;
  for (const count of part.unseenNames.values()) unnamed -= count;
  if (unnamed > 0) return undefined;
  let used = part.unseenNames.size;
  for (const count of part.counts) if (count > 0) used++;
  return used;
}

function numberSummary(
  part: NumberPart,
  frame: NumberFrame,
  levels: readonly number[],
): Partial<PartSummary> {
  const special = { nan: part.nan, infinite: part.positiveInfinity + part.negativeInfinity };
  const n = finiteCount(part);
  if (n === 0) return special;
  const extremes = { ...special, min: part.min, max: part.max };
  const mean = Math.min(part.max, Math.max(part.min, frame.shift + part.sums[0]! / n));
  const quantiles =
    levels.length > 0 ? { quantiles: levels.map((level) => quantile(part, frame, level)) } : {};
  return { ...extremes, mean, ...spread(part, n), ...quantiles };
}

function embeddingSummary(part: EmbeddingPart, { dimension }: EmbeddingFrame): Partial<PartSummary> {
  const { nonFinite, ragged, zero, constant, measured, normSum, normSquares } = part;
  const counts = { dimension, nan: nonFinite, ragged, zero, constant };
  if (measured === 0) return counts;
  const meanNorm = normSum / measured;
  const variance = Math.max(0, normSquares / measured - meanNorm ** 2);
  return { ...counts, meanNorm, sdNorm: Math.sqrt((variance * measured) / Math.max(1, measured - 1)) };
}

/** Finite values of a numeric part. */
export function finiteCount(part: NumberPart): number {
  return sumOf(part.counts);
}

/** Central moments from sums around the shift. Cancellation is small because the shift is near the mean. */
function spread(part: NumberPart, n: number): Partial<PartSummary> {
  if (n < 2) return {};
  if (part.min === part.max) return { sd: 0 };
  const [s1, s2, s3, s4] = [...part.sums].map((sum) => sum / n) as [number, number, number, number];
  const m2 = Math.max(0, s2 - s1 * s1);
  const sd = Math.sqrt((m2 * n) / (n - 1));
  const m3 = s3 - 3 * s1 * s2 + 2 * s1 ** 3;
  const m4 = s4 - 4 * s1 * s3 + 6 * s1 * s1 * s2 - 3 * s1 ** 4;
  const skewness = m3 / m2 ** 1.5;
  const kurtosis = m4 / (m2 * m2) - 3;
  if (!Number.isFinite(sd)) return {};
  return Number.isFinite(skewness) && Number.isFinite(kurtosis) ? { sd, skewness, kurtosis } : { sd };
}

/**
 * Quantile from bins: the value at rank level · (n − 1), spread evenly over its bin. Exact for atoms; otherwise off by at
 * most the bin's width. Outer bins reach to the part's min and max; in whole numbers each takes an equal part of its bin.
 */
function quantile(part: NumberPart, { cuts, integer }: NumberFrame, level: number): number {
  const { counts } = part;
  const rank = level * (finiteCount(part) - 1);
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    const count = counts[bin]!;
    if (count > 0 && rank < below + count) {
      const left = Math.max(part.min, bin === 0 ? -Infinity : cuts[bin - 1]!);
      const cut = bin === cuts.length ? Infinity : cuts[bin]!;
      const right = Math.min(part.max, cut);
      // An atom's bin reaches to the next float above it, which is nobody's value.
      if (cut === nextUp(left)) return left;
      const share = count === 1 ? 0.5 : (rank - below) / count;
      if (!integer) return Math.min(right, Math.max(left, left * (1 - share) + right * share));
      // A cut belongs to the next bin, the maximum to its own.
      const last = cut <= part.max ? Math.ceil(cut) - 1 : Math.floor(part.max);
      const value = Math.floor(Math.ceil(left) + share * (last - Math.ceil(left) + 1));
      return Math.min(right, Math.max(left, Math.min(value, last)));
    }
    below += count;
  }
  return part.max;
}

/** Quantiles of ascending values by linear interpolation between ranks (numpy's default); NaN when there are none. */
export function quantilesOfSorted(sorted: Numbers, levels: readonly number[]): number[] {
  const last = sorted.length - 1;
  return levels.map((level) => {
    if (last < 0) return Number.NaN;
    const rank = level * last;
    const lower = sorted[Math.floor(rank)]!;
    const upper = sorted[Math.ceil(rank)]!;
    return lower === upper ? lower : lower + (upper - lower) * (rank - Math.floor(rank));
  });
}
