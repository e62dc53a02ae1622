// SPDX-License-Identifier: Apache-2.0
import { join } from 'node:path';
import { build } from 'vite';
import { root } from './run.mjs';

const RUNGS = '\0driftglass-rungs';
const HOST = '\0driftglass-host';
const ENGINE = '\0driftglass-engine';

/**
 * Vite plugin for the standalone file: the engine is in it once, as one function that refers to nothing outside itself.
 * Called on the page, it is the engine on the page; its source text, in a blob, is the worker's script. (Inlining a built
 * worker beside the page's own engine would carry everything twice.)
 */
export function engineInside() {
  return {
    name: 'driftglass-engine-inside',
    enforce: 'pre',
    resolveId(source) {
      if (source.endsWith('/worker-rungs.js')) return RUNGS;
      if (source.endsWith('/engine-host.js')) return HOST;
      return source === ENGINE ? ENGINE : undefined;
    },
    async load(id) {
      if (id === RUNGS) return rungs;
      if (id === HOST) return `import { engine } from '${ENGINE}';\nexport const { EngineHost } = engine();`;
      if (id === ENGINE)
        return `export function engine() {\n${await engineCode()}\nreturn driftglassEngine;\n}`;
      return undefined;
    },
  };
}

/** Takes the place of src/engine/worker-rungs.ts. */
const rungs = `
import { engine } from '${ENGINE}';
function make() {
  const text = '(' + engine + ')().startWorker();';
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const worker = new Worker(trusted(url));
  const release = () => URL.revokeObjectURL(url);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', release, { once: true });
  return worker;
}
let policy;
function trusted(url) {
  if (globalThis.trustedTypes === undefined) return url;
  policy ??= trustedTypes.createPolicy('driftglass', { createScriptURL: (text) => text });
  return policy.createScriptURL(url);
}
export const rungs = [{ place: 'blob worker', name: 'worker from a blob', make }];
`;

/** The engine with all its readers as one script that leaves \`driftglassEngine\`. */
async function engineCode() {
  const [{ output }] = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: ENTRY, formats: ['iife'], name: 'driftglassEngine', fileName: 'engine' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
    plugins: [
      {
        name: 'driftglass-engine-entry',
        enforce: 'pre',
        resolveId(source) {
          // Vite makes a path of an entry's name.
          if (source.endsWith(ENTRY)) return `\0${ENTRY}`;
          if (source.endsWith(WEBGPU)) return `\0${WEBGPU}`;
          return source === BROTLI ? `\0${BROTLI}` : undefined;
        },
        load(id) {
          if (id === `\0${BROTLI}`) return withoutBrotli;
          if (id === `\0${WEBGPU}`) return withoutWebGpu;
          if (id !== `\0${ENTRY}`) return undefined;
          const file = (name) => JSON.stringify(join(root, 'src/engine', name));
          return `export { EngineHost } from ${file('engine-host.ts')};
            export const startWorker = () => import(${file('engine.worker.ts')});`;
        },
      },
    ],
  });
  return output[0].code;
}

const ENTRY = 'driftglass-engine-entry';
const WEBGPU = '/webgpu/vectors.js';
const BROTLI = 'hyparquet-compressors/src/brotli.js';

/** Its decoder weighs 65 kB after compression, nearly all of it a dictionary. */
const withoutBrotli = `export function decompressBrotli() {
  throw new Error('compressed with BROTLI, which the standalone file leaves out for its size: use the npm package');
}`;

/** One file cannot load later what most never need. */
const withoutWebGpu = `export function createWebGpuVectorKernels() {
  return Promise.reject(new Error('WebGPU: the standalone file leaves it out for its size; the npm package has it'));
}`;
