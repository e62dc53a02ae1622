// SPDX-License-Identifier: Apache-2.0
import { parityOf } from './testing/parity-suite.js';
import { createWasmKernels } from './wasm/wasm.js';

parityOf('wasm', () => createWasmKernels({ relaxed: false }));
parityOf('wasm-relaxed', createWasmKernels);
