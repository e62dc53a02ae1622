// SPDX-License-Identifier: Apache-2.0
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { findBrowser } from '../scripts/setup/browser.mjs';
import { isSupported } from '../scripts/setup/node-version.mjs';
import { filesBelow, root } from './source-files.js';

describe('the version of Node', () => {
  test('is held against the range of package.json', () => {
    expect(manifest.engines.node).toBe('^20.19 || >=22.12');
    const good = ['v20.19.0', 'v20.20.2', 'v22.12.0', 'v22.13.1', 'v23.0.0', 'v24.1.0', 'v100.0.0'];
    const bad = ['v12.22.0', 'v18.20.4', 'v20.18.3', 'v21.7.3', 'v22.11.0'];
    expect(good.filter((version) => !isSupported(version))).toEqual([]);
    expect(bad.filter(isSupported)).toEqual([]);
  });

  test('is looked at before anything that an old Node cannot read', () => {
    for (const name of ['start', 'test', 'build', 'bench', 'setup/node-version']) {
      const text = readFileSync(`${root}scripts/${name}.mjs`, 'utf8');
      // Neither can be read by Node 12, and a file is read whole before its first line runs.
      expect(text, name).not.toMatch(/^(const .*= )?await |\?\?|\?\.|#!.*npx/m);
      const early = [...text.matchAll(/^import .* from '(.*)'/gm)].map(([, source]) => source);
      expect(early, name).toEqual(name.startsWith('setup/') ? [] : ['./setup/node-version.mjs']);
    }
  });
});

describe('the commands', () => {
  test('lead to files, and need no other script to run first', () => {
    for (const [name, command] of Object.entries(manifest.scripts)) {
      expect(name).not.toMatch(/^(pre|post|prepare|install)/);
      const file = /^node (\S+)/.exec(command)?.[1];
      if (file !== undefined) expect(filesBelow('scripts', ['.mjs'])).toContain(file);
    }
  });
});

describe('the browser', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('is the one that CHROME_PATH names, and an error when there is none', () => {
    vi.stubEnv('CHROME_PATH', process.execPath);
    expect(findBrowser()).toBe(process.execPath);
    vi.stubEnv('CHROME_PATH', '/nowhere/chrome');
    expect(() => findBrowser()).toThrow('CHROME_PATH is "/nowhere/chrome"');
  });

  test.skipIf(process.platform === 'win32')('else the first on PATH that can be run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'driftglass-path-'));
    writeFileSync(join(folder, 'chromium'), '');
    writeFileSync(join(folder, 'google-chrome'), '');
    chmodSync(join(folder, 'google-chrome'), 0o755);
    vi.stubEnv('CHROME_PATH', '');
    vi.stubEnv('PATH', folder);
    expect(findBrowser()).toBe(join(folder, 'google-chrome'));
    rmSync(folder, { recursive: true });
  });
});
