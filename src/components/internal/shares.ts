// SPDX-License-Identifier: Apache-2.0
import type { HistogramData } from '../../report/report.js';

/** One side's counts as shares of that side's total, so that both sides can lie over each other. */
export interface Shares {
  readonly reference: readonly number[];
  readonly current: readonly number[];
  /** Largest share of either side; at least a hair above 0. */
  readonly peak: number;
}

function normalise(counts: readonly number[]): number[] {
  let total = 0;
  for (const count of counts) total += count;
  return counts.map((count) => (total > 0 ? count / total : 0));
}

export function shares(data: HistogramData): Shares {
  const reference = normalise(data.reference);
  const current = normalise(data.current);
  let peak = 1e-12;
  for (const share of reference) peak = Math.max(peak, share);
  for (const share of current) peak = Math.max(peak, share);
  return { reference, current, peak };
}

export interface CategoryChange {
  readonly name: string;
  readonly reference: number;
  readonly current: number;
  /** Counts. */
  readonly referenceRows: number;
  readonly currentRows: number;
  readonly delta: number;
  readonly unseen: boolean;
}

/** Categories by size of change, the largest first; `unseen` ones are marked wherever they fall. */
export function categoriesByChange(data: HistogramData): CategoryChange[] {
  const { reference, current } = shares(data);
  const unseen = new Set(data.unseen ?? []);
  return (data.categories ?? [])
    .map((name, i) => ({
      name,
      reference: reference[i] ?? 0,
      current: current[i] ?? 0,
      referenceRows: data.reference[i] ?? 0,
      currentRows: data.current[i] ?? 0,
      delta: (current[i] ?? 0) - (reference[i] ?? 0),
      unseen: unseen.has(name) || name === '(unseen)',
    }))
    .sort((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
}

/** A bin of a numeric histogram; the outer two have one open end. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly reference: number;
  readonly current: number;
}

/** Inner bins, and what lies beyond the drawn range on either side (absent when nothing does). */
export interface Bins {
  readonly inner: readonly Bin[];
  readonly below: Bin | undefined;
  readonly above: Bin | undefined;
  readonly peak: number;
}

export function bins(data: HistogramData): Bins | undefined {
  const edges = data.edges;
  if (edges === undefined || edges.length < 2 || data.reference.length !== edges.length + 1) return undefined;
  const { reference, current, peak } = shares(data);
  const bin = (i: number, from: number, to: number): Bin => ({
    from,
    to,
    reference: reference[i] ?? 0,
    current: current[i] ?? 0,
  });
  const last = edges.length;
  const first = edges[0] as number;
  const end = edges[last - 1] as number;
  const inner: Bin[] = [];
  for (let i = 1; i < last; i++) inner.push(bin(i, edges[i - 1] as number, edges[i] as number));
  const below = bin(0, Number.NEGATIVE_INFINITY, first);
  const above = bin(last, end, Number.POSITIVE_INFINITY);
  const holds = (side: Bin): boolean => side.reference > 0 || side.current > 0;
  return { inner, below: holds(below) ? below : undefined, above: holds(above) ? above : undefined, peak };
}
