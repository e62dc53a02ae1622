// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { tryConsumer } from './consumer.js';

test('a Vite app below a path: worker and wasm at work', { timeout: 180_000 }, async () => {
  const { outcome, missing } = await tryConsumer('vite');
  expect(outcome).toMatchObject({
    version: manifest.version,
    rating: 'drift',
    engine: { place: 'worker' },
  });
  expect(outcome.engine?.kernels).toMatch(/^wasm/);
  expect(outcome.badge).toMatch(/drift/i);
  expect(missing).toEqual([]);
});
