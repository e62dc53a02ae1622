// SPDX-License-Identifier: Apache-2.0
/** What becomes of all that was said when windows are held against another reference from now on. */
import { expect, test } from 'vitest';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './core/testing/rows.js';

const baseline = baselineFileOf(rowsOf({ rows: 20_000, seed: 1 }));
const WINDOW = 200;
/** A reference of few rows cannot tell what is rare. */
const MANY = 4_000;

test('the choice is shown, in words, before and after it', async () => {
  const { host } = await openHost({ baseline, windows: [{ rows: WINDOW }] });
  expect((await host.snapshot()).reference).toEqual({
    spec: 'baseline',
    label: 'the baseline "made up"',
    rows: 20_000,
  });
  await host.chunk(chunkOf(rowsOf({ rows: 2 * WINDOW, seed: 2 })));
  await host.flush();
  await host.setReference({ healthy: { from: START, to: START + WINDOW * 1_000 } });
  expect((await host.snapshot()).reference).toEqual({
    spec: { healthy: { from: START, to: START + WINDOW * 1_000 } },
    label: 'production from 2026-03-02 08:00 UTC to 2026-03-02 08:03 UTC',
    rows: WINDOW,
  });
  await host.setReference({ last: '1d' });
  expect((await host.snapshot()).reference).toMatchObject({ spec: { last: '1d' }, label: 'the 1 d before' });
  await host.setReference({ first: 300 });
  expect((await host.snapshot()).reference.label).toBe('the first 300 rows, of which 0 have come');
});

test('windows before it speak for no alert', async () => {
  const { host, news } = await openHost({ baseline, windows: [{ rows: WINDOW }] });
  let window = 0;
  /** A window whose rows lack a column, of which a person is told after two. */
  const send = async (): Promise<string[]> => {
    const rows = rowsOf({ rows: WINDOW, seed: 50 + window });
    const columns = new Map([...rows.columns].filter(([name]) => name !== 'load'));
    await host.chunk(chunkOf({ ...rows, columns }, { start: START + window++ * WINDOW * 1_000 }));
    await host.flush();
    return news.flatMap(({ alerts }) => alerts.map(({ state }) => state));
  };
  expect(await send()).toEqual([]);
  await host.setReference({ first: 100 });
  await host.setReference('baseline');
  expect(await send()).toEqual([]);
  expect(await send()).toEqual(['raised']);
});

test('rows stand out from the new one', async () => {
  const { host, news, clock } = await openHost({ baseline, windows: [{ rows: MANY }, { rows: 1 }] });
  const send = async (at: number, shift: number): Promise<number> => {
    const before = news.flatMap(({ outliers }) => outliers).length;
    // So many are told in a second of the clock.
    clock.now += 10_000;
    await host.chunk(chunkOf(rowsOf({ rows: MANY, seed: 9 + at, shift }), { start: START + at * 1_000 }));
    await host.flush();
    return news.flatMap(({ outliers }) => outliers).length - before;
  };
  expect(await send(0, 9)).toBe(20);
  await host.setReference({ healthy: { from: START, to: START + MANY * 1_000 } });
  expect(await send(MANY, 9)).toBeLessThan(5);
  expect(await send(2 * MANY, 0)).toBe(20);
});
