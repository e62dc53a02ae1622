// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { expectAtWork } from './at-work.js';
import { tryConsumer } from './consumer.js';

describe.each(['webpack', 'esbuild', 'next'])('an app of %s below a path', (name) => {
  test('worker and wasm at work', async () => {
    const seen = await tryConsumer(name);
    expectAtWork(seen);
    // Next rendered this on the server, where there is neither DOM nor worker.
    if (name === 'next') expect(seen.html).toContain(`id="rendered"`);
  });
});
