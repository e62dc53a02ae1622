// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { engines } from './other-engine.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const vitest = join(root, 'node_modules/vitest/vitest.mjs');

interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

test.each(engines)("the monitor's own tests pass in $name", async (engine) => {
  if (engine.absent !== null) return console.log(`${engine.name} is not tried: ${engine.absent}`);
  const folder = await mkdtemp(join(tmpdir(), 'driftglass-engine-tests-'));
  try {
    const file = join(folder, 'results.json');
    const output = await ended(engine.name, file);
    const results: Results = JSON.parse(await readFile(file, 'utf8').catch(() => 'null'));
    if (results === null) throw new Error(`no results:\n${output}`);
    const failed = results.testResults.flatMap(({ name, message, assertionResults }) => [
      ...(assertionResults.length === 0 ? [`${name}: ${message}`] : []),
      ...assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    ]);
    expect(failed, output).toEqual([]);
    expect(results.numPassedTests).toBeGreaterThan(50);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

function ended(engine: string, file: string): Promise<string> {
  const config = join(root, 'test/engines/vitest.engines.config.ts');
  const args = ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile=${file}`];
  const child = spawn(process.execPath, [vitest, ...args], {
    cwd: root,
    env: { ...process.env, DRIFTGLASS_ENGINE: engine, NO_COLOR: '1' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  return new Promise((resolve) => child.once('exit', () => resolve(output)));
}
