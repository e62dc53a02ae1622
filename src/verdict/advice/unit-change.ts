// SPDX-License-Identifier: Apache-2.0
/** Values that look like the reference's in another unit: mean, spread and quantiles are all the same multiple. */

/** [what was, what it looks like now, factor, offset]: now = factor × was + offset. Each counts in both directions. */
const CONVERSIONS: readonly (readonly [was: string, now: string, factor: number, offset?: number])[] = [
  ['Celsius', 'Fahrenheit', 1.8, 32],
  ['miles', 'kilometres', 1.609344],
  ['inches', 'centimetres', 2.54],
  ['kilograms', 'pounds', 2.20462],
  ['metres', 'feet', 3.28084],
  ['years', 'months', 12],
  ['days', 'hours', 24],
  ['minutes', 'seconds', 60],
  ['shares', 'per cent', 100],
  ['thousands', 'ones', 1000],
  ['hours', 'seconds', 3600],
];

/** Mean and quantiles may be off by this share of the reference's range from .1 to .9. */
const SLACK = 0.06;
/** The standard deviation of a sample with heavy tails is known no better. */
const SD_SLACK = 0.25;
/** A factor that is no known one must be at least this large to be a unit rather than growth. */
const UNNAMED = 3;

/** Whole numbers may be off by this share of themselves and still be whole multiples: a factor is read off two samples. */
const WHOLE_SLACK = 0.03;

/**
 * `mean` and `sd` of the finite values; `quantiles` at the same levels on both sides, the outer two a side unused;
 * `whole` where the values are whole numbers.
 */
export interface Shape {
  readonly mean: number;
  readonly sd: number;
  readonly whole?: boolean;
  readonly quantiles: readonly number[];
}

export interface UnitChange {
  readonly factor: number;
  /** Units that it fits; absent where only the factor is known. */
  readonly named?: { readonly was: string; readonly now: string };
}

/**
 * Undefined where no unit explains the change. `known`: whether a current quantile is more than a guess; read off bins,
 * one beyond the reference's range is not.
 */
export function unitChange(
  reference: Shape,
  current: Shape,
  known: (quantile: number) => boolean,
): UnitChange | undefined {
  const before = reference.quantiles.slice(2, -2);
  const now = current.quantiles.slice(2, -2);
  const span = (before.at(-1) ?? 0) - (before[0] ?? 0);
  if (!(span > 0 && reference.sd > 0 && current.sd > 0)) return undefined;
  /** 1 is as far off as may be. */
  const misfit = (factor: number, offset: number): number => {
    const far = (a: number, b: number) =>
      Math.abs(b - (factor * a + offset)) / (SLACK * Math.abs(factor) * span);
    const seen = now.map((value, i) => (known(value) ? far(before[i]!, value) : 0));
    const spread = Math.abs(current.sd / (Math.abs(factor) * reference.sd) - 1) / SD_SLACK;
    return Math.max(far(reference.mean, current.mean), spread, ...seen);
  };
  let best: UnitChange | undefined;
  let least = 1;
  // Counts that grow by .6 of themselves are counts still; miles made kilometres are no whole numbers any more.
  const whole = reference.whole === true && current.whole === true;
  const consider = (change: UnitChange, offset = 0): void => {
    if (whole && offset === 0 && !isMultiple(change.factor)) return;
    const off = misfit(change.factor, offset);
    if (off <= least) [best, least] = [change, off];
  };
  for (const [was, is, factor, offset = 0] of CONVERSIONS) {
    consider({ factor, named: { was, now: is } }, offset);
    consider({ factor: 1 / factor, named: { was: is, now: was } }, -offset / factor);
  }
  const factor = current.mean / reference.mean;
  if (best === undefined && (factor >= UNNAMED || 1 / factor >= UNNAMED)) consider({ factor });
  // Not where no change fits as well: numbers around zero, whose spread is all there is.
  return misfit(1, 0) > 1 ? best : undefined;
}

function isMultiple(factor: number): boolean {
  const times = Math.abs(factor) < 1 ? 1 / factor : factor;
  return Math.abs(times - Math.round(times)) <= WHOLE_SLACK * Math.abs(times);
}
