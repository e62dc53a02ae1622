// SPDX-License-Identifier: Apache-2.0
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../serving/chromium.js';
import { root } from '../source-files.js';

interface Outcome {
  readonly error?: string;
  readonly noted?: string;
  readonly failed?: readonly string[];
  readonly notes?: string;
  readonly engine?: { readonly place: string; readonly kernels: string };
  readonly ratings?: Readonly<Record<string, string>>;
  readonly shown?: string;
}

let folder: string;
let browser: Browser;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftglass-standalone-'));
  const page = await readFile(fileURLToPath(new URL('embeddings.html', import.meta.url)), 'utf8');
  for (const script of ['standalone', 'standalone-embeddings']) {
    await cp(`${root}dist/${script}.js`, join(folder, `${script}.js`));
    await writeFile(join(folder, `${script}.html`), page.replace('standalone-embeddings.js', `${script}.js`));
  }
  browser = await launchChromium();
}, 60_000);

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

async function outcomesOf(name: string) {
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(pathToFileURL(join(folder, name)).href);
  await page.waitForFunction(() => document.body.dataset['outcome'] !== undefined, undefined, {
    timeout: 60_000,
  });
  const outcomes = JSON.parse((await page.locator('body').getAttribute('data-outcome')) ?? '{}');
  await page.close();
  expect(errors).toEqual([]);
  return outcomes as Record<'matrix' | 'moved' | 'amount', Outcome>;
}

test('the file with embeddings compares them, in the worker, and draws the report', async () => {
  const { matrix, moved, amount } = await outcomesOf('standalone-embeddings.html');
  expect(matrix).toMatchObject({ ratings: { embedding: 'drift' }, engine: { place: 'blob worker' } });
  expect(matrix.engine?.kernels).toMatch(/^wasm/);
  expect(matrix.shown).toContain('embedding');
  expect(moved.ratings?.['embedding']).toBe('drift');
  expect(moved.ratings?.['amount']).not.toBe('drift');
  expect(amount.ratings?.['amount']).toBe('drift');
  expect(amount.ratings?.['embedding']).not.toBe('drift');
  expect(moved.notes).not.toContain('standalone');
}, 90_000);

test('the file for tables names what it leaves out and where to get it, and compares the other columns', async () => {
  const { matrix, moved, amount } = await outcomesOf('standalone.html');
  expect(matrix.error).toMatch(/a\.npy: holds embeddings alone.*standalone-embeddings\.js/);
  for (const outcome of [moved, amount]) {
    expect(outcome.error).toBeUndefined();
    expect(outcome.noted).toMatch(/embedding "embedding" not compared: .*standalone-embeddings\.js/);
    expect(outcome.notes).toMatch(/embedding "embedding" not compared: .*standalone-embeddings\.js/);
    expect(outcome.shown).toContain('amount');
  }
  expect(Object.keys(moved.ratings ?? {})).toEqual(['amount']);
  expect(moved.ratings?.['amount']).not.toBe('drift');
  expect(amount.ratings).toEqual({ amount: 'drift' });
}, 90_000);

test('a baseline with an embedding serves the other columns in the file for tables', async () => {
  const whole = await browser.newPage();
  await whole.goto(pathToFileURL(join(folder, 'standalone-embeddings.html')).href);
  const bytes = await whole.evaluate('baseline()');
  const both = await whole.evaluate<Outcome>(`against(${JSON.stringify(bytes)})`);
  await whole.close();
  expect(Object.keys(both.ratings ?? {}).sort()).toEqual(['amount', 'embedding']);

  const tables = await browser.newPage();
  await tables.goto(pathToFileURL(join(folder, 'standalone.html')).href);
  const outcome = await tables.evaluate<Outcome>(`against(${JSON.stringify(bytes)})`);
  await tables.close();
  expect(outcome.error).toBeUndefined();
  expect(outcome.ratings).toEqual({ amount: 'drift' });
  expect(outcome.failed).toEqual(both.failed);
  expect(outcome.noted).toMatch(/embedding "embedding" not compared: .*standalone-embeddings\.js/);
}, 90_000);
