// SPDX-License-Identifier: Apache-2.0
import { type Bounds, type MapSize, moved, scaleOf, toPlane, zoomed } from './map-frame.js';

type Pixel = readonly [number, number];

/** Where on the map an event is, px from its upper left corner. */
export function pixelOf(event: MouseEvent): [number, number] {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

/** How two fingers moved: what lay under the middle between them goes along with it. */
export interface PinchStep {
  /** Times as far apart as before. */
  readonly factor: number;
  readonly from: Pixel;
  readonly to: Pixel;
}

/** Nearer than this two fingers tell nothing of how far apart they were, px. */
const NEAREST = 8;

/** Two fingers on the map. A mouse is one pointer and may be let go elsewhere: it is not told here. */
export class Pinch {
  readonly #at = new Map<number, Pixel>();

  /** Two fingers are down. */
  get on(): boolean {
    return this.#at.size === 2;
  }

  down({ pointerId, pointerType }: PointerEvent, at: Pixel): void {
    if (pointerType !== 'mouse' && this.#at.size < 2) this.#at.set(pointerId, at);
  }

  /** Undefined unless one of two fingers moved. */
  move({ pointerId }: PointerEvent, at: Pixel): PinchStep | undefined {
    if (!this.#at.has(pointerId)) return undefined;
    const before = [...this.#at.values()];
    this.#at.set(pointerId, at);
    const after = [...this.#at.values()];
    const [a, b, c, d] = [before[0], before[1], after[0], after[1]];
    if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
    return {
      factor: Math.max(NEAREST, distance(c, d)) / Math.max(NEAREST, distance(a, b)),
      from: middle(a, b),
      to: middle(c, d),
    };
  }

  /** True when it was one of two fingers. */
  up({ pointerId }: PointerEvent): boolean {
    const { on } = this;
    return this.#at.delete(pointerId) && on;
  }
}

/** What is in view after such a step, within `whole`. */
export function pinched(bounds: Bounds, whole: Bounds, size: MapSize, step: PinchStep): Bounds {
  const { factor, from, to } = step;
  const larger = zoomed(bounds, whole, { factor, at: toPlane(bounds, size, from) });
  const scale = scaleOf(larger, size);
  return moved(larger, whole, [(from[0] - to[0]) / scale.x, (to[1] - from[1]) / scale.y]);
}

function distance([ax, ay]: Pixel, [bx, by]: Pixel): number {
  return Math.hypot(ax - bx, ay - by);
}

function middle([ax, ay]: Pixel, [bx, by]: Pixel): Pixel {
  return [(ax + bx) / 2, (ay + by) / 2];
}
