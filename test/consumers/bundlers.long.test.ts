// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { tryConsumer } from './consumer.js';

describe.each(['webpack', 'esbuild', 'next'])('an app of %s below a path', (name) => {
  test('worker and wasm at work', async () => {
    const { outcome, html, missing } = await tryConsumer(name);
    expect(outcome).toMatchObject({
      version: manifest.version,
      rating: 'drift',
      engine: { place: 'worker' },
    });
    expect(outcome.engine?.kernels).toMatch(/^wasm/);
    expect(outcome.badge).toMatch(/drift/i);
    expect(missing).toEqual([]);
    // Next rendered this on the server, where there is neither DOM nor worker.
    if (name === 'next') expect(html).toContain(`id="rendered"`);
  });
});
