// SPDX-License-Identifier: Apache-2.0
import { gcd } from './special/gcd.js';

/**
 * Exact p of the two-sample Cramér–von Mises statistic (Xiao, Gordon & Yakovlev 2006): how many of the C(m+n, m) orders
 * have T at least as large. Counts of each value of Σ(i·lcm/m − j·lcm/n)² are carried along the lattice.
 * Meant for up to 20 rows a side (tens of ms at the worst sizes, remembered). Ties make it approximate, as in scipy.
 */
export function cramerVonMisesExactP(t: number, m: number, n: number): number {
  const lcm = (m / gcd(m, n)) * n;
  // Rounded down: a midrank value between two lattice values counts the lower one.
  const observed = Math.floor((t * (m + n) ** 2 * lcm * lcm) / (m * n) + 1e-6);
  const { values, counts } = nullDistribution(m, n);
  let atLeast = 0;
  let all = 0;
  for (let i = 0; i < values.length; i++) {
    all += counts[i];
    if (values[i] >= observed) atLeast += counts[i];
  }
  return atLeast / all;
}

/** Ascending values and how many orders have each. */
interface Cell {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** Columns of one file mostly share their sizes. */
const remembered = new Map<string, Cell>();
const REMEMBERED = 16;

function nullDistribution(m: number, n: number): Cell {
  const key = `${m} ${n}`;
  let cell = remembered.get(key);
  if (!cell) {
    cell = walk(m, n);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(key, cell);
  }
  return cell;
}

function walk(m: number, n: number): Cell {
  const lcm = (m / gcd(m, n)) * n;
  const none: Cell = { values: new Float64Array(0), counts: new Float64Array(0) };
  let row: Cell[] = [];
  for (let i = 0; i <= m; i++) {
    const next: Cell[] = [];
    for (let j = 0; j <= n; j++) {
      const square = ((i * lcm) / m - (j * lcm) / n) ** 2;
      next.push(
        i === 0 && j === 0
          ? { values: Float64Array.of(0), counts: Float64Array.of(1) }
          : joined(i > 0 ? row[j] : none, j > 0 ? next[j - 1] : none, square),
      );
    }
    row = next;
  }
  return row[n];
}

/** Both cells' values plus `square`, counts of equal values added. */
function joined(a: Cell, b: Cell, square: number): Cell {
  const values = new Float64Array(a.values.length + b.values.length);
  const counts = new Float64Array(values.length);
  let size = 0;
  for (let i = 0, j = 0; i < a.values.length || j < b.values.length; size++) {
    const fromA = i < a.values.length ? a.values[i] : Number.POSITIVE_INFINITY;
    const fromB = j < b.values.length ? b.values[j] : Number.POSITIVE_INFINITY;
    values[size] = Math.min(fromA, fromB) + square;
    if (fromA <= fromB) counts[size] += a.counts[i++];
    if (fromB <= fromA) counts[size] += b.counts[j++];
  }
  return { values: values.slice(0, size), counts: counts.slice(0, size) };
}
