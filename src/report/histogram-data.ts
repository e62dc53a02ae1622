// SPDX-License-Identifier: Apache-2.0
import { drawnEdges } from '../baseline/display-edges.js';
import type { CategoryFrame, NumberFrame } from '../baseline/frame.js';
import type { CategoryPart, NumberPart } from '../profile/parts.js';
import type { CdfData, HistogramData } from './report.js';

/** Categories that a report lists by name; the rest is summed. */
const MAX_CATEGORIES = 60;
const MAX_CDF_POINTS = 256;

/** Equally wide bins between the frame's display edges: exact, since each is a sum of measured bins. */
export function numberHistogram(
  frame: NumberFrame,
  reference: NumberPart,
  current: NumberPart,
): HistogramData {
  return {
    edges: drawnEdges(frame),
    reference: displayCounts(frame, reference.counts),
    current: displayCounts(frame, current.counts),
  };
}

/** Both CDFs at the cuts (at most 256 of them); of a constant that moved, where both sides begin and end. */
export function numberCdf(frame: NumberFrame, reference: NumberPart, current: NumberPart): CdfData {
  const { min, max } = reference;
  // Of a side without values min is above max.
  if (frame.cuts.length === 2 && min === max && current.min <= current.max)
    if (current.min < min || current.max > min) return steps(min, current);
  const step = Math.max(1, (frame.cuts.length - 1) / (MAX_CDF_POINTS - 1));
  const at = Array.from({ length: Math.min(MAX_CDF_POINTS, frame.cuts.length) }, (_, i) =>
    Math.round(i * step),
  );
  const shares = (counts: Float64Array): number[] => {
    const below = cumulative(counts);
    const total = below[below.length - 1];
    return at.map((index) => (total === 0 ? 0 : below[index] / total));
  };
  return {
    x: at.map((index) => frame.cuts[index]),
    reference: shares(reference.counts),
    current: shares(current.counts),
  };
}

/** The only cuts are around the constant: the current rows below it and up to it are known, and where they begin and end. */
function steps(at: number, { min, max, counts }: NumberPart): CdfData {
  const [below, , total] = cumulative(counts);
  const points = [
    [min, min > at ? 1 : 0, 0],
    [at, 0, below / total],
    [at, 1, (below + counts[1]) / total],
    [max, max < at ? 0 : 1, 1],
  ].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
  const [x, reference, current] = [0, 1, 2].map((k) => points.map((point) => point[k]));
  return { x, reference, current };
}

/** Categories by change of share, largest first; what the reference never held is marked and named. */
export function categoryHistogram(
  frame: CategoryFrame,
  reference: CategoryPart,
  current: CategoryPart,
): HistogramData {
  const n = Math.max(1, presentOf(reference));
  const m = Math.max(1, presentOf(current));
  const rows = frame.categories.map((name, i) => ({
    name,
    reference: reference.counts[i],
    current: current.counts[i],
    unseen: false,
  }));
  for (const [name, count] of current.unseenNames) {
    rows.push({ name, reference: reference.unseenNames.get(name) ?? 0, current: count, unseen: true });
  }
  const change = (row: { reference: number; current: number }): number =>
    Math.abs(row.current / m - row.reference / n);
  rows.sort((a, b) => change(b) - change(a) || b.reference - a.reference || (a.name < b.name ? -1 : 1));
  const shown = rows.slice(0, MAX_CATEGORIES);
  const rest = (side: 'reference' | 'current', total: number): number =>
    total - shown.reduce((sum, row) => sum + row[side], 0);
  const others = {
    reference: rest('reference', presentOf(reference)),
    current: rest('current', presentOf(current)),
  };
  const withOthers = others.reference + others.current > 0;
  return {
    categories: [...shown.map((row) => row.name), ...(withOthers ? ['(other)'] : [])],
    unseen: shown.filter((row) => row.unseen).map((row) => row.name),
    reference: [...shown.map((row) => row.reference), ...(withOthers ? [others.reference] : [])],
    current: [...shown.map((row) => row.current), ...(withOthers ? [others.current] : [])],
  };
}

/** Rows with a value. */
export function presentOf(part: { rows: number; missing: number; unparsable: number }): number {
  return part.rows - part.missing - part.unparsable;
}

/** Below the first edge, between edges, from the last edge on. */
function displayCounts(frame: NumberFrame, counts: Float64Array): number[] {
  const below = cumulative(counts);
  const total = below[below.length - 1];
  const ends = Array.from(frame.display, (index) => below[index]);
  return [...ends, total].map((end, i) => end - (i === 0 ? 0 : ends[i - 1]));
}

/** cumulative[i] = rows under cuts[i]; the last is the total. */
function cumulative(counts: Float64Array): Float64Array {
  const sums = new Float64Array(counts.length);
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    sum += counts[i];
    sums[i] = sum;
  }
  return sums;
}
