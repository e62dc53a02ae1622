// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from 'vitest';
import { Disk, opened, pause, twoTabs } from './tabs/testing/opened-tab.js';
import { World } from './tabs/testing/world.js';

describe('tabs', () => {
  test('the first leads, the others follow, and each knows how many there are', async () => {
    const { world, disk, a, b } = await twoTabs();
    const c = opened(world, disk);
    await c.tabs.settled;
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
    const { disk, a, b } = await twoTabs();
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

  test('a tab whose items were committed and not acknowledged hears so from the next that leads', async () => {
    const { world, disk, a, b } = await twoTabs();
    const c = opened(world, disk);
    await c.tabs.settled;
    a.role.take = async (items, saved) => {
      disk.items.push(...items);
      disk.saved = saved;
      a.tab.kill();
      return new Promise(() => {});
    };
    c.tabs.send(1, 10);
    await c.tabs.drained();
    expect([b.tabs.leader, c.tabs.leader]).toEqual([true, false]);
    expect(c.tabs.waiting).toBe(0);
    expect(disk.values).toEqual([1]);
  });

  test('items whose commit fails come again, in order and once', async () => {
    const { disk, a, b } = await twoTabs();
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
    const { world, disk, a, b } = await twoTabs();
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
    const { disk, a, b } = await twoTabs();
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
    await vi.waitFor(() => expect(b.tabs.count).toBe(2));
    a.tabs.send(2, 10);
    await a.tabs.drained();
    expect(disk.values).toEqual([1, 2]);
  });

  test('a suspended tab lets go, keeps what waits, and comes back as a follower', async () => {
    const { disk, a, b } = await twoTabs();
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
    const { disk, a, b } = await twoTabs();
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
    const { world, disk, b } = await twoTabs();
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
