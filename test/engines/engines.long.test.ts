// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildLadderPage } from '../ladder/build-page.js';
import type { Outcome } from '../ladder/page/main.js';
import { firefox, type OtherEngine, webkit } from './other-engine.js';
import { outcomeIn } from './outcome.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftglass-engines-'));
  await buildLadderPage(folder);
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
