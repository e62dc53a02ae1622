// SPDX-License-Identifier: Apache-2.0
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DriftLive } from '../../web/live/live-page.js';
import { LiveStage, until } from './live-stage.js';

/** Every way of breaking the stream of the live page, each on flights that begin anew. */
let stage: LiveStage;
let page: Page;

beforeAll(async () => {
  stage = await LiveStage.open();
  page = await stage.page();
});

afterAll(async () => {
  await stage.close();
  expect(stage.trouble).toEqual([]);
});

/** What must be noticed in, and within how many windows of a day. */
const BREAKS: readonly [name: RegExp, subject: RegExp, windows: number][] = [
  [/^Wrong unit/, /distance/, 5],
  [/^Stuck sensor/, /distance/, 5],
  [/^New airports/, /origin|destination/, 8],
  [/^Sudden shift/, /hour/, 5],
  [/^Gradual shift/, /distance/, 10],
  [/^Periodic shift/, /hour/, 6],
  [/^Temporary shift/, /origin|destination/, 5],
  [/^Attack/, /dense_2|score|hour|predicted/, 6],
];

describe('a break is noticed', () => {
  test.each(BREAKS)('%s', async (name, subject, most) => {
    await page.getByRole('button', { name: 'Reset' }).click();
    await until(page, ({ state, day }) => state === 'playing' && day < 3);
    await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: 'full speed' });
    // Before, the monitor does not know how days differ.
    await until(page, ({ day }) => day > 11.5);
    await page.getByRole('button', { name }).click();
    const { trials } = await until(
      page,
      (now) =>
        (now.trials[0]?.windows ?? 0) > most ||
        (now.trials[0]?.notices.some((notice) => subject.test(notice.subject)) ?? false),
    );
    const notice = trials[0]!.notices.find((found) => subject.test(found.subject));
    expect(notice, JSON.stringify(trials)).toBeDefined();
    expect(notice!.windows).toBeLessThanOrEqual(most);
  });
});

test('five months as they were: nothing is said of any feature, and of accuracy when a third of all flights were late', {
  timeout: 900_000,
}, async () => {
  await page.getByRole('button', { name: 'Reset' }).click();
  await until(page, ({ state, day }) => state === 'playing' && day < 3);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption({ label: 'full speed' });
  await until(page, ({ state }) => state === 'ended', { most: 890_000 });
  const { alerts, days, late, labelled } = await page.evaluate(async () => {
    const monitor = (document.querySelector('drift-live') as DriftLive).session!.monitor!;
    await monitor.flush();
    const { alerts: all, series, rows } = await monitor.snapshot();
    return {
      alerts: all.map(
        ({ subject, since }) => `${subject.name} ${new Date(since).toISOString().slice(0, 10)}`,
      ),
      days: series[0]!.windows.map(({ start }) => start / 86_400_000),
      late: rows.late,
      // Labels come a day late: the first window has none.
      labelled: series[0]!.features
        .find(({ name }) => name === 'arrived')!
        .ratings.filter((rating) => rating !== 'notRated').length,
    };
  });
  expect(days.length).toBeGreaterThan(145);
  // Flights come in the order of their departure: each day is one window, and none has a flight after it was judged.
  expect(days).toEqual(days.map((_, i) => days[0]! + i));
  expect(late).toBe(0);
  expect(labelled).toBeGreaterThan(140);
  // Which window comes first depends a little on when labels come to it.
  expect(alerts.toSorted()).toEqual([
    expect.stringMatching(/^accuracy 2001-02-1[3-5]$/),
    expect.stringMatching(/^accuracy 2001-02-2[0-4]$/),
  ]);
  await page.getByRole('button', { name: 'Play again' }).click();
  await until(page, ({ state, day }) => state === 'playing' && day < 3);
});
