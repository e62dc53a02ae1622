// SPDX-License-Identifier: Apache-2.0
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** Builds pages of a folder as an app would, into a folder of their own that the caller removes. */
export async function buildPages(from: URL, names: readonly string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'driftglass-pages-'));
  const root = fileURLToPath(from);
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      target: 'es2022',
      emptyOutDir: true,
      rolldownOptions: { input: names.map((name) => join(root, name)) },
    },
  });
  return folder;
}
