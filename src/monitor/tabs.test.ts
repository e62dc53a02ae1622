// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { TabItem, TabsRole, TabsSaved } from './tabs/role.js';
import { World, type WorldTab } from './tabs/testing/world.js';
import { Tabs } from './tabs.js';

/** What leaders commit to: items and `saved` together, or neither. */
class Disk {
  items: TabItem<number>[] = [];
  saved: TabsSaved | undefined;
  /** Rejections to come. */
  failures = 0;

  get values(): number[] {
    return this.items.map(({ value }) => value);
  }
}

interface Opened {
  readonly tabs: Tabs<number, string>;
  readonly tab: WorldTab;
  readonly role: TabsRole<number, string>;
  readonly heard: string[];
  readonly lost: number[];
  readonly events: string[];
}

const everywhere: Opened[] = [];

function opened(world: World, disk: Disk, ticks: { tickMs?: number; patience?: number } = {}): Opened {
  const tab = world.tab();
  const heard: string[] = [];
  const lost: number[] = [];
  const events: string[] = [];
  const role: TabsRole<number, string> = {
    lead: async ({ shared }) => {
      events.push(shared ? 'lead' : 'lead alone');
      await pause();
      return disk.saved;
    },
    take: async (items, saved) => {
      await pause();
      // What a killed or frozen tab had not committed is lost with it.
      if (tab.isDead || tab.isFrozen) return new Promise(() => {});
      if (disk.failures > 0) {
        disk.failures--;
        throw new Error('disk');
      }
      disk.items.push(...items);
      disk.saved = saved;
      await pause();
    },
    follow: () => {
      events.push('follow');
    },
    hear: (news) => heard.push(news),
    welcome: () => 'welcome',
    answer: async (about) => {
      if (about === 'throw') throw new Error('not that');
      if (about === 'function') return () => {};
      return `${String(about)}, says the leader`;
    },
    lost: (value) => lost.push(value),
  };
  const tabs = new Tabs<number, string>({ name: 'test', role, surroundings: tab.surroundings(ticks) });
  const one = { tabs, tab, role, heard, lost, events };
  everywhere.push(one);
  return one;
}

function pause(ms = 2): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

afterEach(async () => {
  for (const { tabs, tab } of everywhere.splice(0)) {
    tab.kill();
    void tabs.close();
  }
});

