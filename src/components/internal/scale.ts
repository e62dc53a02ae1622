// SPDX-License-Identifier: Apache-2.0
/** Straight axes: where a value lies in pixels, and which round values to print below. */

export type Scale = (value: number) => number;

/** Maps [from, to] onto [start, end] px; a domain without a finite width maps to the middle. */
export function linear(domain: readonly [number, number], range: readonly [number, number]): Scale {
  const [from, to] = domain;
  const [start, end] = range;
  const slope = (end - start) / (to - from);
  // Also where the width is so small that a pixel is worth nothing.
  if (!(to > from) || !Number.isFinite(slope) || slope === 0) return () => (start + end) / 2;
  return (value) => start + (value - from) * slope;
}

/** About `count` round values (1, 2, 5 × 10^k apart) inside [from, to]. */
export function niceTicks(from: number, to: number, count: number): number[] {
  const span = to - from;
  if (!(span > 0) || !Number.isFinite(span) || count < 1) return Number.isFinite(from) ? [from] : [];
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const share = rough / power;
  const step = power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
  const ticks: number[] = [];
  const first = Math.ceil(from / step);
  const last = Math.floor(to / step);
  // Counted from 0: so far from 0 that steps are below one ulp, first + 1 is first.
  for (let k = 0; k <= last - first && k < 100; k++) {
    // 15 digits drop what multiplying leaves behind (3 × 0.1); far from 0 neighbours may then fall together.
    const tick = Number(((first + k) * step).toPrecision(15));
    if (tick !== ticks.at(-1)) ticks.push(tick);
  }
  return ticks;
}
