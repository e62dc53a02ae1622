// SPDX-License-Identifier: Apache-2.0
import type { Density } from './density.js';

/** A closed line by places of the plane: x0, y0, x1, y1 … The first place is not repeated. */
export type Ring = readonly number[];

/**
 * Lines around all that is denser than `level`, between the middles of cells (marching squares). Beyond the border is
 * nothing, so every line closes; holes are rings of their own, for filling by the even-odd rule.
 */
export function contours(density: Density, level: number): Ring[] {
  const { columns, rows, cells, bounds } = density;
  const value = (column: number, row: number): number =>
    column < 0 || row < 0 || column >= columns || row >= rows ? 0 : (cells[row * columns + column] as number);
  const wide = columns + 2;
  // An edge of the squares by the corner it starts at: even numbers run right, odd ones run up.
  const edge = (column: number, row: number, up: 0 | 1): number => ((row + 1) * wide + column + 1) * 2 + up;
  const next = new Map<number, number>();
  for (let row = -1; row < rows; row++) {
    for (let column = -1; column < columns; column++) {
      const corners = [
        value(column, row),
        value(column + 1, row),
        value(column + 1, row + 1),
        value(column, row + 1),
      ] as const;
      let inside = 0;
      corners.forEach((corner, i) => {
        if (corner >= level && corner > 0) inside |= 1 << i;
      });
      if (inside === 0 || inside === 15) continue;
      const edges = [
        edge(column, row, 0),
        edge(column + 1, row, 1),
        edge(column, row + 1, 0),
        edge(column, row, 1),
      ] as const;
      for (const [from, to] of links(inside, corners, level))
        next.set(edges[from] as number, edges[to] as number);
    }
  }
  const place = (key: number): [number, number] => {
    const corner = Math.floor(key / 2);
    const column = (corner % wide) - 1;
    const row = Math.floor(corner / wide) - 1;
    const up = key % 2;
    const a = value(column, row);
    const b = value(column + 1 - up, row + up);
    const share = a === b ? 0.5 : Math.min(1, Math.max(0, (level - a) / (b - a)));
    return [
      bounds.left + ((column + 0.5 + (up === 0 ? share : 0)) / columns) * (bounds.right - bounds.left),
      bounds.bottom + ((row + 0.5 + (up === 1 ? share : 0)) / rows) * (bounds.top - bounds.bottom),
    ];
  };
  return rings(next, place);
}

/** From which side of a square to which the line runs (bottom, right, top, left), with the dense part on its left. */
function links(
  inside: number,
  corners: readonly [number, number, number, number],
  level: number,
): readonly (readonly [number, number])[] {
  // At a saddle the middle decides whether the two dense corners are one region.
  const joined = (corners[0] + corners[1] + corners[2] + corners[3]) / 4 >= level;
  if (inside === 5)
    return joined
      ? [
          [0, 1],
          [2, 3],
        ]
      : [
          [0, 3],
          [2, 1],
        ];
  if (inside === 10)
    return joined
      ? [
          [3, 0],
          [1, 2],
        ]
      : [
          [1, 0],
          [3, 2],
        ];
  return LINKS[inside] ?? [];
}

const LINKS: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  1: [[0, 3]],
  2: [[1, 0]],
  3: [[1, 3]],
  4: [[2, 1]],
  6: [[2, 0]],
  7: [[2, 3]],
  8: [[3, 2]],
  9: [[0, 2]],
  11: [[1, 2]],
  12: [[3, 1]],
  13: [[0, 1]],
  14: [[3, 0]],
};

function rings(next: Map<number, number>, place: (key: number) => [number, number]): Ring[] {
  const found: number[][] = [];
  for (const start of [...next.keys()]) {
    if (!next.has(start)) continue;
    const ring: number[] = [];
    let key: number | undefined = start;
    while (key !== undefined && next.has(key)) {
      ring.push(...place(key));
      const following = next.get(key);
      next.delete(key);
      key = following;
    }
    if (ring.length >= 6) found.push(ring);
  }
  return found;
}
