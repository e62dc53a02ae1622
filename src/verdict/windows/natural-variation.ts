// SPDX-License-Identifier: Apache-2.0
/**
 * How much the reference's own calendar windows differ. Rows of one day hang together (weather, a sale, an outage), so
 * that 10,000 rows of 30 days know less about next month than 10,000 independent rows. Measured by the design effect of
 * cluster sampling (Kish 1965): the variance of a share over blocks, over that of independent rows.
 */
import type { FeatureComparison, WindowProfile } from '../../distances/comparison.js';
import { featureVariance } from '../../distances/feature-shift.js';
import { sumOf } from '../../profile/counts.js';
import type { EmbeddingPart, Part } from '../../profile/parts.js';
import { FEWEST_BLOCKS, INDEPENDENT, type RowNoise } from '../hypotheses/hypothesis.js';

/** Neighbouring windows resemble each other; beyond this the reference holds a trend, and no spread can be read off. */
const MOST_CORRELATION = 0.6;
/** Below this the rows are as good as independent: the blocks themselves are no more exact. */
const NEGLIGIBLE = 1.1;

export interface NaturalVariation {
  readonly values: RowNoise;
  readonly missing: RowNoise;
  /** Reference windows that were used. */
  readonly blocks: number;
}

export function naturalVariation(
  { feature, reference }: FeatureComparison,
  blocks: readonly WindowProfile[],
  unit?: string,
): NaturalVariation {
  const parts: Part[] = [];
  for (const { profile } of blocks) {
    const part = profile.parts.get(feature.name);
    if (part && part.kind === reference.kind && part.rows > 0) parts.push(part);
  }
  if (parts.length < FEWEST_BLOCKS)
    return { values: INDEPENDENT, missing: INDEPENDENT, blocks: parts.length };
  const cells = parts.map((part) => cellsOf(part, unit));
  return {
    values: parts.every((part) => part.kind === 'embedding')
      ? embeddingNoise(parts)
      : cells.every((cell) => cell !== undefined)
        ? blockNoise(cells as ArrayLike<number>[], { cumulative: reference.kind === 'number' })
        : INDEPENDENT,
    missing: blockNoise(
      parts.map(({ missing, unparsable, rows }) => [missing + unparsable, rows - missing - unparsable]),
      { cumulative: false },
    ),
    blocks: parts.length,
  };
}

/** Counts whose shares are compared; text by its length, times by the hour of the day (windows of an hour have one). */
function cellsOf(part: Part, unit: string | undefined): ArrayLike<number> | undefined {
  if (part.kind === 'number') return part.counts;
  if (part.kind === 'text') return part.length.counts;
  if (part.kind === 'time') {
    if (unit === 'hour') return undefined;
    const hours = new Float64Array(24);
    part.hourOfWeek.forEach((count, hour) => {
      hours[hour % 24] += count;
    });
    return hours;
  }
  if (part.kind === 'embedding') return undefined;
  const cells = new Float64Array(part.counts.length + 1);
  cells.set(part.counts);
  cells[part.counts.length] = part.other + part.unseen;
  return cells;
}

/**
 * Design effect of blocks of counts, pooled over cells (or over the cumulative shares of ordered cells):
 * deff = K/(K−1) · Σ_j Σ_k n_k² (P_kj − P_j)² / (N Σ_j P_j (1 − P_j)), times (1 + r)/(1 − r) for neighbouring blocks
 * that correlate by more than chance (r > 2/√K); at least 1.
 */
export function blockNoise(
  blocks: readonly ArrayLike<number>[],
  { cumulative }: { cumulative: boolean },
): RowNoise {
  const filled = blocks.filter((counts) => sumOf(counts) > 0);
  const size = filled[0]?.length ?? 0;
  if (size < 2) return INDEPENDENT;
  const cells = cumulative ? filled.map(runningSums) : filled;
  return designEffect(cells, filled.map(sumOf), (shares) =>
    shares.reduce((variance, share) => variance + share * (1 - share), 0),
  );
}

/** The same over Fourier features, whose variance in all is 1 − ‖mean‖². */
function embeddingNoise(parts: readonly EmbeddingPart[]): RowNoise {
  const filled = parts.filter(({ measured }) => measured > 0);
  const scale = Math.sqrt((filled[0]?.fourier.length ?? 0) / 2);
  return designEffect(
    filled.map(({ fourier }) => fourier.map((total) => total / scale)),
    filled.map(({ measured }) => measured),
    featureVariance,
  );
}

/** `sums` of each block's rows; `variance` of one row, from the mean of all. */
function designEffect(
  sums: readonly ArrayLike<number>[],
  rows: readonly number[],
  variance: (mean: Float64Array) => number,
): RowNoise {
  if (rows.length < FEWEST_BLOCKS) return INDEPENDENT;
  const total = sumOf(rows);
  const pooled = new Float64Array(sums[0]!.length);
  for (const block of sums) for (let j = 0; j < pooled.length; j++) pooled[j] += block[j]! / total;
  const independent = variance(pooled);
  if (!(independent > 1e-12)) return INDEPENDENT;
  let spread = 0;
  let neighbours = 0;
  let before = new Float64Array(pooled.length);
  let now = new Float64Array(pooled.length);
  sums.forEach((block, k) => {
    for (let j = 0; j < pooled.length; j++) {
      now[j] = block[j]! - rows[k]! * pooled[j]!;
      spread += now[j]! * now[j]!;
      neighbours += now[j]! * before[j]!;
    }
    [before, now] = [now, before];
  });
  const k = rows.length;
  const found = neighbours / spread;
  const r = found > 2 / Math.sqrt(k) ? Math.min(MOST_CORRELATION, found) : 0;
  const deff = ((k / (k - 1)) * spread * (1 + r)) / ((1 - r) * total * independent);
  return deff > NEGLIGIBLE ? { deff, df: k - 1 } : INDEPENDENT;
}

function runningSums(counts: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(counts.length);
  let below = 0;
  for (let i = 0; i < sums.length; i++) {
    below += counts[i]!;
    sums[i] = below;
  }
  return sums;
}
