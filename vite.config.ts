// SPDX-License-Identifier: Apache-2.0
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { flightsSample } from './scripts/setup/flights-sample.mjs';
import { pageHead } from './scripts/setup/page-head.mjs';

const web = fileURLToPath(new URL('web/', import.meta.url));

/** The pages: every HTML file directly in web/. The sample is at `samples/flights-3m.parquet`, relative to the page. */
export default defineConfig({
  root: web,
  // Relative addresses: the built folder works under any path.
  base: './',
  worker: { format: 'es' },
  build: {
    outDir: '../build/page',
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: {
      input: readdirSync(web)
        .filter((name) => name.endsWith('.html'))
        .map((name) => `${web}${name}`),
    },
  },
  plugins: [pageHead(), flightsSample()],
});
