// SPDX-License-Identifier: Apache-2.0
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { launchChromium } from '../serving/chromium.js';
import { serveFolder } from '../serving/static-server.js';
import { root } from '../source-files.js';

const run = promisify(execFile);
const templates = fileURLToPath(new URL('./', import.meta.url));

/** What an app wrote on its page. */
export interface ConsumerOutcome {
  readonly version?: string;
  readonly rating?: string;
  readonly engine?: { readonly place: string; readonly kernels: string; readonly notes: readonly string[] };
  readonly badge?: string;
  readonly error?: string;
  /** Of apps with a monitor: its state, what its panel shows, and what an event of it did to the app. */
  readonly state?: string;
  readonly shown?: string;
  readonly event?: string;
}

/**
 * Packs the package, installs the tarball into a copy of the app `name` outside the repository, builds the app, serves it
 * below /app/ and opens it. Everything is removed afterwards.
 * @returns what the page shows, and addresses that were asked for and not found
 */
export async function tryConsumer(
  name: string,
): Promise<{ outcome: ConsumerOutcome; html: string; missing: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), `driftglass-${name}-`));
  try {
    const tarball = await pack(folder);
    const app = join(folder, 'app');
    await cp(join(templates, name), app, { recursive: true });
    await cp(join(templates, 'shared'), join(app, 'src'), { recursive: true });
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', tarball], app);
    await npm(['run', 'build'], app);
    await cp(join(app, 'public'), join(app, 'out'), { recursive: true }).catch(() => {});
    return await openApp(join(app, 'out'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function pack(folder: string): Promise<string> {
  await npm(['pack', '--ignore-scripts', '--pack-destination', folder], root);
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (tarball === undefined) throw new Error('npm pack made no tarball');
  return join(folder, tarball);
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const env = { ...process.env, NODE_ENV: '', NEXT_TELEMETRY_DISABLED: '1' };
  try {
    await run('npm', args, { cwd, env, shell: process.platform === 'win32', maxBuffer: 1 << 26 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`npm ${args.join(' ')} failed\n${stdout ?? ''}\n${stderr ?? ''}`, { cause: error });
  }
}

async function openApp(
  folder: string,
): Promise<{ outcome: ConsumerOutcome; html: string; missing: string[] }> {
  const server = await serveFolder({ folder, base: '/app' });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const missing: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400 && !response.url().endsWith('/favicon.ico')) missing.push(response.url());
    });
    const html = await (await fetch(`${server.origin}/app/`)).text();
    await page.goto(`${server.origin}/app/`);
    await page.waitForFunction(() => document.body.dataset['outcome'] !== undefined, undefined, {
      timeout: 60_000,
    });
    const outcome = JSON.parse((await page.locator('body').getAttribute('data-outcome')) ?? '{}');
    return { outcome, html, missing };
  } finally {
    await browser.close();
    await server.close();
  }
}
