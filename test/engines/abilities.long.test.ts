// SPDX-License-Identifier: Apache-2.0
import { readFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildPages } from '../serving/build-pages.js';
import { chromium, engines, type OtherEngine } from './other-engine.js';
import { outcomeIn } from './outcome.js';
import type { Abilities } from './page/abilities.js';

let folder: string;

beforeAll(async () => {
  folder = await buildPages(new URL('page/', import.meta.url), ['abilities.html']);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([chromium, ...engines])('docs/engines.md says what $name has', async (engine: OtherEngine) => {
  if (engine.absent !== null) return console.log(`${engine.name} is not tried: ${engine.absent}`);
  const found = await outcomeIn<Abilities>(engine, { folder, path: '/abilities.html' });
  expect(found).toEqual(await written(engine.name));
});

/** The engine's column of the table in the docs. */
async function written(name: string): Promise<Abilities> {
  const text = await readFile(new URL('../../docs/engines.md', import.meta.url), 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const at = rows[0].indexOf(name);
  return Object.fromEntries(rows.slice(2).map((cells) => [cells[1], cells[at] === 'yes']));
}
