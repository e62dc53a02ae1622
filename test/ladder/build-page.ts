// SPDX-License-Identifier: Apache-2.0
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds the page that compares two small files through the public API, as an app would build it. */
export async function buildLadderPage(outDir: string): Promise<void> {
  const page = fileURLToPath(new URL('page/', import.meta.url));
  await build({
    configFile: false,
    root: page,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir,
      target: 'es2022',
      emptyOutDir: true,
      rolldownOptions: { input: [`${page}index.html`, `${page}frame.html`] },
    },
  });
}
