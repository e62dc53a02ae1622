// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import type { Distances } from '../distance.js';
import { type ComponentMeans, componentMeans } from './statistics.js';

/** Means of both sides in the space of the rows, and where they come from. */
export interface Means {
  readonly reference: Float64Array;
  readonly current: Float64Array;
  readonly exact: boolean;
}

/**
 * Mean rows from component sums: center + Σ ū·sd·v. What lies outside the components stays at the center on both sides, so
 * distances between the means are those inside the components.
 */
export function meansFromParts(
  frame: EmbeddingFrame,
  reference: EmbeddingPart,
  current: EmbeddingPart,
): Means {
  const { center, directions, variances, dimension: d } = frame;
  const meanOf = ({ means }: ComponentMeans) => {
    const mean = Float64Array.from(center);
    for (let i = 0; i < variances.length; i++) {
      // directions are v/sd, so times the variance they are v·sd.
      const weight = means[i]! * variances[i]!;
      for (let j = 0; j < d; j++) mean[j]! += weight * directions[i * d + j]!;
    }
    return mean;
  };
  return {
    reference: meanOf(componentMeans(reference)),
    current: meanOf(componentMeans(current)),
    exact: false,
  };
}

/** Cosine and Euclidean distance of the mean rows. */
export function meanDistances({ reference, current, exact }: Means, components: number): Distances {
  let [dot, a, b, square] = [0, 0, 0, 0];
  for (let i = 0; i < reference.length; i++) {
    const [x, y] = [reference[i]!, current[i]!];
    dot += x * y;
    a += x * x;
    b += y * y;
    square += (x - y) ** 2;
  }
  const source = exact ? 'of the mean rows' : `of the mean rows, from the sums of ${components} components`;
  const euclidean = {
    value: Math.sqrt(square),
    exact,
    convention: `Euclidean distance ${source}, in the unit of the embedding`,
  };
  // Two means at the origin point nowhere: no angle.
  if (!(a > 0 && b > 0)) return { euclidean };
  const cosine = Math.min(2, Math.max(0, 1 - dot / Math.sqrt(a * b)));
  return { cosine: { value: cosine, exact, convention: `1 − cosine ${source}` }, euclidean };
}

/** Mean and standard deviation (ddof 0) of each component of one side. */
export function componentSpreads({ means, squares }: ComponentMeans): Float64Array {
  return squares.map((square, i) => Math.sqrt(Math.max(0, square - means[i]! ** 2)));
}

/**
 * Fréchet distance of normal laws with a diagonal covariance in the reference's principal components,
 * Σ (δμ² + (sd − sd′)²), in the unit of the rows: from sums alone. The full one needs d² numbers and is biased by d/n.
 */
export function frechet(frame: EmbeddingFrame, reference: EmbeddingPart, current: EmbeddingPart): Distances {
  const { variances } = frame;
  if (variances.length === 0) return {};
  const [a, b] = [componentMeans(reference), componentMeans(current)];
  const [sa, sb] = [componentSpreads(a), componentSpreads(b)];
  let [means, spreads] = [0, 0];
  for (let i = 0; i < variances.length; i++) {
    means += variances[i]! * (b.means[i]! - a.means[i]!) ** 2;
    spreads += variances[i]! * (sb[i]! - sa[i]!) ** 2;
  }
  return {
    frechet: {
      value: means + spreads,
      exact: true,
      convention: `squared Fréchet distance of normal laws, diagonal in ${variances.length} principal components of the reference, in the squared unit of the embedding`,
      details: { means, spreads },
    },
  };
}
