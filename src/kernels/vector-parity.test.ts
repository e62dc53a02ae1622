// SPDX-License-Identifier: Apache-2.0
import { linearParityOf } from './testing/linear-parity-suite.js';
import { vectorParityOf } from './testing/vector-parity-suite.js';
import { createWasmVectorKernels } from './wasm/vectors.js';

for (const relaxed of [false, true]) {
  const { vectors, linear } = await createWasmVectorKernels({ relaxed });
  // Node 20 has no relaxed SIMD: there it runs in Chromium alone.
  if (relaxed !== (vectors.name === 'wasm-relaxed')) continue;
  vectorParityOf(vectors.name, async () => vectors);
  linearParityOf(linear.name, async () => linear);
}
