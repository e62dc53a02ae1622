// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { launchChromium } from '../serving/chromium.js';

/** A browser that opens one address and is ended from here; the page itself tells the server what it found. */
export interface OtherEngine {
  readonly name: string;
  /** Why it cannot be tried on this machine; `null` when it can. */
  readonly absent: string | null;
  open(address: string): Promise<{ close(): Promise<void> }>;
}

const firefoxPath = onPath('firefox-esr') ?? onPath('firefox');
const webkitPath = miniBrowser();
const display = onPath('xvfb-run');

export const firefox: OtherEngine = {
  name: 'Firefox',
  absent: firefoxPath === undefined ? 'no firefox-esr or firefox on PATH' : null,
  open: (address) =>
    start((profile) => ({
      command: firefoxPath as string,
      args: ['--headless', '--no-remote', '--profile', profile, address],
      env: { MOZ_CRASHREPORTER_DISABLE: '1' },
    })),
};

export const webkit: OtherEngine = {
  name: 'WebKit',
  absent:
    webkitPath === undefined || display === undefined
      ? 'no MiniBrowser or xvfb-run (Debian: webkit2gtk-driver, xvfb, xauth)'
      : null,
  open: (address) =>
    start((profile) => ({
      command: display as string,
      args: ['-a', webkitPath as string, '--private', address],
      env: {
        HOME: profile,
        XDG_RUNTIME_DIR: profile,
        // Its sandbox needs rights that containers do not give.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      },
    })),
};

/** For comparison. */
export const chromium: OtherEngine = {
  name: 'Chromium',
  absent: null,
  open: async (address) => {
    const browser = await launchChromium();
    await (await browser.newPage()).goto(address);
    return browser;
  },
};

export const engines: readonly OtherEngine[] = [firefox, webkit];

interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function start(launch: (profile: string) => Launch): Promise<{ close(): Promise<void> }> {
  const profile = await mkdtemp(join(tmpdir(), 'driftglass-engine-'));
  const { command, args, env } = launch(profile);
  // A group of its own, so that its many processes end together.
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: 'ignore', detached: true });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.once('error', () => {});
  return {
    async close() {
      endGroup(child);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5_000))]);
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  } catch {
    // It ended by itself.
  }
}

function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

function miniBrowser(): string | undefined {
  const libraries = '/usr/lib/x86_64-linux-gnu';
  if (!existsSync(libraries)) return undefined;
  return readdirSync(libraries)
    .filter((name) => name.startsWith('webkit2gtk-4'))
    .map((name) => join(libraries, name, 'MiniBrowser'))
    .find((path) => existsSync(path));
}
