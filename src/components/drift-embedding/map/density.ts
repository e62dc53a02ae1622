// SPDX-License-Identifier: Apache-2.0
import type { Bounds, Places } from './map-frame.js';

/** How densely places lie, on a grid: rows of cells from the bottom up. */
export interface Density {
  readonly columns: number;
  readonly rows: number;
  /** Smoothed counts; they add up to what lies in the bounds, less what smoothing carries over the border. */
  readonly cells: Float32Array;
  readonly bounds: Bounds;
}

const COLUMNS = 120;
const ROWS = 84;
/** Widths of smoothing, in cells: below one cell steps would show, above the last clusters would melt. */
const NARROWEST = 1;
const WIDEST = 6;

/** A Gaussian kernel estimate; widths by Scott's rule (sd · n^(−1/6), an axis each), less a fifth: clusters widen the sd. */
export function densityOf({ x, y }: Places, bounds: Bounds): Density {
  const counts = new Float32Array(COLUMNS * ROWS);
  const perX = COLUMNS / (bounds.right - bounds.left);
  const perY = ROWS / (bounds.top - bounds.bottom);
  const sums = { n: 0, x: 0, xx: 0, y: 0, yy: 0 };
  for (let i = 0; i < x.length; i++) {
    const column = ((x[i] as number) - bounds.left) * perX;
    const row = ((y[i] as number) - bounds.bottom) * perY;
    if (!(column >= 0 && column < COLUMNS && row >= 0 && row < ROWS)) continue;
    const cell = Math.floor(row) * COLUMNS + Math.floor(column);
    counts[cell] = (counts[cell] as number) + 1;
    sums.n++;
    sums.x += column;
    sums.xx += column * column;
    sums.y += row;
    sums.yy += row * row;
  }
  const width = (sum: number, squares: number): number => {
    const variance = sums.n > 0 ? squares / sums.n - (sum / sums.n) ** 2 : 0;
    return Math.min(WIDEST, Math.max(NARROWEST, Math.sqrt(Math.max(0, variance)) * sums.n ** (-1 / 6) * 0.8));
  };
  const across = smooth(counts, {
    kernel: gaussian(width(sums.x, sums.xx)),
    count: COLUMNS,
    step: 1,
    lines: ROWS,
    lineStep: COLUMNS,
  });
  const cells = smooth(across, {
    kernel: gaussian(width(sums.y, sums.yy)),
    count: ROWS,
    step: COLUMNS,
    lines: COLUMNS,
    lineStep: 1,
  });
  return { columns: COLUMNS, rows: ROWS, cells, bounds };
}

function gaussian(sd: number): Float32Array {
  const reach = Math.ceil(3 * sd);
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sd * sd)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

function smooth(
  cells: Float32Array,
  line: { kernel: Float32Array; count: number; step: number; lines: number; lineStep: number },
): Float32Array {
  const { kernel, count, step, lines, lineStep } = line;
  const reach = (kernel.length - 1) / 2;
  const smoothed = new Float32Array(cells.length);
  for (let l = 0; l < lines; l++) {
    for (let i = 0; i < count; i++) {
      const value = cells[l * lineStep + i * step] as number;
      if (value === 0) continue;
      for (let k = Math.max(-reach, -i); k <= Math.min(reach, count - 1 - i); k++) {
        const at = l * lineStep + (i + k) * step;
        smoothed[at] = (smoothed[at] as number) + value * (kernel[k + reach] as number);
      }
    }
  }
  return smoothed;
}

/** The density above which `share` of the mass lies, for each share: the smallest such region's border. */
export function levelsOf({ cells }: Density, shares: readonly number[]): number[] {
  const sorted = Float32Array.from(cells).sort().reverse();
  const total = sorted.reduce((sum, value) => sum + value, 0);
  return shares.map((share) => {
    let sum = 0;
    for (const value of sorted) {
      sum += value;
      if (sum >= share * total) return value;
    }
    return 0;
  });
}
