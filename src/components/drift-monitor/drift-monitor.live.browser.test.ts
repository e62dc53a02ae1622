// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import { mount, textOf } from '../../../test/look/accessible.js';
import { snapshotOf, youngSnapshot } from '../../../test/look/fixture-monitor.js';
import { drawingsOf, pause, setHidden, watchShift, watchTimers } from '../../../test/look/live-tools.js';
import { LOADED, names, root, show } from '../../../test/look/shown-monitor.js';
import { ToldSource } from '../../../test/look/told-source.js';
import type { Monitor } from '../../monitor/monitor.js';
import { registerMonitor } from '../../monitor/registry.js';

afterEach(() => setHidden(false));

test('nothing on the page moves over 50 updates, in which alerts come and go', {
  timeout: 120_000,
}, async () => {
  // All of it in view: what is not cannot be seen to move.
  await page.viewport(1700, 3200);
  const source = new ToldSource(snapshotOf(15));
  const stage = document.createElement('div');
  stage.style.cssText = 'display:grid;grid-template-columns:1240px 400px;gap:20px';
  const elements = (['', 'narrow', 'bottom-right', 'badge'] as const).map((kind) => {
    const element = document.createElement('drift-monitor');
    element.open = kind !== 'badge';
    if (kind === 'bottom-right') element.dock = kind;
    element.monitor = source;
    stage.append(element, document.createTextNode('What the app shows.'));
    return element;
  });
  // Alone, as apps may use them.
  for (const tag of ['drift-timeline', 'drift-alerts', 'drift-system'] as const) {
    const element = document.createElement(tag);
    element.monitor = source;
    stage.append(element, document.createTextNode('What the app shows.'));
  }
  document.body.replaceChildren(stage);
  await pause(900);
  const watch = watchShift();
  for (let i = 0; i < 50; i++) {
    source.tell(snapshotOf(16 + Math.floor(i * 1.6)));
    await pause(285);
  }
  expect(await watch.stop()).toEqual({ sum: 0, moved: [] });
  for (const element of elements.slice(0, 3)) expect(textOf(element)).toContain('3 open');
  // The measure itself: something that does move.
  const moving = watchShift();
  stage.style.marginTop = '80px';
  expect((await moving.stop()).sum).toBeGreaterThan(0);
});

test('at most four drawings a second, however often there is news; the newest is what stays', async () => {
  const element = await show(snapshotOf(10));
  const source = element.monitor as ToldSource;
  const times = drawingsOf(element);
  const end = performance.now() + 2000;
  let judged = 11;
  while (performance.now() < end) {
    source.tell(snapshotOf(Math.min(60, judged++)));
    await pause(12);
  }
  source.tell(snapshotOf(STORY_END));
  await expect.poll(() => textOf(element)).toContain('3 open');
  expect(times.length).toBeGreaterThan(4);
  for (let i = 4; i < times.length; i++) {
    expect((times[i] as number) - (times[i - 4] as number)).toBeGreaterThan(950);
  }
});

test('hidden it costs nothing: it neither draws nor listens, and shows the newest when it is seen again', async () => {
  const element = await show(snapshotOf(10));
  const source = element.monitor as ToldSource;
  expect(source.listeners).toBe(1);
  const times = drawingsOf(element);
  setHidden(true);
  expect(source.listeners).toBe(0);
  for (let i = 0; i < 10; i++) {
    source.tell(snapshotOf(20 + i));
    element.snapshot = snapshotOf(20 + i);
    await pause(30);
  }
  await pause(300);
  expect(times).toEqual([]);
  source.latest = snapshotOf(STORY_END);
  setHidden(false);
  await expect.poll(() => textOf(element)).toContain('3 open');
  expect(source.listeners).toBe(1);
});

test.each(['monitor', 'name'] as const)(
  'hidden, and following by %s, it has no timer and no frame to come',
  async (by) => {
    const timers = watchTimers();
    onTestFinished(timers.stop);
    const element = await show(null);
    const source = new ToldSource(snapshotOf(10));
    onTestFinished(registerMonitor(source as unknown as Monitor));
    if (by === 'name') element.name = source.name;
    else element.monitor = source;
    await expect.poll(() => source.listeners, LOADED).toBe(1);
    source.tell(snapshotOf(11));
    source.tell(snapshotOf(12));
    // The measure itself: the second drawing waits for its time.
    expect(timers.open()).not.toEqual([]);
    setHidden(true);
    // What was planned before may still come.
    await pause(400);
    source.tell(snapshotOf(13));
    await pause(400);
    expect(timers.open()).toEqual([]);
  },
);

test('out of view it costs nothing either', async () => {
  const element = await show(snapshotOf(10));
  const source = element.monitor as ToldSource;
  const spacer = document.createElement('div');
  spacer.style.height = '5000px';
  element.before(spacer);
  await expect.poll(() => source.listeners).toBe(0);
  const times = drawingsOf(element);
  source.tell(snapshotOf(20));
  await pause(400);
  expect(times).toEqual([]);
  spacer.remove();
  await expect.poll(() => source.listeners).toBe(1);
});

test('another monitor takes the place of the first, whose later news is not heard', async () => {
  const element = await show(snapshotOf(40));
  const first = element.monitor as ToldSource;
  const second = new ToldSource(youngSnapshot({ name: 'other' }));
  element.monitor = second;
  expect(first.listeners).toBe(0);
  await expect.poll(() => textOf(element)).toContain('other');
  element.remove();
  expect(second.listeners).toBe(0);
});

test('under a pointer the features keep their places', async () => {
  const element = await show(snapshotOf(51));
  const source = element.monitor as ToldSource;
  const before = names(element);
  const list = root(element).querySelector('.multiple') as Element;
  list.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
  expect(textOf(element)).not.toContain('temperature has drifted.');
  source.tell(snapshotOf(60));
  await expect.poll(() => textOf(element)).toContain('temperature has drifted.');
  expect(names(element)).toEqual(before);
  element.dispatchEvent(new PointerEvent('pointerleave'));
  source.tell(snapshotOf(61));
  await expect.poll(() => names(element)[0]).toBe('temperature');
});

test('by name: the monitor of the page, whenever it comes, and nothing after it was let go', async () => {
  const element = document.createElement('drift-monitor');
  element.open = true;
  element.setAttribute('name', 'flight-delays');
  await mount(element);
  expect(textOf(element)).toContain('No monitor “flight-delays” has been heard of yet.');
  const source = new ToldSource(snapshotOf());
  const leave = registerMonitor(source as unknown as Monitor);
  await expect.poll(() => source.listeners, LOADED).toBe(1);
  source.tell(snapshotOf());
  await expect.poll(() => textOf(element), LOADED).toContain('have drifted');
  element.removeAttribute('name');
  await expect.poll(() => source.listeners).toBe(0);
  expect(element.monitor).toBeNull();
  leave();
});

const STORY_END = 96;