describe('tabs', () => {
  test('the first leads, the others follow, and each knows how many there are', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b, c] = [opened(world, disk), opened(world, disk), opened(world, disk)];
    await Promise.all([a, b, c].map(({ tabs }) => tabs.settled));
    expect([a, b, c].map(({ tabs }) => tabs.leader)).toEqual([true, false, false]);
    expect([a, b, c].every(({ tabs }) => tabs.shared && tabs.reason === '')).toBe(true);
    await vi.waitFor(() => expect([a, b, c].map(({ tabs }) => tabs.count)).toEqual([3, 3, 3]));
    c.tab.kill();
    await vi.waitFor(() => expect([a, b].map(({ tabs }) => tabs.count)).toEqual([2, 2]));
    expect(a.events).toEqual(['lead']);
    expect(b.events).toEqual([]);
  });

  test('items of all tabs are committed once, those of a tab in order, and acknowledged', async () => {
    const world = new World();
    const disk = new Disk();
    const all = [opened(world, disk), opened(world, disk), opened(world, disk)];
    for (let i = 0; i < 100; i++) {
      all[i % 3]!.tabs.send(i, 10);
      if (i % 20 === 0) await pause();
    }
    await Promise.all(all.map(({ tabs }) => tabs.drained()));
    expect(all.map(({ tabs }) => tabs.waiting)).toEqual([0, 0, 0]);
    expect([...disk.values].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    for (const { tabs } of all) {
      const own = disk.items.filter(({ tab }) => tab === tabs.id).map(({ sequence }) => sequence);
      expect(own).toEqual(own.map((_, i) => i + 1));
    }
  });

  test('a leader that dies is followed by another, which loads and takes what was not acknowledged', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b, c] = [opened(world, disk), opened(world, disk), opened(world, disk)];
    await a.tabs.settled;
    for (let i = 0; i < 20; i++) {
      b.tabs.send(i, 10);
      c.tabs.send(100 + i, 10);
      if (i === 7) a.tab.kill();
      await pause(1);
    }
    await Promise.all([b, c].map(({ tabs }) => tabs.drained()));
    expect(b.events).toEqual(['lead']);
    expect(b.tabs.leader).toBe(true);
    expect(c.tabs.leader).toBe(false);
    expect(new Set(disk.values).size).toBe(40);
    expect(disk.values.length).toBe(40);
  });

  test('what was committed but not acknowledged is not taken again', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    // The leader commits, and dies before it can say so.
    const take = a.role.take;
    a.role.take = async (items, saved) => {
      disk.items.push(...items);
      disk.saved = saved;
      a.tab.kill();
      return take(items, saved);
    };
    b.tabs.send(1, 10);
    await b.tabs.drained();
    expect(b.tabs.leader).toBe(true);
    expect(b.tabs.waiting).toBe(0);
    expect(disk.values).toEqual([1]);
  });

  test('items whose commit fails come again, in order and once', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    disk.failures = 2;
    for (let i = 0; i < 10; i++) {
      b.tabs.send(i, 10);
      await pause(1);
    }
    a.tabs.send(99, 10);
    await Promise.all([a, b].map(({ tabs }) => tabs.drained(5_000)));
    expect(disk.values.filter((value) => value < 99)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(disk.values).toContain(99);
    expect(disk.values.length).toBe(11);
  });

  test('news of the leader reaches followers, and those that come later are welcomed', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    await vi.waitFor(() => expect(a.tabs.count).toBe(2));
    a.tabs.broadcast('one');
    b.tabs.broadcast('not mine to say');
    await vi.waitFor(() => expect(b.heard).toContain('one'));
    const c = opened(world, disk);
    await vi.waitFor(() => expect(c.heard).toEqual(['welcome']));
    expect(b.heard.filter((news) => news !== 'welcome')).toEqual(['one']);
    expect(a.heard).toEqual([]);
  });

  test('a leader that is frozen with the lock in its hands is replaced, and follows when it wakes', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    a.tab.isFrozen = true;
    // Nothing waits: nobody minds.
    await pause(200);
    expect(b.tabs.leader).toBe(false);
    b.tabs.send(1, 10);
    await b.tabs.drained();
    expect(b.tabs.leader).toBe(true);
    expect(disk.values).toEqual([1]);
    a.tab.isFrozen = false;
    await vi.waitFor(() => expect(a.tabs.leader).toBe(false));
    await vi.waitFor(() => expect(a.events).toEqual(['lead', 'follow']));
    a.tabs.send(2, 10);
    await a.tabs.drained();
    expect(disk.values).toEqual([1, 2]);
  });

  test('a suspended tab lets go, keeps what waits, and comes back as a follower', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    await a.tabs.suspend();
    await vi.waitFor(() => expect(b.tabs.leader).toBe(true));
    expect(a.events).toEqual(['lead', 'follow']);
    a.tabs.send(5, 10);
    await pause(50);
    expect(disk.values).toEqual([]);
    a.tabs.resume();
    await a.tabs.drained();
    expect(disk.values).toEqual([5]);
    expect(a.tabs.leader).toBe(false);
  });

  test('a tab that closes commits what it has begun before another leads', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    for (let i = 0; i < 5; i++) b.tabs.send(i, 10);
    await pause(2);
    await a.tabs.close();
    await b.tabs.drained();
    expect(disk.values).toEqual([0, 1, 2, 3, 4]);
    expect(b.tabs.count).toBe(1);
  });

  test('what waits for a leader is bounded: the oldest leave and are told', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk, { patience: 1e9 })];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    a.tab.isFrozen = true;
    for (let i = 0; i < 300; i++) b.tabs.send(i, 10);
    expect(b.tabs.waiting).toBe(256);
    expect(b.lost).toEqual(Array.from({ length: 44 }, (_, i) => i));
    for (let i = 0; i < 5; i++) b.tabs.send(1000 + i, 1 << 20);
    expect(b.tabs.waiting).toBe(4);
    a.tab.isFrozen = false;
    await b.tabs.drained();
    expect(disk.values).toEqual([1001, 1002, 1003, 1004]);
  });

  test('what cannot be sent is dropped and told, and blocks nothing', async () => {
    const world = new World();
    const [a, b] = [opened(world, new Disk()), opened(world, new Disk())];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    await vi.waitFor(() => expect(b.heard).toContain('welcome'));
    const bad = (() => 1) as unknown as number;
    b.tabs.send(bad, 1);
    b.tabs.send(2, 1);
    await b.tabs.drained();
    expect(b.lost).toEqual([bad]);
  });

  test('strangers on the channel are not heard', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    const channel = world.tab().surroundings().channel('driftglass:test');
    for (const nonsense of [
      null,
      7,
      'lead',
      { v: 1, from: 'x' },
      { v: 1, from: 'x', type: 'items', items: [{ sequence: 'first' }] },
      { v: 1, from: 'x', type: 'items', items: 4 },
      { v: 1, from: 'x', type: 'ack', to: b.tabs.id, sequence: Number.NaN },
      { v: 1, from: 'x', type: 'again' },
    ])
      channel.postMessage(nonsense);
    b.tabs.send(1, 10);
    await b.tabs.drained();
    expect(disk.values).toEqual([1]);
  });

  test('beside a leader of another version it leads alone and says why', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a.tabs.settled, b.tabs.settled]);
    const channel = world.tab().surroundings().channel('driftglass:test');
    channel.postMessage({ v: 2, from: 'x', type: 'lead' });
    await vi.waitFor(() => expect(b.events).toEqual(['lead alone']));
    expect(b.tabs.shared).toBe(false);
    expect(b.tabs.reason).toMatch(/another version/);
    expect(a.tabs.shared).toBe(true);
    await vi.waitFor(() => expect(a.tabs.count).toBe(1));
  });
});

