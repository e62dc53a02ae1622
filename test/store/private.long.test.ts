// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firefox, type OtherEngine, webkit } from '../engines/other-engine.js';
import { outcomeIn } from '../engines/outcome.js';
import { killBrowser, startBrowser } from './own-browser.js';
import type { StoreFacts } from './page/probe.js';
import { buildStorePages } from './served-page.js';

interface Outcome {
  readonly store: StoreFacts;
  readonly tabs: { readonly leader: boolean; readonly shared: boolean; readonly reason: string };
}

let folder: string;

beforeAll(async () => {
  folder = await buildStorePages();
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** A browser in a folder of its own, started by `start`. */
function privately(
  name: string,
  absent: string | null,
  start: (profile: string, address: string) => Promise<ChildProcess>,
): OtherEngine {
  return {
    name,
    absent,
    async open(address) {
      const profile = await mkdtemp(join(tmpdir(), 'driftglass-profile-'));
      const browser = await start(profile, address);
      return {
        async close() {
          await killBrowser(browser);
          await rm(profile, { recursive: true, force: true, maxRetries: 5 });
        },
      };
    },
  };
}

const incognito = privately('Chromium, incognito', null, async (profile, address) =>
  startBrowser(profile, '--incognito', address),
);

const privateFirefox = privately('Firefox, private', firefox.absent, async (profile, address) => {
  await writeFile(join(profile, 'user.js'), 'user_pref("browser.privatebrowsing.autostart", true);\n');
  const path = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((one) => existsSync(one)) ?? 'firefox';
  const args = ['--headless', '--no-remote', '--profile', profile, address];
  return spawn(path, args, { detached: true, stdio: 'ignore' });
});

/** MiniBrowser is started with --private. */
const privateWebkit = { ...webkit, name: 'WebKit, private' };

/** As docs/store.md has it. */
describe.each([firefox, privateFirefox, privateWebkit, incognito])('$name', (engine) => {
  if (engine.absent !== null) console.log(`${engine.name} is not tried: ${engine.absent}`);

  test.skipIf(engine.absent !== null)('keeps a history, for all its tabs', async () => {
    const { store, tabs } = await outcomeIn<Outcome>(engine, { folder, path: '/probe.html?tell' });
    expect(store).toMatchObject({ kind: 'indexedDB', reason: '', windows: 3, fallbacks: [] });
    expect(tabs).toMatchObject({ leader: true, shared: true, reason: '' });
  });
});
