// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildLadderPage } from '../ladder/build-page.js';
import type { Outcome } from '../ladder/page/main.js';
import { serveFolder } from '../serving/static-server.js';
import { firefox, webkit } from './other-engine.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftglass-engines-'));
  await buildLadderPage(folder);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([firefox, webkit])('$name', (engine) => {
  if (engine.absent !== null) console.log(`${engine.name} is not tried: ${engine.absent}`);

  test.skipIf(engine.absent !== null)('compares two files in a worker with wasm', async () => {
    const outcome = await outcomeIn(engine);
    expect(outcome.error).toBeUndefined();
    expect(outcome).toMatchObject({
      rating: 'drift',
      engine: { place: 'worker' },
      leaked: [],
    });
  });

  test.skipIf(engine.absent !== null)("compares them under default-src 'self'", async () => {
    const outcome = await outcomeIn(engine, "default-src 'self'");
    expect(outcome.error).toBeUndefined();
    expect(outcome).toMatchObject({ rating: 'drift', leaked: [] });
    // Firefox and WebKit take the policy of the worker's own script, as Chromium does.
    expect(outcome.engine?.kernels).toBe('cpu');
  });
});

/** Serves the page, opens it and waits for what it sends back. */
async function outcomeIn(engine: typeof firefox, policy = ''): Promise<Outcome> {
  let receive: (outcome: Outcome) => void = () => {};
  const received = new Promise<Outcome>((resolve, reject) => {
    receive = resolve;
    setTimeout(() => reject(new Error(`${engine.name} sent nothing within 90 s`)), 90_000).unref();
  });
  const server = await serveFolder({
    folder,
    before: (request, response, path) => {
      if (policy !== '') response.setHeader('Content-Security-Policy', policy);
      if (path !== '/outcome') return false;
      void bodyOf(request).then((text) => {
        response.end();
        receive(JSON.parse(text));
      });
      return true;
    },
  });
  const browser = await engine.open(`${server.origin}/?send`);
  try {
    return await received;
  } finally {
    await browser.close();
    await server.close();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
