// SPDX-License-Identifier: Apache-2.0
import type { Kernels } from '../kernels.js';
import { cdf } from './cdf.js';
import { codes } from './codes.js';
import { histogram, prepareCuts } from './histogram.js';
import { moments } from './moments.js';
import { sort } from './sort.js';

/** The readable truth: plain TypeScript, everywhere available, and what the other backends are held against. */
export const cpuKernels: Kernels = { name: 'cpu', moments, prepareCuts, histogram, codes, sort, cdf };
