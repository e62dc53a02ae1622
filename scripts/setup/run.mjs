// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Runs a command in the repository with our output as its own.
 * Resolves to its exit code; a command that cannot be started rejects.
 */
export function run(command, args, { env = {}, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      // npm and npx are .cmd files there.
      shell: process.platform === 'win32',
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** As `run`, and rejects when the exit code is not 0. */
export async function mustRun(command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new Error(`\`${[command, ...args].join(' ')}\` ended with exit code ${code}`);
}

/** Runs a JavaScript file with this Node. `path` is relative to the repository. */
export function runNode(path, args = [], options) {
  return run(process.execPath, [path, ...args], options);
}

/** The entry script of an installed tool, run by this Node: no shell, no npx, the same on every platform. */
export const tools = {
  tsc: 'node_modules/typescript/bin/tsc',
  vite: 'node_modules/vite/bin/vite.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  cem: 'node_modules/@custom-elements-manifest/analyzer/cem.js',
  playwright: 'node_modules/playwright/cli.js',
};
