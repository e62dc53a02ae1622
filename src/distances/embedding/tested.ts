// SPDX-License-Identifier: Apache-2.0
import type { StatisticNull } from '../../baseline/frame.js';
import { type Cumulants, differenceBounds, nullCumulants, type Sizes, upperTail } from './null-law.js';

export type StatisticName = 'fourierMmd' | 'fourierMmdWhitened' | 'principalMoments';

/** One statistic ‖δ‖² held against its null. */
export interface Tested {
  readonly name: StatisticName;
  /** Of the whitened statistic, in mean feature variances. */
  readonly ridge?: number;
  /** ‖δ‖² as measured, and its mean when nothing changed. */
  readonly value: number;
  readonly expected: number;
  readonly pValue: number;
  /**
   * √(max(0, value − expected) / √tr M²): the shift in standard deviations that would be as hard to see in a single
   * direction. Detecting it takes about the same number of rows whichever statistic, dimension or model it is of.
   */
  readonly effect: number;
  readonly low: number;
  readonly high: number;
}

/** Effects are capped here: a reference without spread makes any change infinitely large. */
const LARGEST_EFFECT = 1_000;

export interface TestInput {
  readonly name: StatisticName;
  readonly ridge?: number;
  readonly value: number;
  readonly law: StatisticNull;
  readonly sizes: Sizes;
  /** Variance of a feature row along the difference, where it is known; else the spectrum's weighted mean. */
  readonly along?: number;
  /** Share of draws that each end of the interval may miss. */
  readonly share: number;
}

export function tested(input: TestInput): Tested {
  const { law, sizes } = input;
  if (!(law.square > 0)) return spreadless(input);
  const cumulants = nullCumulants(law, sizes);
  const typical = law.cube / law.square;
  return fromCumulants(input, {
    cumulants,
    pValue: upperTail(input.value, cumulants),
    // Whitened and standardised features have variance 1 by intent; what is more is what the fit missed.
    along: input.along ?? (input.name === 'fourierMmd' ? typical : Math.max(1, typical)),
    scale: Math.sqrt(law.square),
  });
}

/** `scale` is √tr M²; the rest as in the null law. */
export function fromCumulants(
  { name, ridge, value, sizes, share }: Omit<TestInput, 'law' | 'along'>,
  { cumulants, pValue, along, scale }: { cumulants: Cumulants; pValue: number; along: number; scale: number },
): Tested {
  const bounds = differenceBounds(value, cumulants, { sizes, along, share });
  const effectOf = (delta: number) => Math.min(LARGEST_EFFECT, Math.sqrt(Math.max(0, delta) / scale));
  return {
    name,
    ...(ridge === undefined ? {} : { ridge }),
    value,
    expected: cumulants.k1,
    pValue,
    effect: effectOf(value - cumulants.k1),
    low: effectOf(bounds.low),
    high: effectOf(bounds.high),
  };
}

/**
 * All reference rows are equal, so each current row that differs is the odd one out. ‖δ‖ is at most twice the share x/n of
 * rows that differ (features have length 1), and x rows drawn from n + m all fall on the current side with a chance of
 * at most (n/(n + m))ˣ.
 */
function spreadless({ name, ridge, value, sizes: { n, m }, share }: TestInput): Tested {
  // Sums are rounded to 2⁻¹⁰ a block of rows.
  const moved = Math.sqrt(value) > 2 ** -6 * (1 / n + 1 / m);
  const odd = moved ? Math.max(1, Math.ceil((n * Math.sqrt(value)) / 2)) : 0;
  const pValue = (n / (n + m)) ** odd;
  const effect = moved ? LARGEST_EFFECT : 0;
  return {
    name,
    ...(ridge === undefined ? {} : { ridge }),
    value,
    expected: 0,
    pValue,
    effect,
    low: pValue <= share ? effect : 0,
    high: LARGEST_EFFECT,
  };
}
