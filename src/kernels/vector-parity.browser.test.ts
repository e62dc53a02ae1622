// SPDX-License-Identifier: Apache-2.0
import { linearParityOf } from './testing/linear-parity-suite.js';
import { vectorParityOf } from './testing/vector-parity-suite.js';
import { createWasmVectorKernels } from './wasm/vectors.js';

const plain = createWasmVectorKernels({ relaxed: false });
const relaxed = createWasmVectorKernels();
vectorParityOf('wasm', async () => (await plain).vectors);
linearParityOf('wasm', async () => (await plain).linear);
vectorParityOf('wasm-relaxed', async () => (await relaxed).vectors);
linearParityOf('wasm-relaxed', async () => (await relaxed).linear);
