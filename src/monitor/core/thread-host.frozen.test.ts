// SPDX-License-Identifier: Apache-2.0
/** Tabs that a browser freezes: with the lead in their hands, or when it is given to them. Nothing is lost without being counted. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { World, type WorldTab } from '../tabs/testing/world.js';
import { chunkOf, type OpenHost, openHost, START } from './testing/rows.js';
import { baseline, rowsOfChunk, SharedDisk, WINDOW } from './testing/shared-disk.js';
import { hostTimers } from './timers.js';

const PATIENCE = { timeout: 20_000, interval: 20 };

interface Tab extends OpenHost {
  readonly tab: WorldTab;
}

async function openTab(
  world: World,
  disk: SharedDisk,
  config: Parameters<typeof openHost>[0] = {},
): Promise<Tab> {
  const tab = world.tab();
  const opened = await openHost(
    { baseline, windows: [{ rows: WINDOW }], store: 'indexedDB', ...config },
    {
      openStore: async () => disk.open(tab, { onTaken: () => {}, onCommit: () => {} }),
      surroundings: tab.surroundings({ patience: 8 }),
      timers: hostTimers,
      clock: () => performance.now(),
    },
  );
  onTestFinished(() => {
    tab.kill();
    void opened.host.close();
  });
  return { ...opened, tab };
}

async function twoTabs() {
  const world = new World();
  const disk = new SharedDisk();
  const a = await openTab(world, disk);
  const b = await openTab(world, disk);
  return { world, disk, a, b };
}

const send = ({ host }: Tab, name: number, rows: number): Promise<void> =>
  host.chunk(chunkOf(rowsOfChunk(new Array<number>(rows).fill(name)), { start: START + name * 90_000 }));

const leads = async ({ host }: Tab): Promise<boolean> => (await host.snapshot()).store.leader;

const rowsOf = async ({ host }: Tab) => (await host.snapshot()).rows;

/** Of the first chunks: how many of their rows are in windows that were kept. */
const kept = async (disk: SharedDisk, chunks: number): Promise<readonly number[]> =>
  (await disk.rowsByChunk()).slice(0, chunks);

test('what a frozen leader had not saved counts as left out where another has taken its place; its labels and marks are taken up', async () => {
  const { disk, a, b } = await twoTabs();
  await send(a, 0, 40);
  await a.host.flush();
  await send(a, 1, 50);
  await a.host.annotate({ at: START, text: 'release' });
  a.tab.isFrozen = true;
  await send(b, 2, 20);
  await vi.waitFor(async () => expect(await leads(b)).toBe(true), PATIENCE);
  expect(await rowsOf(b)).toMatchObject({ observed: 60, measured: 60, skipped: 0 });
  a.tab.isFrozen = false;
  await vi.waitFor(
    async () => expect(await rowsOf(b)).toMatchObject({ observed: 110, measured: 60, skipped: 50 }),
    PATIENCE,
  );
  await vi.waitFor(async () => expect(await rowsOf(a)).toEqual(await rowsOf(b)), PATIENCE);
  expect((await b.host.snapshot()).annotations).toEqual([{ at: START, text: 'release' }]);
  await send(a, 3, 30);
  await a.host.flush();
  await b.host.flush();
  expect(await kept(disk, 3)).toEqual([40, 0, 20]);
  expect([...a.errors, ...b.errors]).toEqual([]);
});

test('a leader that lets go has saved all it measured: nothing is left out', async () => {
  const { a, b } = await twoTabs();
  await send(a, 0, 40);
  await a.host.flush();
  await send(a, 1, 50);
  // Not by suspend, which flushes first: the lock alone is taken from it.
  await b.tab.surroundings().locks.request('driftglass:test', { steal: true }, async () => {
    await vi.waitFor(async () => expect(await leads(a)).toBe(false), PATIENCE);
  });
  await send(b, 2, 10);
  await vi.waitFor(
    async () => expect(await rowsOf(b)).toMatchObject({ observed: 100, measured: 100, skipped: 0 }),
    PATIENCE,
  );
});

test('a tab that is given the lead while it is frozen does not take the history from the one that leads by then', async () => {
  const { world, disk, a, b } = await twoTabs();
  const c = await openTab(world, disk);
  await send(a, 0, 40);
  await a.host.flush();
  b.tab.isFrozen = true;
  a.tab.kill();
  await send(c, 1, 35);
  await vi.waitFor(async () => expect(await leads(c)).toBe(true), PATIENCE);
  await c.host.flush();
  b.tab.isFrozen = false;
  await send(b, 2, 15);
  await b.host.flush();
  await send(c, 3, 60);
  await c.host.flush();
  expect(await rowsOf(c)).toMatchObject({ observed: 150, measured: 150, skipped: 0 });
  expect([await leads(b), await leads(c)]).toEqual([false, true]);
  expect(await kept(disk, 4)).toEqual([40, 35, 15, 60]);
});

test('a leader whose history somebody else has opened stands back, counts what it had not saved, and leads again', async () => {
  const { disk, a, b } = await twoTabs();
  await send(a, 0, 40);
  await a.host.flush();
  disk.open(a.tab, { onTaken: () => {}, onCommit: () => {} });
  await send(a, 1, 50);
  await vi.waitFor(async () => expect([await leads(a), await leads(b)]).toEqual([false, true]), PATIENCE);
  await send(a, 2, 50);
  await a.host.flush();
  await vi.waitFor(
    async () => expect(await rowsOf(b)).toMatchObject({ observed: 140, measured: 90, skipped: 50 }),
    PATIENCE,
  );
  await b.host.flush();
  expect(await kept(disk, 3)).toEqual([40, 0, 50]);
});

test('a tab that cannot lead says so and leaves the lead, and what others send, to the next', async () => {
  const { world, disk, a, b } = await twoTabs();
  b.tab.kill();
  // It followed so far, with options that nobody could lead with.
  const bad = await openTab(world, disk, { reference: { last: 'never' as never } });
  const good = await openTab(world, disk);
  await send(good, 0, 10);
  await good.host.flush();
  a.tab.kill();
  await send(good, 1, 50);
  await vi.waitFor(async () => expect(await leads(good)).toBe(true), PATIENCE);
  await good.host.flush();
  expect(await rowsOf(good)).toMatchObject({ observed: 60, measured: 60 });
  await vi.waitFor(() => expect(bad.errors).toHaveLength(1), PATIENCE);
  await send(bad, 2, 7);
  const { state, reason, rows } = await bad.host.snapshot();
  expect([state, reason]).toEqual(['failed', expect.stringContaining('never')]);
  expect(rows.observed).toBe(rows.measured + rows.skipped);
  expect(rows.skipped).toBe(7);
});

test('a tab that comes knows what was measured before it is said to be open', async () => {
  const { world, disk, a } = await twoTabs();
  await send(a, 0, 40);
  expect(await rowsOf(await openTab(world, disk))).toMatchObject({ measured: 40 });
});
