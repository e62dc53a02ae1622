// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn } from '../../../test/look/accessible.js';
import { button, find, heard, show } from '../../../test/look/shown-embedding.js';
import './drift-embedding.js';

test('two fingers enlarge and move the map, whatever the pointer does, and choose nothing', async () => {
  for (const tool of ['lasso', 'off']) {
    const element = await show();
    const rows = heard(element);
    if (tool === 'off') button(element, 'Lasso').click();
    await drawn(element);
    const plane = find<HTMLElement>(element, '.plane');
    expect(getComputedStyle(plane).touchAction).toBe(tool === 'off' ? 'pan-x pan-y' : 'none');
    const box = plane.getBoundingClientRect();
    const send = (type: string, pointerId: number, x: number, y = 0.5): void => {
      const at = { clientX: box.left + x * box.width, clientY: box.top + y * box.height };
      plane.dispatchEvent(new PointerEvent(type, { ...at, pointerId, pointerType: 'touch', bubbles: true }));
    };
    const means = (): number[] =>
      ['.mean.reference', '.mean.current'].map((side) => Number(find(element, side).getAttribute('cx')));
    const before = means();
    send('pointerdown', 1, 0.4);
    send('pointermove', 1, 0.42);
    send('pointerdown', 2, 0.6);
    send('pointermove', 2, 0.8);
    send('pointermove', 1, 0.2);
    await element.updateComplete;
    const after = means();
    expect(((after[1] ?? 0) - (after[0] ?? 0)) / ((before[1] ?? 0) - (before[0] ?? 0))).toBeGreaterThan(2);
    // Both go along to the right.
    send('pointermove', 1, 0.25);
    send('pointermove', 2, 0.85);
    await element.updateComplete;
    expect((means()[0] ?? 0) - (after[0] ?? 0)).toBeCloseTo(0.05 * box.width, 0);
    send('pointerup', 2, 0.85);
    send('pointermove', 1, 0.3);
    send('pointerup', 1, 0.3);
    await element.updateComplete;
    expect(find(element, 'path.lasso')).toBeNull();
    expect(rows).toEqual([]);
    // One finger is as before.
    send('pointerdown', 3, 0.01, 0.01);
    send('pointerup', 3, 0.01, 0.01);
    expect(rows).toEqual(tool === 'off' ? [] : [[]]);
  }
});

test('the browser scrolls with one finger and leaves two to the map', async () => {
  const element = await show();
  const plane = find<HTMLElement>(element, '.plane');
  const touches = (count: number): boolean => {
    const all = Array.from({ length: count }, (_, identifier) => new Touch({ identifier, target: plane }));
    return plane.dispatchEvent(new TouchEvent('touchstart', { touches: all, cancelable: true }));
  };
  expect(touches(1)).toBe(true);
  expect(touches(2)).toBe(false);
});
