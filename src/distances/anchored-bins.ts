// SPDX-License-Identifier: Apache-2.0
/**
 * Both sides of a numeric feature in the bins of one frame: what every distance that is computed without rows reads.
 * ±Infinity are values like others here (mass before the first and after the last bin); NaN and missing are not.
 */
import type { NumberFrame } from '../baseline/frame.js';
import { nextUp } from '../baseline/next-up.js';
import type { NumberPart } from '../profile/parts.js';

export interface AnchoredBins {
  /** Values compared on each side: finite and infinite. */
  readonly m: number;
  readonly n: number;
  /** Counts per bin, cuts + 1 of them. */
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** Counts and Σx are those of the parts. */
  readonly aSums: Float64Array;
  readonly bSums: Float64Array;
  /** Left and right end per bin; the outer ones are clipped at the extremes of both sides. */
  readonly left: Float64Array;
  readonly right: Float64Array;
  /** 1 for a bin that holds a single value [v, nextUp(v)): nothing is hidden inside. */
  readonly point: Uint8Array;
  /**
   * Δ = F − G at the bin borders, border i being the left end of bin i: F(x⁻) − G(x⁻), where F is the share of the
   * reference and G that of the current side. bins + 1 entries; the first and last differ from 0 only by infinities.
   */
  readonly delta: Float64Array;
  /** Share of the reference below each border. */
  readonly below: Float64Array;
  /** Shares of −∞ and +∞ differ between the sides: Wasserstein and energy are infinite. */
  readonly infinitiesDiffer: boolean;
  readonly negative: readonly [number, number];
  readonly positive: readonly [number, number];
}

export function anchoredBins(frame: NumberFrame, reference: NumberPart, current: NumberPart): AnchoredBins {
  const { cuts } = frame;
  const bins = cuts.length + 1;
  const a = reference.counts;
  const b = current.counts;
  const m = sum(a) + reference.negativeInfinity + reference.positiveInfinity;
  const n = sum(b) + current.negativeInfinity + current.positiveInfinity;
  const left = new Float64Array(bins);
  const right = new Float64Array(bins);
  const point = new Uint8Array(bins);
  for (let i = 0; i < bins; i++) {
    left[i] = i === 0 ? Math.min(reference.min, current.min, cuts[0] ?? Infinity) : cuts[i - 1];
    right[i] = i === bins - 1 ? Math.max(reference.max, current.max, cuts[bins - 2] ?? -Infinity) : cuts[i];
    if (i > 0 && i < bins - 1) point[i] = right[i] === nextUp(left[i]) ? 1 : 0;
  }
  const delta = new Float64Array(bins + 1);
  const below = new Float64Array(bins + 1);
  let f = reference.negativeInfinity;
  let g = current.negativeInfinity;
  for (let i = 0; i <= bins; i++) {
    delta[i] = (m > 0 ? f / m : 0) - (n > 0 ? g / n : 0);
    below[i] = m > 0 ? f / m : 0;
    if (i < bins) {
      f += a[i];
      g += b[i];
    }
  }
  const negative = [reference.negativeInfinity, current.negativeInfinity] as const;
  const positive = [reference.positiveInfinity, current.positiveInfinity] as const;
  return {
    m,
    n,
    a,
    b,
    aSums: reference.binSums,
    bSums: current.binSums,
    left,
    right,
    point,
    delta,
    below,
    infinitiesDiffer: negative[0] * n !== negative[1] * m || positive[0] * n !== positive[1] * m,
    negative,
    positive,
  };
}

/**
 * Range [low, high] that Δ can take anywhere inside bin i, whatever the rows: with reference mass p and current mass q,
 * Δ − Δ_left lies in [−q, p]; when one of the masses is 0 it moves one way only (numerics: certified KS).
 */
export function deltaRange({ a, b, m, n, delta, point }: AnchoredBins, i: number): [number, number] {
  const start = delta[i];
  const end = delta[i + 1];
  if (point[i] || a[i] === 0 || b[i] === 0) return [Math.min(start, end), Math.max(start, end)];
  return [start - b[i] / n, start + a[i] / m];
}

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}
