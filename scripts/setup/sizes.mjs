// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { root } from './run.mjs';

/**
 * What people download, and the most that each may weigh in bytes after brotli. `entry` is a file of dist/ bundled and
 * minified as an app would: what it loads at once is counted (`and` names a chunk that it asks for itself at once), what it
 * loads later (`import()`, workers) is told apart.
 */
export const budgets = [
  { name: 'library entry', entry: 'dist/index.js', limit: 15_000 },
  { name: 'worker with wasm', entry: 'dist/engine/engine.worker.js', and: 'engine-host', limit: 70_000 },
  // Loaded when the page is idle. Measured 106 kB: kernels and what measures are 45 kB of it, the rest judges, alerts, joins and keeps.
  {
    name: 'monitor worker with wasm',
    entry: 'dist/monitor/monitor.worker.js',
    and: 'worker-service',
    limit: 110_000,
  },
  { name: 'elements', entry: 'dist/components/index.js', limit: 50_000 },
  // The report that its panel can open is loaded when somebody does.
  { name: 'elements of a monitor', entry: 'dist/components/live.js', limit: 60_000 },
  // What an app adds for its model's library.
  { name: 'entry for TensorFlow.js', entry: 'dist/adapters/tfjs.js', limit: 9_000 },
  { name: 'entry for ONNX Runtime', entry: 'dist/adapters/onnx.js', limit: 8_000 },
  { name: 'entry for Transformers.js', entry: 'dist/adapters/transformers.js', limit: 6_000 },
  { name: 'entry for functions', entry: 'dist/adapters/functions.js', limit: 5_000 },
  { name: 'standalone file', file: 'dist/standalone.js', limit: 150_000 },
  // Measured 190 kB: about half of what it has more is the kernels of vectors, in wasm and their cpu twins.
  { name: 'standalone, embeddings', file: 'dist/standalone-embeddings.js', limit: 195_000 },
  { name: 'script of exported reports', file: 'dist/report-view.js', limit: 60_000 },
];

/**
 * Sizes in bytes: raw (minified), after brotli, and after brotli what is loaded later.
 * @param {{ entry?: string, and?: string, file?: string }} what
 * @returns {Promise<{ raw: number, brotli: number, later: number }>}
 */
export async function measure({ entry, and, file }) {
  if (file) {
    const code = readFileSync(join(root, file));
    return { raw: code.length, brotli: brotli(code), later: 0 };
  }
  const { build } = await import('vite');
  // A test runner's NODE_ENV would choose the development builds of Lit.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  const { output } = await build({
    configFile: false,
    root,
    logLevel: 'silent',
    worker: { format: 'es' },
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: join(root, entry), preserveEntrySignatures: 'strict' },
    },
  }).finally(() => {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  });
  const chunks = new Map(
    output.filter((item) => item.type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const atOnce = new Set();
  const follow = (name) => {
    if (atOnce.has(name) || !chunks.has(name)) return;
    atOnce.add(name);
    chunks.get(name).imports.forEach(follow);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry || chunk.name === and) follow(chunk.fileName);
  const sizes = { raw: 0, brotli: 0, later: 0 };
  for (const [name, { code }] of chunks) {
    const bytes = Buffer.from(code);
    if (atOnce.has(name)) {
      sizes.raw += bytes.length;
      sizes.brotli += brotli(bytes);
    } else {
      sizes.later += brotli(bytes);
    }
  }
  return sizes;
}

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;
}