describe('where tabs cannot find each other', () => {
  test.each([
    ['without Web Locks', 'no locks here', /^no locks here$/],
    [
      'where Web Locks refuse',
      {
        locks: {
          request: () => Promise.reject(new Error('denied')),
          query: () => Promise.reject(new Error()),
        },
        channel: () => ({ onmessage: null, postMessage() {}, close() {} }),
        tickMs: 10,
        patience: 1,
      },
      /cannot find each other \(denied\)/,
    ],
    [
      'where a channel cannot be had',
      {
        locks: { request: () => Promise.resolve(), query: async () => ({}) },
        channel: () => {
          throw new Error('opaque origin');
        },
        tickMs: 10,
        patience: 1,
      },
      /opaque origin/,
    ],
  ])('%s each leads alone, and its items are taken', async (_, surroundings, reason) => {
    const taken: number[] = [];
    const events: string[] = [];
    const tabs = new Tabs<number, string>({
      name: 'alone',
      surroundings: surroundings as never,
      role: {
        lead: async (leading) => {
          events.push(`${leading.shared} ${leading.reason}`);
          return undefined;
        },
        take: async (items) => {
          taken.push(...items.map(({ value }) => value));
        },
        follow: () => {
          events.push('follow');
        },
        hear: () => {},
      },
    });
    tabs.send(1, 10);
    await tabs.settled;
    tabs.send(2, 10);
    await tabs.drained();
    expect(taken).toEqual([1, 2]);
    expect([tabs.leader, tabs.shared, tabs.count]).toEqual([true, false, 1]);
    expect(tabs.reason).toMatch(reason);
    expect(events).toEqual([`false ${tabs.reason}`]);
    await tabs.close();
    expect(events).toHaveLength(2);
  });
});

test('a tab that comes back while it is still leaving comes back, and one that is closed meanwhile does not', async () => {
  const world = new World();
  const disk = new Disk();
  const one = opened(world, disk);
  await one.tabs.settled;
  one.tabs.send(1, 10);
  void one.tabs.suspend();
  one.tabs.send(2, 10);
  one.tabs.resume();
  await one.tabs.drained();
  expect([one.tabs.waiting, one.tabs.leader]).toEqual([0, true]);
  expect(disk.values).toEqual([1, 2]);
  void one.tabs.suspend();
  one.tabs.resume();
  await one.tabs.close();
  await pause(20);
  expect(one.tabs.leader).toBe(false);
  expect(world.held).toBeNull();
});

