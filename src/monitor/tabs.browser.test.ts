// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../store/open-store.js';
import type { TabLook, TabOrder } from './tabs/testing/tab.worker.js';

let count = 0;
const open = new Set<WorkerTab>();

/** A tab of the app with real locks, channels and database. It ends as the browser ends a tab: without a word. */
class WorkerTab {
  readonly #worker = new Worker(new URL('./tabs/testing/tab.worker.ts', import.meta.url), { type: 'module' });

  constructor() {
    open.add(this);
  }

  order(order: TabOrder): Promise<TabLook> {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        port1.close();
        resolve(data);
      };
      this.#worker.postMessage(order, [port2]);
    });
  }

  look(): Promise<TabLook> {
    return this.order({ look: true });
  }

  kill(): void {
    this.#worker.terminate();
    open.delete(this);
  }
}

async function opened(name: string): Promise<WorkerTab> {
  const tab = new WorkerTab();
  await tab.order({ open: name });
  return tab;
}

afterEach(() => {
  for (const tab of open) tab.kill();
});

const PATIENCE = { timeout: 20_000, interval: 20 };
const newName = () => `tabs ${count++}`;

describe('tabs in real workers', () => {
  test('one leads with the database, the others follow, and all count each other', async () => {
    const name = newName();
    const [a, b, c] = [await opened(name), await opened(name), await opened(name)];
    const looks = await Promise.all([a, b, c].map((tab) => tab.look()));
    expect(looks.map(({ leader }) => leader)).toEqual([true, false, false]);
    expect(looks.map(({ kind }) => kind)).toEqual(['indexedDB', null, null]);
    expect(looks.every(({ shared, reason }) => shared && reason === '')).toBe(true);
    await vi.waitFor(async () => {
      const counts = await Promise.all([a, b, c].map(async (tab) => (await tab.look()).count));
      expect(counts).toEqual([3, 3, 3]);
    }, PATIENCE);
  });

  test('what all send is in the one history, once and in order', async () => {
    const name = newName();
    const tabs = [await opened(name), await opened(name), await opened(name)];
    for (let i = 0; i < 60; i++) await tabs[i % 3]!.order({ send: i });
    await vi.waitFor(async () => expect((await tabs[0]!.look()).items).toHaveLength(60), PATIENCE);
    const { items } = await tabs[0]!.look();
    const senders = new Set(items.map((item) => item.split(' ')[0]));
    expect(senders.size).toBe(3);
    for (const sender of senders) {
      const own = items.filter((item) => item.startsWith(`${sender} `));
      const values = own.map((item) => Number(item.split(' ')[1]));
      expect(values).toEqual(values.map((_, i) => values[0]! + 3 * i));
    }
    await vi.waitFor(async () => expect((await tabs[1]!.look()).waiting).toBe(0), PATIENCE);
  });

  test('leaders are killed one after the other while all send: the next goes on, nothing is lost of those that live, nothing is twice', async () => {
    const name = newName();
    let tabs = [await opened(name), await opened(name)];
    const survivor = await opened(name);
    let value = 0;
    const sent: number[] = [];
    for (let round = 0; round < 8; round++) {
      for (let i = 0; i < 10; i++) {
        for (const tab of tabs) void tab.order({ send: value++ });
        sent.push(value);
        void survivor.order({ send: value++ });
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
      }
      const looks = await Promise.all(tabs.map((tab) => tab.look()));
      const leader = tabs[looks.findIndex((look) => look.leader)] ?? tabs[0]!;
      leader.kill();
      tabs = [...tabs.filter((tab) => tab !== leader), await opened(name)];
    }
    await vi.waitFor(async () => expect((await survivor.look()).waiting).toBe(0), PATIENCE);
    for (const tab of tabs) tab.kill();
    await vi.waitFor(async () => expect((await survivor.look()).leader).toBe(true), PATIENCE);
    const { items } = await survivor.look();
    const values = items.map((item) => Number(item.split(' ')[1]));
    expect(new Set(values).size).toBe(values.length);
    expect(values.filter((one) => sent.includes(one))).toEqual(sent);
  });

  test('news of the leader reaches the others, and one that comes is welcomed', async () => {
    const name = newName();
    const [a, b] = [await opened(name), await opened(name)];
    await vi.waitFor(async () => expect((await a.look()).count).toBe(2), PATIENCE);
    await a.order({ broadcast: 'a verdict' });
    await vi.waitFor(async () => expect((await b.look()).heard).toEqual(['welcome', 'a verdict']), PATIENCE);
    expect((await a.look()).heard).toEqual([]);
  });

  test('a suspended leader gives the database to another, and comes back as a follower', async () => {
    const name = newName();
    const [a, b] = [await opened(name), await opened(name)];
    await a.order({ send: 1 });
    await vi.waitFor(async () => expect((await a.look()).items).toHaveLength(1), PATIENCE);
    await a.order({ suspend: true });
    await vi.waitFor(async () => expect((await b.look()).kind).toBe('indexedDB'), PATIENCE);
    expect((await b.look()).items).toHaveLength(1);
    await a.order({ resume: true });
    await a.order({ send: 2 });
    await vi.waitFor(async () => expect((await b.look()).items).toHaveLength(2), PATIENCE);
    expect(await a.look()).toMatchObject({ leader: false, kind: null });
  });

  test('after all tabs have gone, the next has the history', async () => {
    const name = newName();
    const first = await opened(name);
    for (let i = 0; i < 5; i++) await first.order({ send: i });
    await vi.waitFor(async () => expect((await first.look()).items).toHaveLength(5), PATIENCE);
    const { items } = await first.look();
    first.kill();
    const second = await opened(name);
    expect((await second.look()).items).toEqual(items);
    second.kill();
    // The database belongs to nobody now: anyone may look into it.
    const store = await openStore({ name, kind: 'indexedDB', limitBytes: 1 << 20 });
    expect(await store.state('items')).toEqual(items);
    await store.close();
  });
});
