// SPDX-License-Identifier: Apache-2.0
import { vectorParityOf } from '../testing/vector-parity-suite.js';
import { GPU_PRECISION, sharedDevice } from './testing/shared-device.js';
import { createWebGpuVectorKernels } from './vectors.js';

vectorParityOf('webgpu', async () => createWebGpuVectorKernels({ device: await sharedDevice() }), {
  precision: GPU_PRECISION,
});