describe('questions to the one that leads', () => {
  test('are answered, or refused with what it says', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a, b].map(({ tabs }) => tabs.settled));
    expect(await b.tabs.ask('6 x 7')).toBe('6 x 7, says the leader');
    expect(await a.tabs.ask('of its own')).toBe('of its own, says the leader');
    await expect(b.tabs.ask('throw')).rejects.toMatchObject({ name: 'EngineError', message: 'not that' });
    await expect(b.tabs.ask('function')).rejects.toThrow(/cannot be sent/);
  });

  test('go to the next leader, or to this very tab, when the one that was asked is gone', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b, c] = [opened(world, disk), opened(world, disk), opened(world, disk)];
    await Promise.all([a, b, c].map(({ tabs }) => tabs.settled));
    a.tab.isFrozen = true;
    const answers = Promise.all([b.tabs.ask('b'), c.tabs.ask('c')]);
    await pause(10);
    a.tab.kill();
    expect(await answers).toEqual(['b, says the leader', 'c, says the leader']);
  });

  test('are given up when nobody answers in time, when too many wait, and when the tab is left', async () => {
    const world = new World();
    const disk = new Disk();
    const [a, b] = [opened(world, disk), opened(world, disk)];
    await Promise.all([a, b].map(({ tabs }) => tabs.settled));
    a.tab.isFrozen = true;
    await expect(b.tabs.ask('hello?', 20)).rejects.toMatchObject({
      name: 'EngineError',
      message: 'the tab that keeps the history does not answer',
    });
    const waiting = Array.from({ length: 16 }, () => b.tabs.ask('hello?', 60_000));
    const all = Promise.allSettled(waiting);
    await expect(b.tabs.ask('one more')).rejects.toThrow(/more than 16/);
    await b.tabs.suspend();
    expect((await all).every(({ status }) => status === 'rejected')).toBe(true);
    await expect(b.tabs.ask('from nowhere')).rejects.toThrow(/being left/);
  });
});

describe('whatever happens to tabs', () => {
  test('each item that was acknowledged was committed once, and each that lives is acknowledged in the end', async () => {
    const step = fc.record({
      action: fc.constantFrom('send', 'send', 'send', 'send', 'kill', 'open', 'fail', 'suspend', 'resume'),
      who: fc.nat(5),
      pauseMs: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        const world = new World();
        const disk = new Disk();
        const alive = [opened(world, disk), opened(world, disk)];
        const acknowledged = new Set<string>();
        let value = 0;
        for (const { action, who, pauseMs } of steps) {
          const one = alive[who % alive.length]!;
          if (action === 'send') one.tabs.send(value++, 10);
          if (action === 'fail') disk.failures = 1;
          if (action === 'open' && alive.length < 5) alive.push(opened(world, disk));
          if (action === 'suspend') void one.tabs.suspend();
          if (action === 'resume') one.tabs.resume();
          if (action === 'kill' && alive.length > 1) {
            one.tab.kill();
            alive.splice(alive.indexOf(one), 1);
          }
          await pause(pauseMs);
          for (const { tab, sequence } of disk.items) acknowledged.add(`${tab} ${sequence}`);
        }
        for (const { tabs } of alive) tabs.resume();
        await Promise.all(alive.map(({ tabs }) => tabs.drained(5_000)));
        expect(alive.map(({ tabs }) => tabs.waiting)).toEqual(alive.map(() => 0));
        const committed = disk.items.map(({ tab, sequence }) => `${tab} ${sequence}`);
        expect(new Set(committed).size).toBe(committed.length);
        expect([...acknowledged].every((item) => committed.includes(item))).toBe(true);
        for (const { tabs } of alive) {
          const own = disk.items.filter(({ tab }) => tab === tabs.id).map(({ sequence }) => sequence);
          expect(own).toEqual(own.map((_, i) => i + 1));
        }
        expect(alive.filter(({ tabs }) => tabs.leader)).toHaveLength(1);
        for (const { tab, tabs } of everywhere.splice(0)) {
          tab.kill();
          void tabs.close();
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});
