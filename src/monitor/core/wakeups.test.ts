// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { baselineFileOf, chunkOf, openHost, rowsOf, START } from './testing/rows.js';
import type { Timers } from './timers.js';
import { Wakeups } from './wakeups.js';
import { planWindows } from './window-plan.js';

/** Timers that a test lets go off: what is set, by its ms. */
function handTimers() {
  const set = new Map<number, { readonly callback: () => void; readonly ms: number }>();
  let next = 1;
  const timers: Timers = {
    set(callback, ms) {
      set.set(next, { callback, ms });
      return next++;
    },
    clear: (timer) => void set.delete(timer as number),
  };
  const due = (): number[] => [...set.values()].map(({ ms }) => ms);
  const fire = (): void => {
    for (const [timer, { callback }] of [...set]) {
      set.delete(timer);
      callback();
    }
  };
  return { timers, due, fire };
}

test('one timer: soon replaces later, later waits for soon, and none after the end', () => {
  const { timers, due, fire } = handTimers();
  let woken = 0;
  const wakeups = new Wakeups(() => woken++, timers);
  wakeups.later();
  wakeups.later();
  expect(due()).toEqual([5_000]);
  wakeups.soon();
  wakeups.soon();
  wakeups.later();
  expect(due()).toEqual([250]);
  fire();
  expect([woken, due()]).toEqual([1, []]);
  wakeups.follow(planWindows([{ every: '1s' }, { rows: 10 }]).windows);
  wakeups.later();
  expect(due()).toEqual([1_000]);
  wakeups.end();
  wakeups.soon();
  expect(due()).toEqual([]);
});

test('a tab that idles with an open window looks at the clock seldom, and not at all when the window has ended', async () => {
  const { timers, due, fire } = handTimers();
  const baseline = baselineFileOf(rowsOf({ rows: 2_000, seed: 1 }));
  let time = 0;
  const { host, clock, verdicts } = await openHost(
    { baseline, windows: [{ every: '10m' }] },
    { timers, clock: () => time },
  );
  await host.chunk(chunkOf(rowsOf({ rows: 100, seed: 2 })));
  await host.flush();
  const tick = async (): Promise<void> => {
    time += Math.max(250, ...due());
    fire();
    await host.snapshot();
  };
  await tick();
  expect(due()).toEqual([5_000]);
  await tick();
  expect(due()).toEqual([5_000]);
  clock.now = START + 15 * 60_000;
  for (let i = 0; i < 4; i++) await tick();
  expect(verdicts).toHaveLength(1);
  expect(due()).toEqual([]);
});
