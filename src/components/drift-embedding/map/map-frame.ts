// SPDX-License-Identifier: Apache-2.0
/** The part of a plane that is in view: where rows lie in px, and back. */

/** A rectangle of the plane, in the units of its axes. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** Places of rows; both arrays of equal length. */
export interface Places {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

export interface MapSize {
  readonly width: number;
  readonly height: number;
}

export function sameSize(a: MapSize | undefined, b: MapSize): boolean {
  return a !== undefined && a.width === b.width && a.height === b.height;
}

const MARGIN = 0.05;
const MOST_ZOOM = 60;
/** Places looked at to find where nearly all of them lie. */
const LOOKED_AT = 4000;
/** An outlier may widen an axis so many times; farther ones lie outside of the picture. */
const WIDEST = 3;

/** Bounds that hold all places of both sides, unless a few lie so far out that the rest would be a dot. */
export function boundsOf(sides: readonly Places[]): Bounds {
  const [left, right] = axisRange(sides.map(({ x }) => x));
  const [bottom, top] = axisRange(sides.map(({ y }) => y));
  return { left, right, bottom, top };
}

function axisRange(sides: readonly Float32Array[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const sample: number[] = [];
  for (const side of sides) {
    const step = Math.max(1, Math.ceil(side.length / LOOKED_AT));
    for (let i = 0; i < side.length; i++) {
      const value = side[i] as number;
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
      if (i % step === 0) sample.push(value);
    }
  }
  if (!(low <= high)) return [0, 1];
  sample.sort((a, b) => a - b);
  const from = sample[Math.floor(sample.length * 0.005)] ?? low;
  const to = sample[Math.floor(sample.length * 0.995)] ?? high;
  const usual = to - from;
  if (usual > 0) {
    low = Math.max(low, from - usual * ((WIDEST - 1) / 2));
    high = Math.min(high, to + usual * ((WIDEST - 1) / 2));
  }
  const room = high > low ? (high - low) * MARGIN : Math.max(1e-6, Math.abs(low) * MARGIN);
  return [low - room, high + room];
}

export function scaleOf(bounds: Bounds, size: MapSize): { x: number; y: number } {
  return { x: size.width / (bounds.right - bounds.left), y: size.height / (bounds.top - bounds.bottom) };
}

/** A place of the plane in px from the upper left corner. */
export function toPixel(bounds: Bounds, size: MapSize, [x, y]: readonly [number, number]): [number, number] {
  const scale = scaleOf(bounds, size);
  return [(x - bounds.left) * scale.x, (bounds.top - y) * scale.y];
}

export function toPlane(bounds: Bounds, size: MapSize, [x, y]: readonly [number, number]): [number, number] {
  const scale = scaleOf(bounds, size);
  return [bounds.left + x / scale.x, bounds.top - y / scale.y];
}

/** Enlarges `factor` times around a place that stays where it is; never wider than `whole`, at most 60 times larger. */
export function zoomed(
  bounds: Bounds,
  whole: Bounds,
  { factor, at }: { factor: number; at: readonly [number, number] },
): Bounds {
  const now = (whole.right - whole.left) / (bounds.right - bounds.left);
  const by = Math.min(MOST_ZOOM, Math.max(1, now * factor)) / now;
  const [x, y] = at;
  return inside(
    {
      left: x - (x - bounds.left) / by,
      right: x + (bounds.right - x) / by,
      bottom: y - (y - bounds.bottom) / by,
      top: y + (bounds.top - y) / by,
    },
    whole,
  );
}

/** Moves by a distance in the units of the axes, within `whole`. */
export function moved(bounds: Bounds, whole: Bounds, [dx, dy]: readonly [number, number]): Bounds {
  return inside(
    {
      left: bounds.left + dx,
      right: bounds.right + dx,
      bottom: bounds.bottom + dy,
      top: bounds.top + dy,
    },
    whole,
  );
}

function inside(bounds: Bounds, whole: Bounds): Bounds {
  const [left, right] = slideInside([bounds.left, bounds.right], [whole.left, whole.right]);
  const [bottom, top] = slideInside([bounds.bottom, bounds.top], [whole.bottom, whole.top]);
  return { left, right, bottom, top };
}

function slideInside(
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
): [number, number] {
  const length = high - low;
  if (length >= to - from) return [from, to];
  if (low < from) return [from, from + length];
  return high > to ? [to - length, to] : [low, high];
}
