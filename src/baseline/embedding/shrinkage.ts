// SPDX-License-Identifier: Apache-2.0
/**
 * Analytic nonlinear shrinkage (Ledoit & Wolf 2020): the variance that fresh rows are expected to have along each sample
 * eigenvector. Sample eigenvalues spread too far (with two rows per column the least is a tenth of what it should be), and
 * directions divided by those would drown a statistic in their noise.
 *
 * @param values positive sample eigenvalues of the covariance of n rows of d columns, descending: all that are not zero by
 * rank
 * @returns as many variances, descending
 */
export function shrunkVariances(values: Float64Array, { n, d }: { n: number; d: number }): Float64Array {
  const k = values.length;
  const degrees = n - 1;
  const ratio = d / degrees;
  // Rank-deficient covariances keep their density on the eigenvalues that are not zero.
  const deficient = ratio > 1;
  if (k < 3 || degrees < 12) return values.slice();
  const bandwidth = degrees ** (-1 / 3);
  const root5 = Math.sqrt(5);
  const shrunk = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    let density = 0;
    let hilbert = 0;
    for (let j = 0; j < k; j++) {
      const width = bandwidth * values[j]!;
      const x = (values[i]! - values[j]!) / width;
      const kernel = (3 / (4 * root5)) * Math.max(0, 1 - (x * x) / 5);
      const edge = Math.abs((root5 - x) / (root5 + x));
      const log = edge > 0 && edge < Number.POSITIVE_INFINITY ? Math.log(edge) : 0;
      density += kernel / width;
      hilbert += ((-3 * x) / (10 * Math.PI) + (3 / (4 * root5 * Math.PI)) * (1 - (x * x) / 5) * log) / width;
    }
    density /= k;
    hilbert /= k;
    const value = values[i]!;
    const squared = deficient
      ? (Math.PI * value) ** 2 * (density ** 2 + hilbert ** 2)
      : (Math.PI * ratio * value * density) ** 2 + (1 - ratio - Math.PI * ratio * value * hilbert) ** 2;
    shrunk[i] = squared > 0 ? value / squared : value;
  }
  for (let i = 1; i < k; i++) shrunk[i] = Math.min(shrunk[i]!, shrunk[i - 1]!);
  return shrunk;
}
