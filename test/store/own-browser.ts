// SPDX-License-Identifier: Apache-2.0
import { type ChildProcess, spawn } from 'node:child_process';
import { chromium } from 'playwright';
import { findBrowser } from '../../scripts/setup/browser.mjs';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const CHROMIUM = [
  '--headless=new',
  '--no-sandbox',
  '--no-first-run',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium that nothing drives, with all its processes in a group of its own. */
export function startBrowser(profile: string, ...args: readonly string[]): ChildProcess {
  const path = findBrowser() ?? chromium.executablePath();
  const all = [...CHROMIUM, `--user-data-dir=${profile}`, ...args];
  const child = spawn(path, all, { detached: true, stdio: 'ignore' });
  if (child.pid === undefined) throw new Error('the browser does not start');
  return child;
}

/** SIGKILL to all processes of the browser at once; resolves when they are gone. */
export async function killBrowser(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid!, 'SIGKILL');
  await gone;
  // The lock of the profile names a process that is no more; a browser finds that out by itself, on the same machine.
  await sleep(50);
}
