// SPDX-License-Identifier: Apache-2.0
import type { LinearKernels, VectorKernels } from '../../vectors.js';
import { cholesky } from './cholesky.js';
import { crossProducts } from './cross-products.js';
import { eigen } from './eigen.js';
import { fourierFeatures } from './fourier-features.js';
import { gram } from './gram.js';
import { prepare } from './meter.js';
import { multiply } from './multiply.js';
import { solveLower } from './solve-lower.js';
import { squaredDistances } from './squared-distances.js';

/** The readable truth: one row at a time, sums in f64. */
export const cpuVectorKernels: VectorKernels = { name: 'cpu', prepare };

export const cpuLinearKernels: LinearKernels = {
  name: 'cpu',
  multiply,
  crossProducts,
  gram,
  squaredDistances,
  fourierFeatures,
  eigen,
  cholesky,
  solveLower,
};
