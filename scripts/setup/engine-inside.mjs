// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'vite';
import { root } from './run.mjs';

const RUNGS = '\0driftglass-rungs';
const HOST = '\0driftglass-host';
const ENGINE = '\0driftglass-engine';
const COMLINK = '\0driftglass-comlink';

/**
 * Vite plugin for the standalone file: the engine is in it once, as one function that refers to nothing outside itself.
 * Called on the page, it is the engine on the page; its source text, in a blob, is the worker's script. (Inlining a built
 * worker beside the page's own engine would carry everything twice.) Comlink, which both ends of the port need, is handed
 * to it as another such function.
 * @param {{ embeddings: boolean }} what without embeddings, columns of vectors are left out with a note
 */
export function engineInside({ embeddings }) {
  return {
    name: 'driftglass-engine-inside',
    enforce: 'pre',
    resolveId(source, importer) {
      if (source.endsWith('/worker-rungs.js')) return RUNGS;
      if (source.endsWith('/engine-host.js')) return HOST;
      if (source === ENGINE) return ENGINE;
      if (source === 'comlink' || source === COMLINK) return COMLINK;
      if (LIVE.some((end) => source.endsWith(end))) return join(root, 'src/standalone/live.ts');
      return embeddings ? undefined : tablesOnly(source, importer);
    },
    async load(id) {
      if (id === RUNGS) return rungs;
      if (id === HOST)
        return `import { engine } from '${ENGINE}';
          import { comlink } from '${COMLINK}';
          export const { EngineHost } = engine(comlink());`;
      if (id === COMLINK) return `${comlink()}\nexport const { ${SPOKEN} } = comlink();`;
      if (id === ENGINE)
        return `export function engine(comlink) {\n${await engineCode(embeddings)}\nreturn driftglassEngine;\n}`;
      return undefined;
    },
    buildEnd(error) {
      if (!error && !embeddings && unmet.size > 0)
        throw new Error(`nothing imports what stands aside in the file for tables: ${[...unmet].join(', ')}`);
    },
  };
}

