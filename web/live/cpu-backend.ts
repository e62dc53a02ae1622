// SPDX-License-Identifier: Apache-2.0
/** The processor's backend with the few kernels that the page's model needs: a tenth of all. */
import '@tensorflow/tfjs-backend-cpu/dist/base.js';
import { _fusedMatMulConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/_FusedMatMul.js';
import { addConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Add.js';
import { castConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Cast.js';
import { concatConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Concat.js';
import { gatherV2Config } from '@tensorflow/tfjs-backend-cpu/dist/kernels/GatherV2.js';
import { identityConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Identity.js';
import { reshapeConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Reshape.js';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Sigmoid.js';
import { sliceConfig } from '@tensorflow/tfjs-backend-cpu/dist/kernels/Slice.js';
import { registerKernel } from '@tensorflow/tfjs-core';

export const BACKEND = 'cpu';

for (const kernel of [
  addConfig,
  castConfig,
  concatConfig,
  _fusedMatMulConfig,
  gatherV2Config,
  identityConfig,
  reshapeConfig,
  sigmoidConfig,
  sliceConfig,
])
  registerKernel(kernel);
