// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listHeight, rowAfter, rowsInView, rowTop } from './row-window.js';

test('rows in view are exactly those that touch it, and a few around', () => {
  const layout = { count: 1000, rowHeight: 66, extra: new Map<number, number>() };
  expect(rowsInView(layout, { top: 0, bottom: 660, overscan: 0 })).toEqual([0, 11]);
  expect(rowsInView(layout, { top: 6600, bottom: 7260 })).toEqual([94, 117]);
  expect(rowsInView(layout, { top: 0, bottom: 0 })).toEqual([0, 0]);
  expect(rowsInView({ ...layout, count: 0 }, { top: 0, bottom: 500 })).toEqual([0, 0]);
});

test('every row that overlaps the view is among them, with rows opened anywhere', () => {
  const layouts = fc.record({
    count: fc.integer({ min: 1, max: 400 }),
    rowHeight: fc.integer({ min: 20, max: 200 }),
    extra: fc
      .array(fc.tuple(fc.nat(399), fc.integer({ min: 1, max: 1500 })), { maxLength: 6 })
      .map((entries) => new Map(entries)),
  });
  fc.assert(
    fc.property(
      layouts,
      fc.integer({ min: -2000, max: 60_000 }),
      fc.integer({ min: 1, max: 2000 }),
      (layout, top, height) => {
        const bottom = top + height;
        const [from, to] = rowsInView(layout, { top, bottom });
        for (let i = 0; i < layout.count; i++) {
          const start = rowTop(layout, i);
          const end = i + 1 < layout.count ? rowTop(layout, i + 1) : listHeight(layout);
          if (start < bottom && end > top) expect(i >= from && i < to).toBe(true);
        }
      },
    ),
  );
});

test('keys move the focus within the list', () => {
  const after = (key: string) => rowAfter(key, 4, 12);
  expect(['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'].map(after)).toEqual([
    5, 3, 12, 0, 0, 12,
  ]);
  expect(after('a')).toBeUndefined();
});