/** Takes the place of src/engine/worker-rungs.ts. */
const rungs = `
import { engine } from '${ENGINE}';
import { comlink } from '${COMLINK}';
function make() {
  const text = '(' + engine + ')((' + comlink + ')()).startWorker();';
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
async function engineCode(embeddings) {
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
        resolveId(source, importer) {
          // Vite makes a path of an entry's name.
          if (source.endsWith(ENTRY)) return `\0${ENTRY}`;
          if (source.endsWith(WEBGPU)) return `\0${WEBGPU}`;
          if (source === 'comlink' || source === COMLINK) return COMLINK;
          if (source === BROTLI) return `\0${BROTLI}`;
          if (source.endsWith(HTML)) return `\0${HTML}`;
          return embeddings ? undefined : tablesOnly(source, importer);
        },
        load(id) {
          if (id === COMLINK) return `export const { ${SPOKEN} } = comlink;`;
          if (id === `\0${BROTLI}`) return withoutBrotli;
          if (id === `\0${WEBGPU}`) return withoutWebGpu;
          if (id === `\0${HTML}`) return withoutHtml;
          if (id !== `\0${ENTRY}`) return undefined;
          const file = (name) => JSON.stringify(join(root, 'src/engine', name));
          // As engine.worker.ts does, which cannot be imported for it: what is imported later costs (see `atOnce`).
          return `import { EngineHost } from ${file('engine-host.ts')};
            export { EngineHost };
            export function startWorker() {
              new EngineHost('worker').serve(globalThis);
              postMessage({ driftglass: 'ready' });
            }`;
        },
      },
      atOnce,
    ],
  });
  return output[0].code;
}

/**
 * Turns `import('./x.js')` into an import at the top. One file cannot load anything later, and a bundler that keeps such
 * modules unevaluated until then wraps each of them and all that they share, which takes 4 kB after compression.
 */
const atOnce = {
  name: 'driftglass-at-once',
  // After types are gone: `typeof import('./x.js')` is no import.
  enforce: 'post',
  transform(code) {
    const names = new Map();
    const text = code.replace(/\bimport\(\s*(["'][^"']+["'])\s*\)/g, (_, source) => {
      if (!names.has(source)) names.set(source, `driftglassLater${names.size}`);
      return `Promise.resolve(${names.get(source)})`;
    });
    if (names.size === 0) return undefined;
    const imports = [...names].map(([source, name]) => `import * as ${name} from ${source};\n`);
    return { code: imports.join('') + text, map: null };
  },
};

/**
 * What stands for a module in the file for tables. Vectors are stopped at the two doors by which columns come in, files and
 * baselines; behind them nothing asks for what embeddings need.
 */
function tablesOnly(source, importer = '') {
  // The stand-ins themselves build on what they stand for.
  if (importer.replaceAll('\\', '/').includes('/src/standalone/')) return undefined;
  if (!source.startsWith('.')) return undefined;
  const asked = relative(join(root, 'src'), resolve(dirname(importer), source)).replaceAll('\\', '/');
  const stand = STAND_INS.get(asked.replace(/\.js$/, ''));
  if (stand === undefined) return undefined;
  unmet.delete(asked.replace(/\.js$/, ''));
  return join(root, 'src/standalone', stand);
}

/** By module of src/, however it is imported. */
const STAND_INS = new Map([
  ['sources/open', 'open.ts'],
  ['profile/baseline-file', 'baseline-file.ts'],
  ['components/drift-embedding/drift-embedding', 'drift-embedding.ts'],
  ['profile/embedding', 'embedding-parts.ts'],
  ['profile/embedding-codec', 'embedding-parts.ts'],
  ...[
    'sources/grouped-source',
    'sources/listed-source',
    'sources/parquet/vector-reader',
    'sources/arrow/vector-reader',
    'sources/npy/vectors',
    'sources/json/record-vectors',
    'baseline/vector-sample',
    'baseline/unfitted-embedding',
    'profile/embedding-meters',
    'verdict/hypotheses/embedding-tests',
    'verdict/words/embedding-length',
    'verdict/words/embedding-sentence',
    'report/embedding-drawing',
    'engine/vector-work',
    'engine/measure-embedding',
    'engine/embedding-picture',
  ].map((module) => [module, 'embeddings.ts']),
]);

/** Stand-ins that no import has asked for: the module was moved or renamed, and what it weighs would be back unseen. */
const unmet = new Set(STAND_INS.keys());

/** What draws a monitor, in elements that draw reports too. */
const LIVE = [
  '/drift-timeline.live.styles.js',
  '/held-order.js',
  '/live-element.js',
  '/live-series.js',
  '/outcome-plot.js',
  '/time-marks.js',
];

/** What is used of Comlink. */
const SPOKEN = 'expose, proxy, transfer, wrap';

/** Comlink as one function that refers to nothing outside itself and gives what is used of it. */
function comlink() {
  const text = readFileSync(join(root, 'node_modules/comlink/dist/esm/comlink.mjs'), 'utf8');
  return `export function comlink() {\n${text.replace(/export \{[^}]*\};/, `return { ${SPOKEN} };`)}\n}`;
}

const ENTRY = 'driftglass-engine-entry';
const WEBGPU = '/webgpu/vectors.js';
const HTML = '/report/html.js';
const BROTLI = 'hyparquet-compressors/src/brotli.js';

/** Its decoder weighs 65 kB after compression, nearly all of it a dictionary. */
const withoutBrotli = `export function decompressBrotli() {
  throw new Error('compressed with BROTLI, which the standalone file leaves out for its size: use the npm package');
}`;

/** One file cannot load later what most never need. */
const withoutWebGpu = `export function createWebGpuVectorKernels() {
  return Promise.reject(new Error('WebGPU: the standalone file leaves it out for its size; the npm package has it'));
}`;

/** HTML is written by the page's side (engine/client.ts), which has this module already. */
const withoutHtml = `export function reportToHtml() {
  throw new Error('HTML is written on the page');
}`;
