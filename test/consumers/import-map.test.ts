// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launchChromium } from '../serving/chromium.js';
import { serveFolder } from '../serving/static-server.js';
import { root } from '../source-files.js';

const SCRIPT = `
  import 'driftglass/elements/drift-monitor';
  import { createMonitor } from 'driftglass';
  import { watchFunction } from 'driftglass/functions';
  const errors = [];
  const monitor = createMonitor({ reference: { first: 100 }, store: 'memory', onError: ({ message }) => errors.push(message) });
  const sum = watchFunction(({ a, b }) => a + b, monitor, {
    inputs: (row) => row,
    outputs: (value) => ({ value }),
    sampling: { share: 1 },
  });
  for (let i = 0; i < 120; i++) sum({ a: i, b: i % 7 });
  await monitor.flush();
  const { state, rows, engine } = await monitor.snapshot();
  const panel = document.querySelector('drift-monitor');
  panel.monitor = monitor;
  await panel.updateComplete;
  document.body.dataset.outcome = JSON.stringify({ state, measured: rows.measured, place: engine.place, drawn: panel.shadowRoot.childElementCount > 0, errors });
`;

test('a page without a bundler works with the import map of docs/packaging.md', {
  timeout: 90_000,
}, async () => {
  const text = await readFile(`${root}docs/packaging.md`, 'utf8');
  const map = /<script type="importmap">.*?<\/script>/s.exec(text)?.[0];
  const folder = await mkdtemp(join(tmpdir(), 'driftglass-import-map-'));
  const browser = await launchChromium();
  try {
    await mkdir(`${folder}/node_modules`);
    await symlink(root, `${folder}/node_modules/driftglass`);
    for (const name of ['comlink', 'idb', 'lit', 'lit-html', 'lit-element', '@lit'])
      await symlink(`${root}node_modules/${name}`, `${folder}/node_modules/${name}`);
    const page = `<!doctype html>${map}<body><drift-monitor></drift-monitor><script type="module">${SCRIPT}</script>`;
    await writeFile(`${folder}/index.html`, page);
    const server = await serveFolder({ folder });
    const tab = await browser.newPage();
    const thrown: string[] = [];
    tab.on('pageerror', ({ message }) => thrown.push(message));
    await tab.goto(`${server.origin}/`);
    await tab
      .waitForFunction(() => document.body.dataset['outcome'] !== undefined, undefined, { timeout: 60_000 })
      .catch(() => {});
    const outcome = await tab.locator('body').getAttribute('data-outcome');
    await server.close();
    expect(thrown).toEqual([]);
    expect(JSON.parse(outcome ?? '{}')).toEqual({
      state: 'running',
      measured: 120,
      place: 'page',
      drawn: true,
      errors: [],
    });
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
});
