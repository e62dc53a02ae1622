// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { launchChromium } from './serving/chromium.js';
import { root } from './source-files.js';

const ADDRESS = /driftglass is at (http:\S+)/;
const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

test.skipIf(!existsSync(`${root}.git`))('a fresh clone, `npm start`, the sample: a report', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'driftglass-clone-'));
  folders.push(folder);
  execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, folder]);
  // A group of its own: npm does not pass on the signal that ends it.
  const server = spawn('npm', ['start', '--', '--port', '0'], { cwd: folder, detached: true });
  const browser = await launchChromium();
  try {
    const address = await addressOf(server);
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(address);
    await page.getByRole('button', { name: /Flights of 2001/ }).click();
    await page.locator('drift-report').waitFor({ timeout: 60_000 });
    await page.getByText('delay').first().waitFor({ state: 'attached' });
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGTERM');
  }
});

/** What `npm start` prints once the page is served. */
function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      const address = ADDRESS.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
}
