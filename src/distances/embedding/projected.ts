// SPDX-License-Identifier: Apache-2.0
/** What the histograms of the first principal components tell, without rows. */
import type { EmbeddingFrame } from '../../baseline/frame.js';
import { sumOf } from '../../profile/counts.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import type { Distances } from '../distance.js';
import { kolmogorovSf } from '../special/kolmogorov.js';

interface Gaps {
  readonly greatest: number;
  /** ∫|F − G| between the outermost cuts, in standard deviations. */
  readonly area: number;
  /** Σ mass^1.5 over bins: 1/√B for B equal ones (see kolmogorov-smirnov.ts). */
  readonly rootMass: number;
}

function gapsOf(cuts: Float32Array, a: Float64Array, b: Float64Array): Gaps {
  const m = sumOf(a);
  const n = sumOf(b);
  let [f, g, greatest, area, rootMass, before] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const mass = (a[i]! + b[i]!) / (m + n);
    const rows = (4 * mass * m * n) / (m + n);
    if (rows > 1) rootMass += (mass ** 1.5 * (rows - 1)) / (rows + 1);
    f += a[i]! / m;
    g += b[i]! / n;
    const gap = Math.abs(f - g);
    if (i > 0 && i < cuts.length) area += ((before + gap) / 2) * (cuts[i]! - cuts[i - 1]!);
    greatest = Math.max(greatest, gap);
    before = gap;
  }
  return { greatest, area, rootMass };
}

/** KS per component with Bonferroni's correction, and the mean Wasserstein-1 over components. */
export function projectedDistances(
  frame: EmbeddingFrame,
  reference: EmbeddingPart,
  current: EmbeddingPart,
): Distances {
  const gaps = frame.drawn.map((cuts, i) => gapsOf(cuts, reference.drawn[i]!, current.drawn[i]!));
  if (gaps.length === 0) return {};
  const effective = (reference.measured * current.measured) / (reference.measured + current.measured);
  const root = Math.sqrt(effective);
  const pOf = ({ greatest, rootMass }: Gaps) =>
    kolmogorovSf((root + 0.12 + 0.11 / root) * (greatest + (0.5826 * rootMass) / root));
  const worst = gaps.reduce((most, gap) => (gap.greatest > most.greatest ? gap : most));
  const least = Math.min(...gaps.map((gap) => (gap.greatest > 0 ? pOf(gap) : 1)));
  const area = gaps.reduce((sum, gap, i) => sum + gap.area * Math.sqrt(frame.variances[i]!), 0) / gaps.length;
  return {
    projectionKolmogorovSmirnov: {
      value: worst.greatest,
      pValue: Math.min(1, gaps.length * least),
      pMethod: 'asymptotic, bin-corrected, Bonferroni',
      exact: false,
      convention: `greatest CDF gap over the first ${gaps.length} principal components, at the cuts of their histograms`,
      at: gaps.indexOf(worst),
    },
    slicedWasserstein: {
      value: area,
      exact: false,
      convention: `mean Wasserstein-1 along the first ${gaps.length} principal components, from their histograms, in the unit of the embedding`,
    },
  };
}
