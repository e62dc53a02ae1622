// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { drawn } from '../../../test/look/accessible.js';
import { snapshotOf } from '../../../test/look/fixture-monitor.js';
import { root, show } from '../../../test/look/shown-monitor.js';
import type { DriftMonitor } from './drift-monitor.js';

afterEach(() => scrollTo(0, 0));

/** Distances to the edges of the window, px: left, top, right, bottom. */
function edges(element: Element): [number, number, number, number] {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  return [left, top, clientWidth - right, clientHeight - bottom].map(Math.round) as never;
}

/** The badge or the panel once it has come to rest. */
async function settled(element: DriftMonitor, part: 'badge' | 'panel'): Promise<HTMLElement> {
  element.open = part === 'panel';
  await drawn(element);
  const found = root(element).querySelector(`[part=${part}]`) as HTMLElement;
  await Promise.all(found.getAnimations().map(({ finished }) => finished));
  return found;
}

/** Which edges it keeps to; a panel along a side takes all of it. */
const PLACES = {
  'top-left': { near: [0, 1], panel: 16 },
  'top-right': { near: [2, 1], panel: 16 },
  'bottom-left': { near: [0, 3], panel: 16 },
  'bottom-right': { near: [2, 3], panel: 16 },
  left: { near: [0], panel: 0 },
  right: { near: [2], panel: 0 },
} as const;

test.each(Object.entries(PLACES))(
  'docked %s it stays there, as a badge and open, while the page scrolls',
  async (dock, place) => {
    await page.viewport(1200, 800);
    const element = await show(snapshotOf(), { open: false, dock: dock as keyof typeof PLACES });
    const spacer = document.createElement('div');
    spacer.style.height = '4000px';
    element.after(spacer);
    for (const part of ['badge', 'panel'] as const) {
      const shown = await settled(element, part);
      const before = edges(shown);
      for (const edge of place.near)
        expect(before[edge], `${part} ${edge}`).toBe(part === 'badge' ? 16 : place.panel);
      expect(Math.min(...before), part).toBeGreaterThanOrEqual(0);
      scrollTo(0, 1000);
      expect(edges(shown), part).toEqual(before);
      scrollTo(0, 0);
    }
    const panel = await settled(element, 'panel');
    expect(panel.getBoundingClientRect().width).toBe(460);
    if (place.panel === 0) expect(edges(panel)).toMatchObject({ 1: 0, 3: 0 });
  },
);

test('on a phone a docked panel is as wide as the screen, and scrolls in itself', async () => {
  await page.viewport(390, 700);
  const element = await show(snapshotOf(), { dock: 'bottom-right' });
  const panel = await settled(element, 'panel');
  expect(edges(panel)).toEqual([8, 16, 8, 16]);
  expect(panel.scrollHeight).toBeGreaterThan(panel.clientHeight);
  expect(document.documentElement.scrollWidth).toBe(390);
});
