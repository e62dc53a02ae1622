// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { killBrowser, startBrowser } from './own-browser.js';
import { type ServedPage, servePage } from './served-page.js';

let page: ServedPage;

beforeAll(async () => {
  page = await servePage();
});

afterAll(() => page.close());

/** What pages say when a page with a monitor is left. Nothing drives the browser: that would change what it keeps. */
async function saidWhenLeft(search: string): Promise<Readonly<Record<string, string>>> {
  page.told.shown.length = 0;
  const profile = await mkdtemp(join(tmpdir(), 'driftglass-profile-'));
  const browser = startBrowser(profile, `${page.origin}/cached.html${search}`);
  try {
    return await vi.waitFor(() => page.told.shown[0] ?? Promise.reject(new Error('no page says anything')), {
      timeout: 60_000,
      interval: 50,
    });
  } finally {
    await killBrowser(browser);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

describe('a page with a monitor that is left', () => {
  test('is kept in the back-forward cache, and measures on when somebody comes back', async () => {
    expect(await saidWhenLeft('')).toEqual({
      what: 'kept',
      state: 'running',
      store: 'indexedDB',
      leader: 'true',
      rows: '400',
    });
  });

  test('does not keep the next page of the app from the history', async () => {
    expect(await saidWhenLeft('?monitor')).toEqual({
      what: 'other',
      state: 'running',
      store: 'indexedDB',
      leader: 'true',
      rows: '300',
    });
  });
});
