// SPDX-License-Identifier: Apache-2.0
import { parityOf } from './testing/parity-suite.js';
import { createWasmKernels } from './wasm/wasm.js';

parityOf('wasm', () => createWasmKernels({ relaxed: false }));
// Node 20 has no relaxed SIMD: there this suite runs in Chromium alone.
if ((await createWasmKernels()).name === 'wasm-relaxed') parityOf('wasm-relaxed', createWasmKernels);
