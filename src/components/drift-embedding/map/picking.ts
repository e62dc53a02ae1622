// SPDX-License-Identifier: Apache-2.0
import type { Bounds, Places } from './map-frame.js';

/** Which places lie in a drawn shape. All give indices into the places, ascending. */

/** A lasso with more corners is thinned: the hand is not finer. */
const MOST_CORNERS = 400;
const BANDS = 64;

/** Inside a closed line by places x0, y0, x1, y1 …, by the even-odd rule: a line that crosses itself leaves holes. */
export function insideLasso({ x, y }: Places, line: readonly number[]): Uint32Array {
  const corners = thinned(line);
  const n = corners.length / 2;
  if (n < 3) return new Uint32Array(0);
  const box = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  for (let k = 0; k < n; k++) {
    box.left = Math.min(box.left, corners[2 * k] as number);
    box.right = Math.max(box.right, corners[2 * k] as number);
    box.bottom = Math.min(box.bottom, corners[2 * k + 1] as number);
    box.top = Math.max(box.top, corners[2 * k + 1] as number);
  }
  // Each place asks only the sides that cross its own band.
  const perBand = Math.min(BANDS / (box.top - box.bottom), Number.MAX_VALUE);
  const bandOf = (at: number): number =>
    Math.min(BANDS - 1, Math.max(0, Math.floor((at - box.bottom) * perBand)));
  const bands: number[][] = Array.from({ length: BANDS }, () => []);
  for (let k = 0, last = n - 1; k < n; last = k++) {
    const ends = [bandOf(corners[2 * k + 1] as number), bandOf(corners[2 * last + 1] as number)];
    for (let band = Math.min(...ends); band <= Math.max(...ends); band++) bands[band]?.push(k);
  }
  return filtered({ x, y }, box, (px, py) => {
    let odd = false;
    for (const k of bands[bandOf(py)] as number[]) {
      const last = k === 0 ? n - 1 : k - 1;
      const ay = corners[2 * k + 1] as number;
      const by = corners[2 * last + 1] as number;
      if (ay > py === by > py) continue;
      const ax = corners[2 * k] as number;
      if (px < ax + ((py - ay) / (by - ay)) * ((corners[2 * last] as number) - ax)) odd = !odd;
    }
    return odd;
  });
}

/** Inside a rectangle, its border included. */
export function insideRectangle(places: Places, box: Bounds): Uint32Array {
  return filtered(places, box, () => true);
}

/** The place nearest to one of the plane, at most `reach` away on each axis (an ellipse); −1 where there is none. */
export function nearestPlace(
  { x, y }: Places,
  at: readonly [number, number],
  reach: { readonly x: number; readonly y: number },
): number {
  let best = 1;
  let found = -1;
  for (let i = 0; i < x.length; i++) {
    const dx = ((x[i] as number) - at[0]) / reach.x;
    if (!(dx > -1 && dx < 1)) continue;
    const dy = ((y[i] as number) - at[1]) / reach.y;
    const distance = dx * dx + dy * dy;
    // Later rows are drawn over earlier ones.
    if (distance <= best) {
      best = distance;
      found = i;
    }
  }
  return found;
}

/** True when both maps hold the same rows in the same order. */
export function sameRows(a: Uint32Array | undefined, b: Uint32Array | undefined): boolean {
  return a !== undefined && a.length === b?.length && a.every((row, i) => row === b[i]);
}

function filtered({ x, y }: Places, box: Bounds, test: (x: number, y: number) => boolean): Uint32Array {
  const found: number[] = [];
  for (let i = 0; i < x.length; i++) {
    const px = x[i] as number;
    const py = y[i] as number;
    if (px < box.left || px > box.right || py < box.bottom || py > box.top) continue;
    if (test(px, py)) found.push(i);
  }
  return Uint32Array.from(found);
}

function thinned(line: readonly number[]): readonly number[] {
  const n = line.length / 2;
  if (n <= MOST_CORNERS) return line;
  const step = n / MOST_CORNERS;
  return Array.from({ length: MOST_CORNERS * 2 }, (_, i) => {
    const corner = Math.floor((i >> 1) * step);
    return line[2 * corner + (i & 1)] as number;
  });
}
