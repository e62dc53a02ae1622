// SPDX-License-Identifier: Apache-2.0
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../ladder/page/main.js';
import { buildPages } from '../serving/build-pages.js';
import { firefox, type OtherEngine, webkit } from './other-engine.js';
import { outcomeIn } from './outcome.js';

/** Compares two small files through the public API. */
const LADDER_PAGES = new URL('../ladder/page/', import.meta.url);

let folder: string;

beforeAll(async () => {
  folder = await buildPages(LADDER_PAGES, ['index.html']);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([firefox, webkit])('$name', (engine) => {
  if (engine.absent !== null) console.log(`${engine.name} is not tried: ${engine.absent}`);

  test.skipIf(engine.absent !== null)('compares two files in a worker with wasm', async () => {
    const outcome = await outcomeOf(engine);
    expect(outcome.error).toBeUndefined();
    expect(outcome).toMatchObject({
      rating: 'drift',
      engine: { place: 'worker' },
      leaked: [],
    });
  });

  test.skipIf(engine.absent !== null)("compares them under default-src 'self'", async () => {
    const outcome = await outcomeOf(engine, "default-src 'self'");
    expect(outcome.error).toBeUndefined();
    expect(outcome).toMatchObject({ rating: 'drift', leaked: [] });
    // Firefox and WebKit take the policy of the worker's own script, as Chromium does.
    expect(outcome.engine?.kernels).toBe('cpu');
  });
});

function outcomeOf(engine: OtherEngine, policy = ''): Promise<Outcome> {
  return outcomeIn<Outcome>(engine, { folder, path: '/?send', policy });
}
