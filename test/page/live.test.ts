// SPDX-License-Identifier: Apache-2.0
import { existsSync } from 'node:fs';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DriftLive } from '../../web/live/live-page.js';
import { root } from '../source-files.js';
import { LiveStage, seen, until, violations } from './live-stage.js';

let stage: LiveStage;

beforeAll(async () => {
  if (!existsSync(`${root}build/page/live.html`))
    throw new Error('there is no page: run `npm run build` first');
  stage = await LiveStage.open();
});

afterAll(async () => {
  await stage.close();
  expect(stage.trouble).toEqual([]);
});

const snapshot = (page: Page) =>
  page.evaluate(async () => {
    const { series, labels, outcomes, rows, engine } = await (
      document.querySelector('drift-live') as DriftLive
    ).session!.monitor!.snapshot();
    return { windows: series[0]?.windows ?? [], labels, outcomes, rows, engine };
  });

const toggle = (page: Page, name: RegExp) => page.getByRole('button', { name });

test('flights flow, days are judged, labels come a day later, a break is noticed, is over, and is forgotten', {
  timeout: 240_000,
}, async () => {
  const page = await stage.page();
  await until(page, ({ day }) => day > 4);
  const before = await snapshot(page);
  expect(before.engine.place).toBe('worker');
  expect(before.windows.length).toBeGreaterThanOrEqual(2);
  expect(before.windows[0]!.rows).toBeGreaterThan(15_000);
  expect(before.rows.refused).toBe(0);
  // A flight's label waits a day, whatever the speed.
  expect(before.labels.joined).toBeGreaterThan(30_000);
  expect(before.labels.waiting).toBeGreaterThan(10_000);
  expect(before.labels.unknown).toBe(0);
  expect(before.outcomes?.metric).toBe('accuracy');
  expect(before.outcomes?.reference).toBeCloseTo(0.732, 2);
  expect(before.outcomes?.value).toBeGreaterThan(0.6);

  // Inputs, what is made of them, and how good it was.
  const panel = page.locator('drift-monitor');
  const shown = await panel.locator('.multiple .name').allInnerTexts();
  expect(shown.toSorted()).toEqual(
    'arrived dense_2 destination distance hour origin predicted score'.split(' '),
  );
  await expect
    .poll(() => panel.locator('[part=performance]').innerText())
    .toMatch(/0\.7\d\d accuracy[\s\S]*joined/);

  await toggle(page, /^Wrong unit/).click();
  expect(await toggle(page, /^Wrong unit/).getAttribute('aria-pressed')).toBe('true');
  // Until 11 windows have come, only what is very large is told.
  const noticed = await until(page, ({ trials }) => (trials[0]?.notices.length ?? 0) > 0);
  expect(noticed.trials[0]!.notices.map(({ subject }) => subject)).toContain('distance');
  expect(noticed.trials[0]!.windows).toBeLessThanOrEqual(9);
  await expect
    .poll(() => page.locator('.trials').innerText())
    .toMatch(/distance.* after \d+ days?.*: \d+\swindows?,/);

  await toggle(page, /^Wrong unit/).click();
  await until(page, ({ trials }) => trials[0]!.notices.every(({ recovered }) => recovered));
  await expect.poll(() => page.locator('.trials').innerText()).toMatch(/All closed, .+ after its end\./);
  await page.getByRole('button', { name: 'Reset' }).click();
  const anew = await until(page, ({ state, day }) => state === 'playing' && day < 4);
  expect(anew.trials).toEqual([]);
  expect(anew.problems).toEqual([]);
  await until(page, ({ day }) => day > 1.5);
  expect((await snapshot(page)).windows.length).toBeLessThanOrEqual(3);
  await page.close();
});

