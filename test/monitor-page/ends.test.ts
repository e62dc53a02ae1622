// SPDX-License-Identifier: Apache-2.0
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ExportPart } from '../../src/monitor/export-part.js';
import type { Monitor } from '../../src/monitor/monitor.js';
import { launchChromium } from '../serving/chromium.js';
import { type PagesInChromium, pagesInChromium } from '../serving/pages-in-chromium.js';
import { goToApp, openApp } from './open-app.js';
import type { Kit } from './page/kit.js';
import type { App } from './page/main.js';

declare const app: App;
declare const kit: Kit;
declare const publish: (monitor: Monitor) => void;

let pages: PagesInChromium;

beforeAll(async () => {
  pages = await pagesInChromium(new URL('page/', import.meta.url), ['index.html', 'other.html', 'kit.html']);
}, 60_000);

afterAll(() => pages?.close());

describe('a worker that dies', { timeout: 60_000 }, () => {
  test.each([
    [
      'with an error',
      "setTimeout(() => { throw new Error('out of luck'); })",
      /the worker died: .*out of luck/,
    ],
    ['without a word', 'close()', /the worker died/],
  ])('%s: another one takes over, a few times, and counts add up', async (_, death, message) => {
    const page = await openApp(pages.browser, `${await pages.serve()}/?memory`);
    for (let life = 1; life <= 4; life++) {
      await page.evaluate(async (seed) => {
        app.observe(600, seed, 0);
        await app.monitor.flush();
      }, life);
      await page.evaluate(() => app.observe(100, 9, 0));
      const [worker] = page.workers();
      await worker.evaluate(death).catch(() => {});
      await expect.poll(() => page.workers().includes(worker), { timeout: 20_000 }).toBe(false);
      await expect
        .poll(() => page.evaluate(async () => (await app.monitor.snapshot()).state), { timeout: 20_000 })
        .toBe(life < 4 ? 'running' : 'failed');
    }
    const { rows, errors, leaked } = await page.evaluate(async () => {
      const { rows } = await app.monitor.snapshot();
      return { rows, errors: app.errors, leaked: app.leaked };
    });
    expect(errors[0]).toMatch(message);
    expect(leaked).toEqual([]);
    // Those that a worker took along count as left out.
    expect(rows).toMatchObject({ observed: 2_800, waiting: 0, refused: 0 });
    expect(rows.measured).toBeGreaterThanOrEqual(2_400);
    expect(page.workers()).toHaveLength(0);
  });
});

describe('a page that is left', { timeout: 60_000 }, () => {
  let keeping: Browser;
  beforeAll(async () => {
    keeping = await launchChromium({ keepsPages: true });
  });
  afterAll(async () => keeping?.close());

  /** What is sent with `no-store` is never kept. */
  const serveKept = (onShown = () => {}): Promise<string> =>
    pages.serve((_request, response, path) => {
      response.setHeader('Cache-Control', 'no-cache');
      if (path !== '/shown') return false;
      onShown();
      response.end();
      return true;
    });

  test.each(['memory', ''])(
    'goes into the back-forward cache, comes back, and goes on (store: %s)',
    async (store) => {
      let timesShown = 0;
      const origin = await serveKept(() => timesShown++);
      const page = await keeping.newPage();
      try {
        const session = await page.context().newCDPSession(page);
        await session.send('Page.enable');
        const reasons: unknown[] = [];
        session.on('Page.backForwardCacheNotUsed', (event) => reasons.push(event.notRestoredExplanations));
        await goToApp(page, `${origin}/?${store}`);
        await page.evaluate(() => {
          app.observe(300, 2, 0);
          app.monitor.onUpdate(() => {});
          publish(app.monitor);
        });
        await page.waitForTimeout(600);
        await page.goto(`${origin}/other.html`);
        const isBack = page.waitForEvent('framenavigated');
        await page.evaluate(() => void setTimeout(() => history.back(), 0));
        await isBack;
        await vi.waitUntil(() => timesShown === 2, { timeout: 20_000 });
        await page.waitForFunction(() => 'app' in globalThis);
        expect(await page.evaluate(() => app.shown), JSON.stringify(reasons)).toEqual([false, true]);
        const { rows, verdicts, errors } = await page.evaluate(async () => {
          app.observe(300, 3, 0);
          await app.monitor.flush();
          const { rows } = await app.monitor.snapshot();
          return { rows, verdicts: app.verdicts, errors: app.errors };
        });
        expect({ rows, verdicts: verdicts.length, errors }).toMatchObject({
          rows: { observed: 600, measured: 600 },
          verdicts: 1,
          errors: [],
        });
      } finally {
        await page.close();
      }
    },
  );

  test('hands the exporter what is open, in time for sendBeacon', async () => {
    const beacons: { query: URLSearchParams; bytes: number }[] = [];
    const origin = await pages.serve((request, response, path) => {
      if (path !== '/beacon') return false;
      let bytes = 0;
      request.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      request.on('end', () => {
        beacons.push({ query: new URL(request.url ?? '', origin).searchParams, bytes });
        response.end();
      });
      return true;
    });
    const page = await openApp(pages.browser, `${origin}/?memory&beacon`);
    await page.evaluate(async () => {
      app.observe(700, 2, 0);
      await app.monitor.flush();
    });
    await expect
      .poll(() => beacons.map(({ query }) => query.get('closed')), { timeout: 10_000 })
      .toEqual(['true']);
    // The worker hands over what is open every few seconds.
    await page.waitForTimeout(6_000);
    await page.goto(`${origin}/other.html`);
    await expect.poll(() => beacons.length, { timeout: 10_000 }).toBe(3);
    const seen = beacons.map(({ query, bytes }) => {
      expect(bytes).toBe(Number(query.get('bytes')));
      expect(bytes).toBeGreaterThan(100);
      return `${query.get('spec')}, ${query.get('closed')}, ${query.get('rows')}`;
    });
    expect(seen[0]).toBe('500 rows, true, 500');
    expect(seen.slice(1).sort()).toEqual(['1 h, false, 700', '500 rows, false, 200']);
  });
});

