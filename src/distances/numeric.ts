// SPDX-License-Identifier: Apache-2.0
/** All distances of one numeric feature: exact from sorted columns where given, certified from bins otherwise. */
import type { NumberFrame } from '../baseline/frame.js';
import type { NumberPart } from '../profile/parts.js';
import { type AnchoredBins, anchoredBins } from './anchored-bins.js';
import { andersonDarlingFromBins, andersonDarlingFromCdf } from './anderson-darling.js';
import { chiSquare } from './chi-square.js';
import type { ExactPair } from './comparison.js';
import { cramerVonMisesFromBins, cramerVonMisesFromCdf } from './cramer-von-mises.js';
import type { Distance, Distances } from './distance.js';
import { energy } from './energy.js';
import { kolmogorovSmirnovExact, kolmogorovSmirnovFromBins } from './kolmogorov-smirnov.js';
import { kuiperExact, kuiperFromBins } from './kuiper.js';
import { mergeBins, mergedBinCount } from './merge-bins.js';
import { fisherExact } from './share-difference.js';
import { asTest, tableDistances } from './table-distances.js';
import { totalVariation, totalVariationNoise } from './total-variation.js';
import { wasserstein, wassersteinNormalized } from './wasserstein.js';

export interface NumericSides {
  readonly frame: NumberFrame;
  readonly reference: NumberPart;
  readonly current: NumberPart;
  /** Sorted values and their merge; without it the bins bound what it would have given. */
  readonly exact?: ExactPair | undefined;
  /** Intervals hold at 1 − level. */
  readonly level: number;
}

/** Empty when a side has no value. */
export function numericDistances({ frame, reference, current, exact, level }: NumericSides): Distances {
  const bins = anchoredBins(frame, reference, current);
  const { m, n } = bins;
  if (m === 0 || n === 0) return {};
  const sides = { bins, reference, current, level };
  const cdf = exact?.cdf;
  const distance = wasserstein(sides, cdf);
  const normalized = wassersteinNormalized(distance, reference);
  return {
    kolmogorovSmirnov: cdf
      ? kolmogorovSmirnovExact(cdf, { m, n, level })
      : kolmogorovSmirnovFromBins(bins, level),
    kuiper: cdf ? kuiperExact(cdf, { m, n, level }) : kuiperFromBins(bins, level),
    cramerVonMises: cdf ? cramerVonMisesFromCdf(cdf, bins) : cramerVonMisesFromBins(bins),
    andersonDarling: cdf ? andersonDarlingFromCdf(cdf, bins) : andersonDarlingFromBins(bins),
    wasserstein: distance,
    ...(normalized && { wassersteinNormalized: normalized }),
    energy: energy(bins, cdf ? { level, cdf } : { level }),
    ...mergedDistances(bins, level),
  };
}

/** Distances between shares of merged bins; exact by definition, since the bins are part of it. */
function mergedDistances(bins: AnchoredBins, level: number): Distances {
  const counts = mergeBins(bins, Math.max(2, mergedBinCount(bins.m, bins.n)));
  const cells = `${counts.a.length} ${counts.a.length === 1 ? 'bin' : 'bins'} of about equal reference mass`;
  const [a, b] = [counts.a, counts.b];
  const test =
    a.length === 2
      ? {
          pValue: fisherExact({ reference: [a[0], bins.m], current: [b[0], bins.n] }),
          pMethod: 'exact (Fisher)',
        }
      : asTest(chiSquare(counts));
  const value = totalVariation(counts);
  const noise = totalVariationNoise(counts, level / 2);
  const variation: Distance = {
    value,
    low: Math.max(0, value - noise.above),
    high: Math.min(1, value + noise.reach),
    ...test,
    exact: true,
    convention: `half the sum of absolute differences (D1/2), ${cells}`,
  };
  return { totalVariation: variation, ...tableDistances(counts, { level, test, cells, exact: true }) };
}
