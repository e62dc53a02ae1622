// SPDX-License-Identifier: Apache-2.0
import type { CdfData } from '../../report/report.js';

/** A rising curve by points; x ascending. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** The curve between its points by straight lines, above a step where it is one; flat beyond its ends. */
export function curveAt({ x, y }: Curve, at: number): number {
  const next = x.findIndex((place) => place > at);
  if (next < 0) return y.at(-1) ?? 0;
  if (next === 0) return y[0] ?? 0;
  const left = x[next - 1] as number;
  const from = y[next - 1] ?? 0;
  return from + ((at - left) / ((x[next] as number) - left)) * ((y[next] ?? 0) - from);
}

/** Without the points that lie at no finite place; `null` when fewer than two are left. */
export function finiteCdf(cdf: CdfData | undefined): CdfData | null {
  if (cdf === undefined) return null;
  if (cdf.x.every(Number.isFinite)) return cdf.x.length < 2 ? null : cdf;
  const kept = cdf.x.flatMap((x, i) => (Number.isFinite(x) ? [i] : []));
  const pick = (values: readonly number[]): number[] => kept.map((i) => values[i] ?? Number.NaN);
  return kept.length < 2
    ? null
    : { x: pick(cdf.x), reference: pick(cdf.reference), current: pick(cdf.current) };
}

/**
 * The axis of the histogram beside it when there is one, so that both line up; else the curve's own. Steps are those of a constant
 * that moved, of which the histogram's bins say nothing: their axis is wider than the curve, so that they are seen.
 */
export function domainOf(cdf: CdfData, edges: readonly number[] | undefined): readonly [number, number] {
  const [from, to] = [cdf.x[0] as number, cdf.x.at(-1) as number];
  const own = [from, to] as const;
  const room = (to - from) / 10;
  if (cdf.x.some((x, i) => x === cdf.x[i - 1])) return [from - room, to + room];
  if (edges === undefined || edges.length < 2) return own;
  const beside = [edges[0] as number, edges.at(-1) as number] as const;
  return Number.isFinite(1 / (beside[1] - beside[0])) && Number.isFinite(beside[1] - beside[0])
    ? beside
    : own;
}

/** The points inside the domain, and where the curve enters and leaves it. */
export function within(curve: Curve, [from, to]: readonly [number, number]): (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [[from, curveAt(curve, from)]];
  curve.x.forEach((x, i) => {
    if (x > from && x < to) points.push([x, curve.y[i] ?? 0]);
  });
  points.push([to, curveAt(curve, to)]);
  return points;
}
