// SPDX-License-Identifier: Apache-2.0
import { test } from 'vitest';
import { expectAtWork } from './at-work.js';
import { tryConsumer } from './consumer.js';

test('a Vite app below a path: worker and wasm at work', { timeout: 180_000 }, async () => {
  expectAtWork(await tryConsumer('vite'));
});
