// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vite';
import { engineInside } from './scripts/setup/engine-inside.mjs';
import { squeezeTemplates } from './scripts/setup/squeeze-templates.mjs';

/**
 * Self-contained scripts for a plain <script> tag, each one file without imports:
 * `standalone` all elements and the engine, whose worker starts from a blob, for tables;
 * `standalone-embeddings` (mode of that name) the same with embeddings;
 * `report-view` (mode of that name) only what an exported HTML report needs.
 */
export default defineConfig(({ mode }) => {
  const name = mode === 'report-view' || mode === 'standalone-embeddings' ? mode : 'standalone';
  return {
    publicDir: false,
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
    plugins: [squeezeTemplates(), engineInside({ embeddings: name !== 'standalone' })],
  };
});
