// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { closed, Disk, opened, pause } from './tabs/testing/opened-tab.js';
import { World } from './tabs/testing/world.js';

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
        const ever = [...alive];
        const acknowledged = new Set<string>();
        let value = 0;
        for (const { action, who, pauseMs } of steps) {
          const one = alive[who % alive.length]!;
          if (action === 'send') one.tabs.send(value++, 10);
          if (action === 'fail') disk.failures = 1;
          if (action === 'open' && alive.length < 5) {
            alive.push(opened(world, disk));
            ever.push(alive.at(-1)!);
          }
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
        ever.forEach(closed);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});
