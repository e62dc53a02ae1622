// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { baselineFileOf, CONFIG, chunkOf, rowsOf } from './core/testing/rows.js';
import { inProcess } from './in-process.js';
import type { WindowVerdict } from './window-verdict.js';

test('on this thread: rows in, verdicts out, nothing loaded later', async () => {
  const host = inProcess();
  const verdicts: WindowVerdict[] = [];
  const baseline = baselineFileOf(rowsOf({ rows: 5_000, seed: 1 }));
  const snapshot = await host.open({ ...CONFIG, baseline }, (news) => verdicts.push(...news.verdicts));
  expect(snapshot.engine.kernels).toMatch(/^wasm/);
  await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 2, shift: 1 })));
  await host.close();
  expect(verdicts.map(({ rating }) => rating)).toEqual(['drift']);
});

test('nothing that it is made of loads anything later', () => {
  const seen = new Map<string, boolean>();
  const look = (file: URL): void => {
    if (seen.has(file.href)) return;
    const text = readFileSync(file, 'utf8');
    seen.set(file.href, /(?<!typeof )\bimport\(/.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')));
    for (const [, target] of text.matchAll(/^(?:import|export)(?! type)[^;]*?from '(\.[^']+)\.js'/gm))
      look(new URL(`${target}.ts`, file));
  };
  look(new URL('in-process.ts', import.meta.url));
  const loading = [...seen].filter(([, loads]) => loads).map(([file]) => file.replace(/^.*\/src\//, ''));
  expect(loading.sort()).toEqual([]);
});
