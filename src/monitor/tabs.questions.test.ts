// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';

import { opened, pause, twoTabs } from './tabs/testing/opened-tab.js';

describe('questions to the one that leads', () => {
  test('are answered, or refused with what it says', async () => {
    const { a, b } = await twoTabs();
    expect(await b.tabs.ask('6 x 7')).toBe('6 x 7, says the leader');
    expect(await a.tabs.ask('of its own')).toBe('of its own, says the leader');
    await expect(b.tabs.ask('throw')).rejects.toMatchObject({ name: 'EngineError', message: 'not that' });
    await expect(b.tabs.ask('function')).rejects.toThrow(/cannot be sent/);
  });

  test('go to the next leader, or to this very tab, when the one that was asked is gone', async () => {
    const { world, disk, a, b } = await twoTabs();
    const c = opened(world, disk);
    await c.tabs.settled;
    a.tab.isFrozen = true;
    const answers = Promise.all([b.tabs.ask('b'), c.tabs.ask('c')]);
    await pause(10);
    a.tab.kill();
    expect(await answers).toEqual(['b, says the leader', 'c, says the leader']);
  });

  test('are given up when nobody answers in time, when too many wait, and when the tab is left', async () => {
    const { a, b } = await twoTabs();
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
