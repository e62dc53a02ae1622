// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vite';

/**
 * One self-contained file for pages without a build step: all elements, the engine, and the worker as text in a blob.
 * Used with one tag: <script type="module" src="standalone.js"></script>
 */
export default defineConfig({
  worker: { format: 'es', rolldownOptions: { output: { codeSplitting: false } } },
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist',
    // The tree of tsc is already there.
    emptyOutDir: false,
    lib: { entry: 'src/standalone.ts', formats: ['es'], fileName: () => 'standalone.js' },
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
