// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { root } from '../source-files.js';

test("the adapters take what the libraries' own types say they give", { timeout: 120_000 }, () => {
  // The test set-up installs it: without it the compiler would speak of other things.
  expect(existsSync(`${root}test/adapters/node_modules/@tensorflow/tfjs`)).toBe(true);
  const tsc = `${root}node_modules/typescript/bin/tsc`;
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', `${root}test/adapters/types`], {
    encoding: 'utf8',
  });
  // Errors elsewhere are for the check of all types to tell.
  expect(stdout.split('\n').filter((line) => /adapters\/types|error TS5|error TS18/.test(line))).toEqual([]);
});
