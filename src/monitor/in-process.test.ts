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

test('its own tools load nothing', () => {
  for (const file of ['in-process.ts', 'core/static-tools.ts', 'core/embedding-tools.ts', 'local-host.ts'])
    expect(readFileSync(new URL(file, import.meta.url), 'utf8')).not.toMatch(/\bimport\(/);
});