test('windows larger than a browser takes as beacons all arrive, where what it refuses is fetched', {
  timeout: 60_000,
}, async () => {
  const arrived: string[] = [];
  const origin = await pages.serve((request, response, path) => {
    if (path !== '/drift') return false;
    let bytes = 0;
    request.on('data', (data: Buffer) => {
      bytes += data.length;
    });
    request.on('end', () => {
      const { searchParams } = new URL(request.url ?? '', origin);
      arrived.push(`${searchParams.get('part')} ${bytes}`);
      response.end();
    });
    return true;
  });
  const page = await openApp(pages.browser, `${origin}/kit.html`);
  const { sent, refused } = await page.evaluate(async () => {
    const sent: string[] = [];
    let refused = 0;
    const send = ({ bytes, window, index, of }: ExportPart): void => {
      const part = `${window.spec} ${index + 1}/${of}`;
      sent.push(`${part} ${bytes.length}`);
      const address = `drift?${new URLSearchParams({ part })}`;
      if (navigator.sendBeacon(address, bytes)) return;
      refused++;
      void fetch(address, { method: 'POST', body: bytes });
    };
    // Forty features, of which the first rows say what is usual.
    const names = Array.from({ length: 40 }, (_, i) => `number ${i}`);
    const rows = (count: number) => ({
      matrix: Float64Array.from({ length: count * 40 }, Math.random),
      names,
    });
    const { monitor } = await kit.make({
      baseline: undefined as never,
      reference: { first: 2_000 },
      windows: [{ rows: 100_000 }, { every: '1d' }],
      exporter: (parts) => parts.forEach(send),
    });
    monitor.observe(rows(2_500));
    await monitor.flush();
    // The worker hands over what is open every few seconds.
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    if (sent.length > 0) throw new Error('too early');
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
    document.dispatchEvent(new Event('visibilitychange'));
    return { sent, refused };
  });
  expect(sent.map((part) => part.replace(/ \d+$/, ''))).toEqual([
    '100,000 rows 1/2',
    '100,000 rows 2/2',
    '1 d 1/2',
    '1 d 2/2',
  ]);
  expect(refused).toBeGreaterThan(0);
  await expect.poll(() => [...arrived].sort(), { timeout: 10_000 }).toEqual([...sent].sort());
});

describe('a tab that follows', { timeout: 90_000 }, () => {
  /** Tabs of one profile. */
  const openTabs = async () => {
    const origin = await pages.serve();
    const context = await pages.browser.newContext();
    onTestFinished(() => context.close());
    return [await openApp(context, `${origin}/`), await openApp(context, `${origin}/`)] as const;
  };
  const report = (page: Page) =>
    page.evaluate(async () => {
      const start = performance.now();
      const given = await app.monitor.report();
      const { leader, tabs } = (await app.monitor.snapshot()).store;
      return {
        rows: given?.current.rows ?? null,
        leader,
        tabs,
        errors: app.errors,
        ms: performance.now() - start,
      };
    });

  test('has the report of the one that leads, and its own when that is closed', async () => {
    const [first, second] = await openTabs();
    await first.evaluate(async () => {
      app.observe(500, 2, 0);
      await app.monitor.flush();
    });
    expect(await report(first)).toMatchObject({ rows: 500, leader: true, errors: [] });
    expect(await report(second)).toMatchObject({ rows: 500, leader: false, tabs: 2, errors: [] });
    await first.close();
    await expect
      .poll(async () => second.evaluate(async () => (await app.monitor.snapshot()).store.leader), {
        timeout: 20_000,
      })
      .toBe(true);
    await second.evaluate(async () => {
      app.observe(500, 3, 0);
      await app.monitor.flush();
    });
    expect(await report(second)).toMatchObject({ rows: 500, leader: true, errors: [] });
  });

  test('says so when the one that leads does not answer, within six seconds', async () => {
    const [first, second] = await openTabs();
    await first.evaluate(async () => {
      app.observe(500, 2, 0);
      await app.monitor.flush();
    });
    expect((await report(second)).rows).toBe(500);
    // Alive, with the lock in its hands, and too busy to hear anything.
    await first.workers()[0]!.evaluate(() => {
      setTimeout(() => {
        for (;;);
      });
    });
    const { rows, errors, ms } = await report(second);
    expect(rows).toBeNull();
    expect(errors).toEqual(['EngineError: the tab that keeps the history does not answer']);
    expect(ms).toBeLessThan(12_000);
    await first.close();
  });
});
