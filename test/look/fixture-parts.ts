// SPDX-License-Identifier: Apache-2.0
import type { Distance } from '../../src/distances/distance.js';
import type { FeatureReport, Report } from '../../src/report/report.js';
import { DEFAULT_SETTINGS } from '../../src/verdict/settings.js';
import type { Rating, Test, Verdict } from '../../src/verdict/verdict.js';

/** Pieces of made-up reports, for screenshots and tests of the elements. Nothing here is measured. */

const none = { delta: 0, low: 0, high: 0, pValue: 1 };

/** Small seeded generator (mulberry32): the same pictures every time. */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const bell = (x: number, middle: number, width: number): number =>
  Math.exp(-(((x - middle) / width) ** 2) / 2);

/** Counts of a skewed bell over equal bins, and what lies beyond. */
export function skewed(
  edges: readonly number[],
  { middle, width, tail, rows }: { middle: number; width: number; tail: number; rows: number },
): number[] {
  const density = (x: number): number =>
    x < middle
      ? bell(x, middle, width)
      : bell(x, middle, width * 1.15) * 0.75 + 0.3 * Math.exp(-(x - middle) / tail);
  const step = (edges[1] as number) - (edges[0] as number);
  const inner = edges.slice(1).map((edge) => density(edge - step / 2));
  const below = inner[0] as number;
  const above = (inner.at(-1) as number) * (tail / step) * 1.6;
  const all = [below, ...inner, above];
  const total = all.reduce((sum, value) => sum + value, 0);
  return all.map((value) => Math.round((value / total) * rows));
}

export function cdfOf(edges: readonly number[], counts: readonly number[]): number[] {
  const total = counts.reduce((sum, value) => sum + value, 0);
  let seen = 0;
  return edges.map((_, i) => {
    seen += counts[i] as number;
    return seen / total;
  });
}

export function testOf(overrides: Partial<Test> = {}): Test {
  return {
    feature: 'delay',
    metric: 'kolmogorovSmirnov',
    value: 0.0447,
    low: 0.0431,
    high: 0.0463,
    tolerance: 0.05,
    pValue: 0,
    pMethod: 'asymptotic',
    adjustedPValue: 0,
    rating: 'watch',
    ...overrides,
  };
}

export function verdictOf(rating: Rating, overrides: Partial<Verdict> = {}): Verdict {
  return {
    metric: 'kolmogorovSmirnov',
    value: 0.004,
    low: 0.003,
    high: 0.006,
    threshold: 0.05,
    thresholdFrom: 'tolerance 0.05; sampling noise reaches 0.002 once in a hundred reports',
    tolerance: 0.05,
    pValue: 0.2,
    adjustedPValue: 0.8,
    rating,
    sentence: 'No change worth mentioning.',
    tests: [],
    ...overrides,
  };
}

export function featureOf(name: string, overrides: Partial<FeatureReport> = {}): FeatureReport {
  const side = { rows: 1_477_911, missing: 0, unparsable: 0 };
  return {
    name,
    kind: 'number',
    role: 'input',
    reference: side,
    current: { ...side, rows: 1_522_089 },
    distances: {},
    missingness: none,
    verdict: verdictOf('stable'),
    ...overrides,
  };
}

export const distance = (value: number, convention: string, more: Partial<Distance> = {}): Distance => ({
  value,
  exact: true,
  convention,
  ...more,
});

export function reportOf(features: readonly FeatureReport[], overrides: Partial<Report> = {}): Report {
  const named = (rating: Rating): string[] =>
    features.filter(({ verdict }) => verdict.rating === rating).map(({ name }) => name);
  const drift = named('drift');
  const watch = named('watch');
  return {
    schema: 1,
    driftglass: '0.1.0',
    level: 0.01,
    seed: 1,
    engine: { kernels: 'wasm', place: 'worker', workers: 2, mode: 'exact', milliseconds: 914, notes: [] },
    settings: DEFAULT_SETTINGS,
    baselineId: '7f3a90c2d1e45b66',
    reference: { name: 'January – March', rows: 1_477_911 },
    current: { name: 'April – June', rows: 1_522_089 },
    headline: { title: 'Nothing has drifted.', detail: '', advice: 'Nothing.' },
    summary: {
      rating: drift.length > 0 ? 'drift' : watch.length > 0 ? 'watch' : 'stable',
      drift,
      watch,
      unknown: named('unknown'),
      stable: named('stable'),
      notRated: features
        .filter(({ verdict }) => verdict.rating === 'notRated')
        .map(({ name, verdict }) => ({ name, reason: verdict.reason ?? '' })),
    },
    columns: { missing: [], added: [], changed: [] },
    features,
    checks: [],
    tests: [],
    windows: [],
    notes: [],
    ...overrides,
  };
}
