// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingMap } from '../../../report/embedding-view.js';
import { formatCount, formatNumber, formatPoints, formatShare } from '../../internal/number-text.js';
import { contours, type Ring } from './contours.js';
import { densityOf, levelsOf } from './density.js';
import { type Hexagons, hexagons, shareDifference } from './hexagons.js';
import { type Bounds, boundsOf, type MapSize } from './map-frame.js';

/** The regions that hold so much of the reference are outlined. */
const REGION_SHARES = [0.95, 0.75, 0.5, 0.25] as const;
/** About so wide, px. */
const HEXAGON = 15;
const MOST_ACROSS = 64;
const TABLE_COLUMNS = 6;
const TABLE_ROWS = 4;

/** What follows from the places alone, and does not change while a person looks around. */
export interface Ground {
  readonly whole: Bounds;
  readonly regions: readonly (readonly Ring[])[];
  /** Middles of both sides: reference, current. */
  readonly means: readonly [readonly [number, number], readonly [number, number]];
  /** Current rows beyond the picture. */
  readonly outside: number;
}

export function groundOf({ reference, current }: EmbeddingMap): Ground {
  const whole = boundsOf([reference, current]);
  const density = densityOf(reference, whole);
  let outside = 0;
  for (let i = 0; i < current.x.length; i++) {
    const x = current.x[i] as number;
    const y = current.y[i] as number;
    if (!(x >= whole.left && x <= whole.right && y >= whole.bottom && y <= whole.top)) outside++;
  }
  return {
    whole,
    regions: levelsOf(density, REGION_SHARES).map((level) => contours(density, level)),
    means: [middle(reference), middle(current)],
    outside,
  };
}

function middle({ x, y }: { x: Float32Array; y: Float32Array }): [number, number] {
  let [sumX, sumY, n] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const sum = (x[i] as number) + (y[i] as number);
    if (!Number.isFinite(sum)) continue;
    sumX += x[i] as number;
    sumY += y[i] as number;
    n++;
  }
  return [sumX / n, sumY / n];
}

export function hexagonsOf(map: EmbeddingMap, whole: Bounds, size: MapSize): Hexagons {
  const across = Math.min(MOST_ACROSS, Math.max(8, Math.round(size.width / HEXAGON)));
  return hexagons(map, { bounds: whole, size, across });
}

/** The map in a few rectangles, largest change first: the table behind it. */
export function regionTable(map: EmbeddingMap, whole: Bounds): { head: string[]; rows: string[][] } {
  const width = (whole.right - whole.left) / TABLE_COLUMNS;
  const height = (whole.top - whole.bottom) / TABLE_ROWS;
  const count = ({ x, y }: { x: Float32Array; y: Float32Array }): Uint32Array => {
    const counts = new Uint32Array(TABLE_COLUMNS * TABLE_ROWS);
    for (let i = 0; i < x.length; i++) {
      const column = Math.floor(((x[i] as number) - whole.left) / width);
      const row = Math.floor(((y[i] as number) - whole.bottom) / height);
      if (!(column >= 0 && column < TABLE_COLUMNS && row >= 0 && row < TABLE_ROWS)) continue;
      const slot = row * TABLE_COLUMNS + column;
      counts[slot] = (counts[slot] as number) + 1;
    }
    return counts;
  };
  const reference = count(map.reference);
  const current = count(map.current);
  const rows = [map.reference.x.length, map.current.x.length] as const;
  const cells = { reference, current, rows } as Hexagons;
  const change = (slot: number): number =>
    (current[slot] as number) / Math.max(1, rows[1]) - (reference[slot] as number) / Math.max(1, rows[0]);
  return {
    head: [
      `${map.axes[0].name}, ${map.axes[1].name}`,
      'current rows',
      'reference',
      'current',
      'change',
      'beyond chance',
    ],
    rows: Array.from(reference.keys())
      .filter((slot) => (reference[slot] as number) + (current[slot] as number) > 0)
      .sort((a, b) => Math.abs(change(b)) - Math.abs(change(a)))
      .map((slot) => {
        const left = whole.left + (slot % TABLE_COLUMNS) * width;
        const bottom = whole.bottom + Math.floor(slot / TABLE_COLUMNS) * height;
        return [
          `${rangeText(left, left + width)}, ${rangeText(bottom, bottom + height)}`,
          formatCount(current[slot]),
          formatShare((reference[slot] as number) / Math.max(1, rows[0])),
          formatShare((current[slot] as number) / Math.max(1, rows[1])),
          formatPoints(change(slot)),
          shareDifference(cells, slot) === 0 ? 'no' : 'yes',
        ];
      }),
  };
}

export function rangeText(from: number, to: number): string {
  return `${formatNumber(from, 2)} to ${formatNumber(to, 2)}`;
}
