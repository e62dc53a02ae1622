// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test, vi } from 'vitest';
import { twoTabs } from './tabs/testing/opened-tab.js';
import { Tabs } from './tabs.js';

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

test('beside a leader of another version it leads alone and says why', async () => {
  const { world, a, b } = await twoTabs();
  const channel = world.tab().surroundings().channel('driftglass:test');
  channel.postMessage({ v: 2, from: 'x', type: 'lead' });
  await vi.waitFor(() => expect(b.events).toEqual(['lead alone']));
  expect(b.tabs.shared).toBe(false);
  expect(b.tabs.reason).toMatch(/another version/);
  expect(a.tabs.shared).toBe(true);
  await vi.waitFor(() => expect(a.tabs.count).toBe(1));
});
