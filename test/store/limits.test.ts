// SPDX-License-Identifier: Apache-2.0
import type { Browser, Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../serving/chromium.js';
import type { probe, StoreFacts } from './page/probe.js';
import { type ServedPage, servePage } from './served-page.js';

declare const window: { readonly probe: typeof probe };

let served: ServedPage;
let browser: Browser;

beforeAll(async () => {
  [served, browser] = await Promise.all([servePage(), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
});

async function probePage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${served.origin}/probe.html`);
  return page;
}

const opened = (page: Page | Frame, name = 'probe') => page.evaluate((own) => window.probe.open(own), name);

/** Before the database is opened: Chromium looks only now and then how much room there is. */
async function limitQuota(page: Page, quotaSize: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: served.origin, quotaSize });
}

describe('the quota that a browser gives a site', () => {
  test('exceeded: the oldest windows go, the newest stay', async () => {
    const page = await probePage();
    await limitQuota(page, 4 << 20);
    expect(await opened(page)).toMatchObject({ kind: 'indexedDB', reason: '', windows: 0 });
    const seen: StoreFacts[] = [];
    for (let from = 0; from < 60; from += 4) {
      seen.push(
        await page.evaluate((start) => window.probe.fill({ from: start, count: 4, bytes: 300_000 }), from),
      );
    }
    const last = seen.at(-1)!;
    expect(last.newest).toBe('1 h/59/59');
    expect(seen.some(({ windows }, i) => windows < 4 * (i + 1))).toBe(true);
    // As it was here; a browser that gives no room for what was removed would end in memory, which must be told.
    if (last.kind === 'indexedDB') expect(last.bytes).toBeLessThan(4 << 20);
    else {
      expect(last.reason).toBe('the storage that the browser gives this site is full');
      expect(last.fallbacks).toHaveLength(1);
    }
    await page.context().close();
  });

  test('used up by the app itself: memory from the start, with the reason', async () => {
    const page = await probePage();
    await limitQuota(page, 1);
    const found = await opened(page);
    expect(found.kind).toBe('memory');
    expect(found.reason).not.toBe('');
    expect(found.fallbacks).toEqual([`EngineError: the history is kept in memory only: ${found.reason}`]);
    await page.context().close();
  });
});

describe('frames', () => {
  test('with a sandbox have no storage and no locks: memory, each on its own, with reasons', async () => {
    const page = await probePage();
    await page.setContent(
      `<iframe sandbox="allow-scripts" src="${served.origin}/probe.html"></iframe><iframe src="${served.origin}/probe.html"></iframe>`,
    );
    const [sandboxed, plain] = page.frames().slice(1) as [Frame, Frame];
    await Promise.all([sandboxed, plain].map((frame) => frame.waitForFunction(() => 'probe' in window)));
    const found = await opened(sandboxed);
    expect(found.kind).toBe('memory');
    expect(found.reason).toMatch(/^IndexedDB is forbidden here/);
    const tabs = await sandboxed.evaluate(() => window.probe.tabs('probe'));
    expect(tabs).toMatchObject({ leader: true, shared: false, taken: 1 });
    expect(tabs.reason).toMatch(/cannot find each other|Web Locks/);
    // Its neighbour of the site itself has everything.
    expect(await opened(plain)).toMatchObject({ kind: 'indexedDB', reason: '' });
    expect(await plain.evaluate(() => window.probe.tabs('probe'))).toMatchObject({
      leader: true,
      shared: true,
    });
    await page.context().close();
  });
});

describe('a page without a secure context', () => {
  test('has no locks: tabs do not share, and say why', async () => {
    const page = await probePage();
    await page.goto(`${served.origin.replace('127.0.0.1', 'insecure.test')}/probe.html`);
    const tabs = await page.evaluate(() => window.probe.tabs('probe'));
    expect(tabs).toMatchObject({ leader: true, shared: false, taken: 1 });
    expect(tabs.reason).toMatch(/no Web Locks here, which need a page served over https/);
    await page.context().close();
  });
});

describe('pages of one app', () => {
  test('in one browser share a history; a window of another profile, or a private one, has its own', async () => {
    const first = await probePage();
    await opened(first, 'shared');
    await first.evaluate(() => window.probe.fill({ from: 0, count: 3, bytes: 100 }));
    const second = await first.context().newPage();
    await second.goto(`${served.origin}/probe.html`);
    expect(await second.evaluate(() => window.probe.tabs('shared'))).toMatchObject({ leader: true });
    expect(await opened(second, 'shared')).toMatchObject({ kind: 'indexedDB', windows: 3 });
    // A new context of Chromium is what its private window is: storage that ends with it.
    const apart = await probePage();
    expect(await opened(apart, 'shared')).toMatchObject({ kind: 'indexedDB', windows: 0 });
    await apart.context().close();
    await first.context().close();
  });
});
