// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test } from 'vitest';
import { SystemWatch } from './system-watch.js';

const watches: SystemWatch[] = [];
afterEach(() => {
  for (const watch of watches.splice(0)) watch.stop();
});

function started(): SystemWatch {
  const watch = new SystemWatch();
  watches.push(watch);
  return watch;
}

/** A task of its own that keeps the thread busy; tells when `part` of it, in its middle, began and ended. */
function busy(ms: number, part: number): Promise<{ start: number; end: number }> {
  return new Promise((resolve) => {
    setTimeout(() => {
      const spin = (until: number): number => {
        let now = performance.now();
        while (now < until) now = performance.now();
        return now;
      };
      const begin = performance.now();
      const start = spin(begin + (ms - part) / 2);
      const end = spin(start + part);
      spin(begin + ms);
      resolve({ start, end });
    }, 0);
  });
}

const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 200));

const tellsLongTasks = PerformanceObserver.supportedEntryTypes.includes('longtask');

test.skipIf(!tellsLongTasks)(
  'long tasks are counted; ours is only one that would not have been long without us',
  async () => {
    const watch = started();
    // Whatever the test runner did before is not of this test.
    await settled();
    watch.take();
    const slow = await busy(150, 20);
    watch.own(slow.start, slow.end);
    await settled();
    const first = watch.take();
    expect(first.longTasks).toBeGreaterThanOrEqual(1);
    expect(first.ownLongTasks).toBe(0);

    const ours = await busy(80, 78);
    watch.own(ours.start, ours.end);
    await settled();
    const second = watch.take();
    expect(second.longTasks).toBeGreaterThanOrEqual(1);
    expect(second.ownLongTasks).toBe(1);
    watch.stop();
    await busy(120, 0);
    await settled();
    expect(watch.take()).toEqual({ longTasks: 0, ownLongTasks: 0, droppedFrames: 0, ownDroppedFrames: 0 });
  },
);

test.skipIf(tellsLongTasks)('where the browser tells of no long tasks, none are counted', async () => {
  const watch = started();
  const slow = await busy(150, 140);
  watch.own(slow.start, slow.end);
  await settled();
  expect(watch.take()).toMatchObject({ longTasks: 0, ownLongTasks: 0 });
});