test('while it loads, and while alerts come and go, nothing moves', async () => {
  const page = await stage.browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    const moved: number[] = [];
    Object.assign(globalThis, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        };
        if (!hadRecentInput) moved.push(value);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${stage.server.origin}/live.html`);
  await toggle(page, /^Stuck sensor/).waitFor();
  await until(page, ({ day }) => day > 4);
  await toggle(page, /^Stuck sensor/).click();
  await until(page, ({ trials }) => (trials[0]?.notices.length ?? 0) > 0);
  await page.waitForTimeout(600);
  const sum = await page.evaluate(() =>
    (globalThis as unknown as { moved: number[] }).moved.reduce((a, b) => a + b, 0),
  );
  // The word on the first button; nothing of the panel's.
  expect(sum).toBeLessThan(0.0001);
  await page.close();
});

test('frames keep coming where the model is asked seven times about each flight', {
  timeout: 120_000,
}, async () => {
  const page = await stage.page();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: 'full speed' });
  /** Median ms of a frame's work that predicted something. */
  const work = () =>
    page.evaluate(async () => {
      const session = (document.querySelector('drift-live') as DriftLive).session!;
      const frame = session.frame.bind(session);
      const spent: number[] = [];
      session.frame = (now) => {
        const [rows, begin] = [session.rows, performance.now()];
        frame(now);
        if (session.rows > rows) spent.push(performance.now() - begin);
      };
      while (spent.length < 24) await new Promise((resolve) => setTimeout(resolve, 20));
      session.frame = frame;
      // The first ones find out how much a call takes.
      return spent.slice(8).sort((a, b) => a - b)[8]!;
    });
  await until(page, ({ day }) => day > 1);
  const plain = await work();
  await toggle(page, /^Attack/).click();
  // With calls as large as before it would be ten times as long.
  expect(await work()).toBeLessThan(4 * Math.max(5, plain));
  await page.close();
});

test('by keyboard alone: pause, speed, a break and its end', async () => {
  const page = await stage.page();
  await page.getByRole('button', { name: 'Pause' }).focus();
  await page.keyboard.press('Enter');
  const { rows } = await until(page, ({ state }) => state === 'paused');
  await page.waitForTimeout(300);
  expect((await seen(page)).rows).toBe(rows);
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowUp');
  expect(await page.getByRole('combobox', { name: 'Speed' }).inputValue()).toBe('1');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  expect((await until(page, ({ trials }) => trials.length === 1)).trials[0]!.id).toBe('unit');
  await page.keyboard.press('Space');
  await until(page, ({ trials }) => trials[0]!.ended);
  await page.close();
});

test('with reduced motion nothing plays by itself, and nothing is animated', async () => {
  const page = await stage.browser.newPage({ reducedMotion: 'reduce' });
  await page.goto(`${stage.server.origin}/live.html`);
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await page.waitForTimeout(300);
  expect(await seen(page)).toMatchObject({ state: 'paused', rows: 0 });
  await page.getByRole('button', { name: 'Play' }).click();
  await until(page, ({ day }) => day > 2.2);
  const moving = await page.evaluate(() => {
    const found: string[] = [];
    const look = (node: ParentNode): void => {
      for (const element of node.querySelectorAll('*')) {
        const { transitionDuration, animationName } = getComputedStyle(element);
        if (/[1-9]/.test(transitionDuration) || animationName !== 'none')
          found.push(`${element.localName}.${element.className}`);
        if (element.shadowRoot !== null) look(element.shadowRoot);
      }
    };
    look(document);
    return [...found, ...document.getAnimations().map(String)];
  });
  expect(moving).toEqual([]);
  await page.close();
});

test('axe finds nothing, wide and narrow, light and dark; nothing sticks out', {
  timeout: 180_000,
}, async () => {
  for (const [width, colorScheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    const page = await stage.page({ width, colorScheme });
    await toggle(page, /^Stuck sensor/).click();
    await until(page, ({ day }) => day > 2.2);
    await page.getByRole('button', { name: 'Pause' }).click();
    expect(await violations(page), `${width} ${colorScheme}`).toEqual([]);
    const sticksOut = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(sticksOut, `${width}`).toBe(false);
    await page.close();
  }
});

test('the code that stands beside it is the module that runs, with the imports of an app', async () => {
  const page = await stage.page();
  const code = await page.locator('.code pre').innerText();
  expect(code).toContain("from 'driftglass'");
  expect(code).toContain("from 'driftglass/tfjs'");
  expect(code).toContain('createMonitor({');
  expect(code).not.toContain('../');
  await page.close();
});

test.each([
  ['the flights', '**/flights-3m.parquet', /flights are not beside this page \(404\)/],
  ['the model', '**/model.json', /model\.json/],
  ['the baseline', '**/flights.baseline', /baseline.*404/],
])('where %s is missing, the page says so and stays', async (_what, address, words) => {
  const page = await stage.browser.newPage();
  await page.route(address, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(`${stage.server.origin}/live.html`);
  await page.getByRole('alert').waitFor({ timeout: 30_000 });
  expect(await page.getByRole('alert').innerText()).toMatch(words);
  expect(await page.getByRole('button', { name: 'Reset' }).isDisabled()).toBe(true);
  await page.close();
});

test('the page of two files leads here, and this one back', async () => {
  const page = await stage.page();
  await page.getByRole('link', { name: 'Compare two files' }).click();
  await page.getByRole('link', { name: 'See it live' }).click();
  await page.waitForURL(/live\.html$/);
  await page.close();
});
