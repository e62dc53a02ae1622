// SPDX-License-Identifier: Apache-2.0
import { type Bounds, type MapSize, type Places, scaleOf } from './map-frame.js';

/** Hexagons of equal size that hold rows of either side. Counts are by hexagon. */
export interface Hexagons {
  /** Middles, in the units of the axes. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly reference: Uint32Array;
  readonly current: Uint32Array;
  /** All rows of each side, also those outside of the bounds. */
  readonly rows: readonly [reference: number, current: number];
  /** From the middle to a corner, in the units of each axis. */
  readonly radius: { readonly x: number; readonly y: number };
}

/** Fewer standard errors than this are within chance: of a thousand cells three would stand out by it. */
const CHANCE = 3;

/**
 * Counts both sides in hexagons with a corner at the top, `across` of them over the width at this size.
 * A place belongs to the nearest middle: two shifted lattices of rectangles are tried and the nearer one wins.
 */
export function hexagons(
  sides: { readonly reference: Places; readonly current: Places },
  { bounds, size, across }: { bounds: Bounds; size: MapSize; across: number },
): Hexagons {
  const scale = scaleOf(bounds, size);
  const dx = size.width / across;
  const dy = (dx * Math.sqrt(3)) / 2;
  const slots = new Map<number, number>();
  const middles: number[] = [];
  const counts: [number[], number[]] = [[], []];
  const wide = across * 2 + 8;
  [sides.reference, sides.current].forEach((side, which) => {
    for (let i = 0; i < side.x.length; i++) {
      const px = ((side.x[i] as number) - bounds.left) * scale.x;
      const py = (bounds.top - (side.y[i] as number)) * scale.y;
      if (!(px >= 0 && px < size.width && py >= 0 && py < size.height)) continue;
      const [column, row] = nearest(px / dx, py / dy);
      const key = row * wide + column * 2 + (row & 1);
      let slot = slots.get(key);
      if (slot === undefined) {
        slot = slots.size;
        slots.set(key, slot);
        middles.push(
          bounds.left + ((column + (row & 1) / 2) * dx) / scale.x,
          bounds.top - (row * dy) / scale.y,
        );
        counts[0].push(0);
        counts[1].push(0);
      }
      const list = counts[which as 0 | 1];
      list[slot] = (list[slot] as number) + 1;
    }
  });
  return {
    x: Float64Array.from({ length: slots.size }, (_, i) => middles[2 * i] as number),
    y: Float64Array.from({ length: slots.size }, (_, i) => middles[2 * i + 1] as number),
    reference: Uint32Array.from(counts[0]),
    current: Uint32Array.from(counts[1]),
    rows: [sides.reference.x.length, sides.current.x.length],
    radius: { x: dx / Math.sqrt(3) / scale.x, y: dx / Math.sqrt(3) / scale.y },
  };
}

/** Column and row of the nearest middle; odd rows are shifted by half a column. */
function nearest(x: number, y: number): [column: number, row: number] {
  const row = Math.round(y);
  const column = Math.round(x - (row & 1) / 2);
  const offX = x - (row & 1) / 2 - column;
  const offY = (y - row) * (Math.sqrt(3) / 2);
  if (Math.abs(offY) * 3 <= Math.sqrt(3) / 2) return [column, row];
  const other = row + (y > row ? 1 : -1);
  const otherColumn = Math.round(x - (other & 1) / 2);
  const otherX = x - (other & 1) / 2 - otherColumn;
  const otherY = (y - other) * (Math.sqrt(3) / 2);
  return otherX * otherX + otherY * otherY < offX * offX + offY * offY ? [otherColumn, other] : [column, row];
}

/** Share of the current rows less share of the reference rows in one hexagon; 0 where chance alone explains it. */
export function shareDifference({ reference, current, rows }: Hexagons, slot: number): number {
  const [n, m] = rows;
  const p = (reference[slot] ?? 0) / Math.max(1, n);
  const q = (current[slot] ?? 0) / Math.max(1, m);
  // Two rows more on either side (after Agresti and Caffo): a single row in an empty place is no discovery.
  const both = ((reference[slot] ?? 0) + (current[slot] ?? 0) + 4) / (n + m + 8);
  const error = Math.sqrt(both * (1 - both) * (1 / Math.max(1, n) + 1 / Math.max(1, m)));
  return Math.abs(q - p) > CHANCE * error ? q - p : 0;
}
