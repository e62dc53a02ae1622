// SPDX-License-Identifier: Apache-2.0
import type { Bounds } from './map-frame.js';

/** A rectangle moves and grows by this share of what is in view. */
const STEP = 1 / 24;
const FIRST = 1 / 4;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/**
 * The rectangle after an arrow key: the first lays one in the middle of the view, further ones move it, and with Shift
 * they move its right and upper sides. `undefined` for another key.
 */
export function rectangleAfter(
  rectangle: Bounds | undefined,
  { key, shift, view }: { key: string; shift: boolean; view: Bounds },
): Bounds | undefined {
  const arrow = ARROWS[key];
  if (arrow === undefined) return undefined;
  const width = view.right - view.left;
  const height = view.top - view.bottom;
  if (rectangle === undefined) {
    const x = (view.left + view.right) / 2;
    const y = (view.bottom + view.top) / 2;
    return {
      left: x - (width * FIRST) / 2,
      right: x + (width * FIRST) / 2,
      bottom: y - (height * FIRST) / 2,
      top: y + (height * FIRST) / 2,
    };
  }
  const dx = arrow[0] * width * STEP;
  const dy = arrow[1] * height * STEP;
  if (shift) {
    return {
      ...rectangle,
      right: Math.max(rectangle.left + width * STEP, rectangle.right + dx),
      top: Math.max(rectangle.bottom + height * STEP, rectangle.top + dy),
    };
  }
  // A strip of it stays in view.
  const x = clamp(dx, view.left - rectangle.right + width * STEP, view.right - rectangle.left - width * STEP);
  const y = clamp(
    dy,
    view.bottom - rectangle.top + height * STEP,
    view.top - rectangle.bottom - height * STEP,
  );
  return {
    left: rectangle.left + x,
    right: rectangle.right + x,
    bottom: rectangle.bottom + y,
    top: rectangle.top + y,
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
