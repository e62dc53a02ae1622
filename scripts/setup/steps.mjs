// SPDX-License-Identifier: Apache-2.0
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, runNode, tools } from './run.mjs';

export const wasmStep = { name: 'WebAssembly kernels', run: () => runNode('scripts/build-wasm.mjs') };

/** Before the pages: they hand this script to exported reports. */
export const reportViewStep = {
  name: 'Script of exported reports (dist/report-view.js)',
  run: () => viteStandalone('report-view'),
};

/** Makes everything that is published or served, in order: a later step needs the earlier ones. */
export const buildSteps = [
  wasmStep,
  {
    name: 'Library (dist/)',
    run: () => {
      rmSync(join(root, 'dist'), { recursive: true, force: true });
      return runNode(tools.tsc, ['-p', 'tsconfig.build.json']);
    },
  },
  { name: 'Standalone file (dist/standalone.js)', run: () => viteStandalone('production') },
  {
    name: 'Standalone file with embeddings (dist/standalone-embeddings.js)',
    run: () => viteStandalone('standalone-embeddings'),
  },
  reportViewStep,
  { name: 'Pages (build/page/)', run: () => runNode(tools.vite, ['build', '--logLevel', 'warn']) },
  {
    name: 'Manifest of the elements (custom-elements.json)',
    run: () => runNode(tools.cem, ['analyze', '--config', 'scripts/setup/manifest.config.mjs', '--quiet']),
  },
];

/** What needs no browser and no build. */
export const staticSteps = [
  {
    name: 'Format and lint',
    run: () => run(process.execPath, [tools.biome, 'ci', '--error-on-warnings', '.']),
  },
  { name: 'Types: everything', run: () => runNode(tools.tsc, ['-p', 'tsconfig.json']) },
  { name: 'Types: the core without the DOM', run: () => runNode(tools.tsc, ['-p', 'tsconfig.core.json']) },
];

function viteStandalone(mode) {
  return runNode(tools.vite, [
    'build',
    '--config',
    'vite.standalone.config.ts',
    '--mode',
    mode,
    '--logLevel',
    'warn',
  ]);
}
