// SPDX-License-Identifier: Apache-2.0
// driftglass's own functions, from the compiled tree; DRIFTGLASS_DIST names another one.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = pathToFileURL(
  `${resolve(process.env.DRIFTGLASS_DIST ?? new URL('../../dist', import.meta.url).pathname)}/`,
);
export const load = (path) => import(new URL(path, dist).href);

export const { kolmogorovSmirnovP } = await load('distances/kolmogorov-smirnov.js');
export const { chiSquare } = await load('distances/chi-square.js');
export const { betaI } = await load('distances/special/incomplete-beta.js');
export const { randomFrom } = await load('distances/special/random.js');
const { createWasmKernels } = await load('kernels/wasm/wasm.js');
export const kernels = await createWasmKernels();
const { chooseVectorKernels } = await load('kernels/choose-vectors.js');
export const { vectors, linear } = await chooseVectorKernels();
