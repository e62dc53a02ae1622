// SPDX-License-Identifier: Apache-2.0
/** Which rows of a long list lie in view. Rows share one height; opened ones are taller by what was measured. */

export interface RowLayout {
  readonly count: number;
  readonly rowHeight: number;
  /** Extra height by row index. */
  readonly extra: ReadonlyMap<number, number>;
}

/** Distance of the top of row `index` from the top of the list, px. */
export function rowTop({ rowHeight, extra }: RowLayout, index: number): number {
  let top = index * rowHeight;
  for (const [opened, height] of extra) if (opened < index) top += height;
  return top;
}

export function listHeight(layout: RowLayout): number {
  return rowTop(layout, layout.count);
}

/** First (inclusive) and last (exclusive) row that touches [top, bottom], with `overscan` rows around. */
export function rowsInView(
  layout: RowLayout,
  { top, bottom, overscan = 6 }: { top: number; bottom: number; overscan?: number },
): [from: number, to: number] {
  if (layout.count === 0 || !(bottom > top)) return [0, 0];
  const from = Math.max(0, rowAt(layout, top) - overscan);
  const to = Math.min(layout.count, rowAt(layout, bottom) + 1 + overscan);
  return [from, Math.max(from, to)];
}

/** The row that covers `offset`, by bisection: tops grow with the index. */
function rowAt(layout: RowLayout, offset: number): number {
  let low = 0;
  let high = layout.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rowTop(layout, middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Rows that a page key passes. */
const PAGE = 10;

/** The row from 0 to `last` that a key takes the focus to; undefined for keys that do not move it. */
export function rowAfter(key: string, row: number, last: number): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: row + 1,
    ArrowUp: row - 1,
    PageDown: row + PAGE,
    PageUp: row - PAGE,
    Home: 0,
    End: last,
  };
  const next = steps[key];
  return next === undefined ? undefined : Math.max(0, Math.min(last, next));
}
