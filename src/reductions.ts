// SPDX-License-Identifier: Apache-2.0
/**
 * Rows with fewer numbers, before they are watched or compared: `driftglass/reductions`.
 *
 *     const { apply, name } = await fitReduction(trainingPixels, 784, { kind: 'pca', components: 32 });
 *     monitor.observe({ matrix: apply(pixels), names: ['c0', 'c1', …] });
 */
import {
  type FittedReduction,
  fitReduction as fitWith,
  type Reduction,
} from './baseline/embedding/reductions.js';
import { chooseVectorKernels } from './kernels/choose-vectors.js';

export type { FittedReduction, Projection, Reduction } from './baseline/embedding/reductions.js';

/**
 * Makes a reduction of rows of `dimension` numbers ready, as compared in "Failing Loudly": none, principal components, a sparse
 * random projection, a matrix or a map of your own (an encoder, a classifier's softmax), or named projections of a row. Only
 * principal components look at the sample (n × dimension, row-major; rows that are not finite are left out).
 * @throws SettingsError for a reduction that does not fit rows of `dimension` numbers
 */
export async function fitReduction(
  sample: Float32Array,
  dimension: number,
  reduction: Reduction,
): Promise<FittedReduction> {
  const { linear } = await chooseVectorKernels();
  return fitWith(sample, dimension, { reduction, linear });
}
