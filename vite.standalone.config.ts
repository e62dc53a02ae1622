// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const worker = fileURLToPath(new URL('src/engine/engine.worker.ts', import.meta.url));

/**
 * Self-contained scripts for a plain <script> tag, each one file without imports:
 * `standalone` all elements, the engine, and its worker as text that starts from a blob;
 * `report-view` (mode of that name) only what an exported HTML report needs.
 */
export default defineConfig(({ mode }) => {
  const name = mode === 'report-view' ? 'report-view' : 'standalone';
  return {
    publicDir: false,
    worker: { format: 'es', rolldownOptions: { output: { codeSplitting: false } } },
    build: {
      target: 'es2022',
      outDir: 'dist',
      // The tree of tsc is already there.
      emptyOutDir: false,
      lib: {
        entry: `src/${name}.ts`,
        formats: ['iife'],
        name: 'driftglass',
        fileName: () => `${name}.js`,
      },
      rolldownOptions: { output: { codeSplitting: false } },
    },
    plugins: [workerInside()],
  };
});

/** Replaces the ladder's own rungs (engine/worker-rungs.ts) by one: the worker that is in the file. */
function workerInside(): Plugin {
  const id = '\0driftglass-worker-rungs';
  return {
    name: 'driftglass-worker-inside',
    enforce: 'pre',
    resolveId(source) {
      return source.endsWith('/worker-rungs.js') ? id : undefined;
    },
    load(loaded) {
      if (loaded !== id) return undefined;
      return `import EngineWorker from ${JSON.stringify(`${worker}?worker&inline`)};
        export const rungs = [{ place: 'blob worker', name: 'worker from a blob', make: () => new EngineWorker() }];`;
    },
  };
}
