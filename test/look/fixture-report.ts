// SPDX-License-Identifier: Apache-2.0
import type { Distance } from '../../src/distances/distance.js';
import type { FeatureReport, Report, WindowReport } from '../../src/report/report.js';
import { DEFAULT_SETTINGS } from '../../src/verdict/settings.js';
import type { Check, Rating, Test, Verdict } from '../../src/verdict/verdict.js';

/** Reports with made-up but plausible numbers, for screenshots and tests of the elements. Nothing here is measured. */

const DAY = 86_400_000;
const none = { delta: 0, low: 0, high: 0, pValue: 1 };

/** Small seeded generator (mulberry32): the same pictures every time. */
function randomOf(seed: number): () => number {
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
function skewed(
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

function cdfOf(edges: readonly number[], counts: readonly number[]): number[] {
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

const distance = (value: number, convention: string, more: Partial<Distance> = {}): Distance => ({
  value,
  exact: true,
  convention,
  ...more,
});

const WEEKS = 26;
const JANUARY = Date.UTC(2001, 0, 1);

export const flightWindows: WindowReport[] = Array.from({ length: WEEKS }, (_, i) => ({
  side: i < 13 ? 'reference' : 'current',
  start: JANUARY + i * 7 * DAY,
  end: JANUARY + (i + 1) * 7 * DAY,
  rows: 110_000 + ((i * 7919) % 9000),
  rating: i >= 16 && i <= 18 ? 'drift' : 'stable',
}));

function weekly(
  seed: number,
  scale: number,
  bump: readonly number[] = [],
): NonNullable<FeatureReport['series']> {
  const random = randomOf(seed);
  const values = flightWindows.map((_, i) => 0.012 + random() * scale + (bump.includes(i) ? 0.085 : 0));
  const threshold = 0.105;
  return {
    metric: 'kolmogorovSmirnov',
    values,
    ratings: values.map((value) => (value > threshold ? 'drift' : value > 0.075 ? 'watch' : 'stable')),
    threshold,
    thresholdFrom: 'what the reference’s own weeks reach, and the noise of 115,000 rows',
    band: [0.01, 0.07],
  };
}

function delay(): FeatureReport {
  const edges = Array.from({ length: 61 }, (_, i) => -40 + i * 2);
  const reference = skewed(edges, { middle: -2, width: 13, tail: 26, rows: 1_477_911 });
  const current = skewed(edges, { middle: -4, width: 12, tail: 26, rows: 1_522_089 });
  return featureOf('delay', {
    role: 'label',
    reference: {
      rows: 1_477_911,
      missing: 0,
      unparsable: 0,
      nan: 0,
      infinite: 0,
      distinct: 1021,
      mean: 7.61,
      sd: 32.3,
      min: -1233,
      max: 1688,
      quantiles: {
        '0.01': -30,
        '0.05': -20,
        '0.1': -15,
        '0.25': -8,
        '0.5': 0,
        '0.75': 12,
        '0.9': 36,
        '0.95': 63,
        '0.99': 137,
      },
    },
    current: {
      rows: 1_522_089,
      missing: 0,
      unparsable: 0,
      nan: 0,
      infinite: 0,
      distinct: 1054,
      mean: 6.2,
      sd: 32.8,
      min: -1116,
      max: 1423,
      quantiles: {
        '0.01': -31,
        '0.05': -20,
        '0.1': -16,
        '0.25': -9,
        '0.5': -2,
        '0.75': 10,
        '0.9': 32,
        '0.95': 59,
        '0.99': 141,
      },
    },
    histogram: { edges, reference, current },
    cdf: { x: edges, reference: cdfOf(edges, reference), current: cdfOf(edges, current) },
    series: weekly(3, 0.055, [16, 17, 18]),
    distances: {
      kolmogorovSmirnov: distance(0.0447, 'greatest CDF gap', {
        low: 0.0431,
        high: 0.0463,
        pValue: 0,
        pMethod: 'asymptotic',
        at: 2,
      }),
      kuiper: distance(0.0451, 'greatest gap up plus greatest gap down', {
        pValue: 0,
        pMethod: 'asymptotic',
      }),
      wasserstein: distance(1.83, 'area between the CDFs, in units of the column', { low: 1.76, high: 1.9 }),
      wassersteinNormalized: distance(0.0567, 'over the reference sd of 32.3'),
      energy: distance(0.197, 'as scipy defines it'),
      totalVariation: distance(0.046, '64 merged bins', { exact: false, lower: 0.046, upper: 0.058 }),
      jensenShannon: distance(0.0412, 'distance, base 2, 20 equal-mass bins of the reference', {
        exact: false,
        lower: 0.0401,
        upper: 0.0533,
      }),
      hellinger: distance(0.0346, '20 equal-mass bins of the reference', { exact: false }),
      populationStability: distance(0.0093, '20 equal-mass bins; null mean 0.00003', { exact: false }),
      kullbackLeibler: distance(
        0.0047,
        'current against reference, nats; unbounded where a bin empties, so it raises no alarm',
        { exact: false },
      ),
    },
    verdict: verdictOf('watch', {
      value: 0.0447,
      low: 0.0431,
      high: 0.0463,
      pValue: 0,
      adjustedPValue: 0,
      sentence: 'The median fell from 0 to −2; the worst 1 % grew from 137 to 141.',
      tests: [
        testOf(),
        testOf({
          metric: 'tail',
          value: 0.0009,
          low: 0.0004,
          high: 0.0014,
          tolerance: 0.01,
          pValue: 0.00003,
          adjustedPValue: 0.0004,
          rating: 'stable',
          pMethod: 'exact binomial',
        }),
        testOf({
          metric: 'outOfRange',
          value: 0,
          low: 0,
          high: 0.000003,
          tolerance: 0.001,
          pValue: 1,
          adjustedPValue: 1,
          rating: 'stable',
          pMethod: 'exact binomial',
        }),
        testOf({
          metric: 'missing',
          value: 0,
          low: 0,
          high: 0.000003,
          tolerance: 0.01,
          pValue: 1,
          adjustedPValue: 1,
          rating: 'stable',
          pMethod: 'exact',
        }),
      ],
    }),
  });
}

const AIRPORTS = [
  'DFW',
  'ORD',
  'ATL',
  'LAX',
  'PHX',
  'STL',
  'DTW',
  'MSP',
  'IAH',
  'LAS',
  'DEN',
  'SFO',
  'PHL',
  'EWR',
  'CLT',
  'BOS',
  'SLC',
  'SEA',
  'MCO',
  'PIT',
];

function airports(name: string, seed: number): FeatureReport {
  const random = randomOf(seed);
  const reference = AIRPORTS.map((_, i) => Math.round(80_000 / (1 + i * 0.13)));
  const current = reference.map((rows) => Math.round(rows * (0.97 + random() * 0.07)));
  const unseen = ['ACY', 'AKN', 'DLG', 'GST', 'LWB'];
  return featureOf(name, {
    kind: 'category',
    reference: { rows: 1_477_911, missing: 0, unparsable: 0, distinct: 224 },
    current: { rows: 1_522_089, missing: 0, unparsable: 0, distinct: 229 },
    histogram: {
      categories: [...AIRPORTS, ...unseen, '(other)'],
      unseen,
      reference: [...reference, 0, 0, 0, 0, 0, 520_000],
      current: [...current, 700, 420, 260, 140, 94, 540_000],
    },
    unseen: { delta: 0.00106, low: 0.001, high: 0.0011, pValue: 0 },
    distances: {
      totalVariation: distance(0.015, 'half the sum of differences, debiased by 0.004', {
        low: 0.0141,
        high: 0.0158,
        pValue: 0,
        pMethod: 'permutation (999)',
      }),
      lInfinity: distance(0.0031, 'greatest change of one category'),
      jensenShannon: distance(0.018, 'distance, base 2'),
      cramersV: distance(0.0212, 'from χ², 229 categories'),
    },
    series: weekly(seed, 0.03),
    verdict: verdictOf('stable', {
      metric: 'totalVariation',
      value: 0.015,
      low: 0.0141,
      high: 0.0158,
      pValue: 0,
      adjustedPValue: 0,
      sentence: 'Same airports; 5 new ones (ACY, AKN, DLG, GST, LWB) hold 0.1 % of rows.',
      tests: [
        testOf({
          feature: name,
          metric: 'totalVariation',
          value: 0.015,
          low: 0.0141,
          high: 0.0158,
          rating: 'stable',
        }),
      ],
    }),
  });
}

function hours(): FeatureReport {
  const edges = Array.from({ length: 25 }, (_, i) => i);
  const shape = edges.slice(1).map((h) => (h < 6 ? 2 : h < 22 ? 60 + 9 * Math.sin(h) : 20) * 1000);
  return featureOf('date', {
    kind: 'time',
    role: 'time',
    reference: {
      rows: 1_477_911,
      missing: 0,
      unparsable: 0,
      min: JANUARY,
      max: Date.UTC(2001, 2, 31, 23, 59),
    },
    current: {
      rows: 1_522_089,
      missing: 0,
      unparsable: 0,
      min: Date.UTC(2001, 3, 1),
      max: Date.UTC(2001, 5, 30, 23, 59),
    },
    histogram: {
      edges,
      reference: [0, ...shape, 0],
      current: [0, ...shape.map((rows, i) => Math.round(rows * (1 + 0.03 * Math.cos(i)))), 0],
    },
    verdict: verdictOf('notRated', {
      reason: 'time column: its gaps and rhythm are tested instead',
      sentence: 'Same daily rhythm.',
    }),
  });
}

function miles(): FeatureReport {
  const edges = Array.from({ length: 41 }, (_, i) => i * 70);
  const reference = skewed(edges, { middle: 380, width: 240, tail: 560, rows: 1_477_911 });
  const current = skewed(edges, { middle: 384, width: 240, tail: 560, rows: 1_522_089 });
  return featureOf('distance', {
    histogram: { edges, reference, current },
    cdf: { x: edges, reference: cdfOf(edges, reference), current: cdfOf(edges, current) },
    distances: {
      kolmogorovSmirnov: distance(0.004, 'greatest CDF gap', {
        at: 370,
        pValue: 2e-9,
        pMethod: 'asymptotic',
      }),
    },
    series: weekly(11, 0.02),
    verdict: verdictOf('stable', { pValue: 2e-9, adjustedPValue: 3e-8 }),
  });
}

const checks: Check[] = [
  {
    feature: 'origin',
    check: 'unseen',
    expected: 'the 224 airports of the reference',
    observed: '5 new ones: ACY, AKN, DLG, GST, LWB',
    rows: 1614,
    severity: 'watch',
    passed: false,
  },
  ...['delay', 'distance'].map(
    (feature): Check => ({
      feature,
      check: 'range',
      expected: 'between −1,233 and 1,688',
      observed: 'all inside',
      rows: 0,
      severity: 'watch',
      passed: true,
    }),
  ),
  {
    feature: 'date',
    check: 'gap',
    expected: 'no gap over 5 h',
    observed: 'longest 4 h',
    rows: 0,
    severity: 'watch',
    passed: true,
  },
  {
    feature: null,
    check: 'missing',
    expected: 'none in any column',
    observed: 'none',
    rows: 0,
    severity: 'watch',
    passed: true,
  },
  {
    feature: null,
    check: 'duplicateRows',
    expected: 'at most 0.4 %',
    observed: '0.3 %',
    rows: 4100,
    severity: 'watch',
    passed: true,
  },
];

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
    headline: { title: 'Nothing has drifted.', detail: '' },
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

/** The flights, as drawn. */
export function flightsReport(): Report {
  return reportOf([delay(), airports('origin', 5), airports('destination', 9), miles(), hours()], {
    headline: {
      title: 'One of five features is worth watching: delay has moved.',
      detail:
        'Nothing has drifted beyond your tolerance over the whole period. For three weeks from 23 April, delay drifted clearly, and came back.',
    },
    checks,
    tests: [
      testOf({
        feature: null,
        metric: 'jointMeans',
        value: 0.061,
        low: 0.058,
        high: 0.064,
        tolerance: 0.25,
        rating: 'stable',
        pMethod: 'asymptotic (χ²)',
      }),
      testOf({
        feature: null,
        metric: 'jointCorrelations',
        value: 0.012,
        low: 0.01,
        high: 0.014,
        tolerance: 0.15,
        pValue: 1e-9,
        adjustedPValue: 1e-8,
        rating: 'stable',
        pMethod: 'asymptotic',
      }),
    ],
    windows: flightWindows,
    notes: [
      'Weeks of the reference differ among themselves; that natural variation is part of the thresholds over time.',
    ],
  });
}

/** Every rating, awkward names, long sentences, columns lost and gained. */
export function mixedReport(): Report {
  const edges = Array.from({ length: 31 }, (_, i) => i);
  const counts = skewed(edges, { middle: 9, width: 3, tail: 4, rows: 4000 });
  const moved = skewed(edges, { middle: 13, width: 3, tail: 4, rows: 4000 });
  const small = { rows: 4000, missing: 0, unparsable: 0 };
  const drifted = featureOf('basket_value', {
    role: 'prediction',
    reference: {
      ...small,
      missing: 12,
      mean: 9.4,
      sd: 4.1,
      min: 0,
      max: 31,
      quantiles: { '0.05': 4, '0.5': 9.2, '0.95': 17.4 },
    },
    current: {
      ...small,
      missing: 370,
      mean: 13.1,
      sd: 4.2,
      min: 0.2,
      max: 36,
      quantiles: { '0.05': 7.6, '0.5': 12.9, '0.95': 20.8 },
    },
    missingness: { delta: 0.0895, low: 0.081, high: 0.098, pValue: 1e-88 },
    histogram: { edges, reference: counts, current: moved },
    cdf: { x: edges, reference: cdfOf(edges, counts), current: cdfOf(edges, moved) },
    distances: {
      kolmogorovSmirnov: distance(0.39, 'greatest CDF gap', {
        at: 10.5,
        low: 0.36,
        high: 0.42,
        pValue: 1e-260,
        pMethod: 'asymptotic',
      }),
    },
    verdict: verdictOf('drift', {
      value: 0.39,
      low: 0.36,
      high: 0.42,
      pValue: 1e-260,
      adjustedPValue: 1e-258,
      sentence: 'The median grew from 9.2 to 12.9, and 9.3 % of rows are missing where 0.3 % were.',
      tests: [
        testOf({
          feature: 'basket_value',
          value: 0.39,
          low: 0.36,
          high: 0.42,
          pValue: 1e-260,
          adjustedPValue: 1e-258,
          rating: 'drift',
        }),
      ],
    }),
  });
  const unknown = featureOf('a_rather_long_feature_name_with_<b>html</b>_in_it', {
    reference: { ...small, rows: 80 },
    current: { ...small, rows: 60 },
    histogram: {
      edges,
      reference: counts.map((n) => Math.round(n / 50)),
      current: counts.map((n) => Math.round(n / 66)),
    },
    verdict: verdictOf('unknown', {
      value: 0.11,
      low: 0,
      high: 0.29,
      pValue: 0.6,
      adjustedPValue: 1,
      sentence: 'Too few rows to tell: about 3,000 a side would do.',
      tests: [
        testOf({
          value: 0.11,
          low: 0,
          high: 0.29,
          pValue: 0.6,
          adjustedPValue: 1,
          rating: 'unknown',
          rowsNeeded: 3000,
        }),
      ],
    }),
  });
  const key = featureOf('order_id', {
    kind: 'category',
    role: 'key',
    verdict: verdictOf('notRated', { reason: 'a key: every value is different', sentence: '' }),
  });
  const html = featureOf('<img src=x onerror=alert(1)>', {
    kind: 'category',
    histogram: {
      categories: ['<script>alert(1)</script>', 'plain', ''],
      unseen: ['<script>alert(1)</script>'],
      reference: [0, 90, 10],
      current: [30, 60, 10],
    },
    verdict: verdictOf('watch', {
      metric: 'totalVariation',
      value: 0.041,
      low: 0.02,
      high: 0.06,
      pValue: 1e-5,
      adjustedPValue: 1e-4,
      sentence: 'A new category <script>alert(1)</script> holds 30 % of rows.',
    }),
  });
  return reportOf(
    [
      drifted,
      html,
      unknown,
      featureOf('items', { histogram: { edges, reference: counts, current: counts } }),
      key,
    ],
    {
      reference: { name: 'orders-2026-09.parquet', rows: 4000 },
      current: { name: 'orders-2026-10.csv.gz', rows: 4000 },
      headline: {
        title: 'basket_value has drifted, and a column is gone.',
        detail:
          'The change is far beyond sampling noise. One more feature is worth watching; for another there are too few rows to tell.',
      },
      columns: { missing: ['discount'], added: ['coupon', 'channel'], changed: ['zip'] },
      checks: [
        {
          feature: 'discount',
          check: 'columnMissing',
          expected: 'present',
          observed: 'missing',
          rows: 4000,
          severity: 'drift',
          passed: false,
        },
        ...checks,
      ],
      engine: {
        kernels: 'cpu',
        place: 'page',
        workers: 1,
        mode: 'certified',
        milliseconds: 84,
        notes: ['WebAssembly is forbidden on this page: the plain kernels were used.'],
      },
      notes: ['There is no time column: rows are assumed independent.'],
    },
  );
}

/** `columns` features, a few of them drifting. */
export function wideReport(columns = 1000): Report {
  const random = randomOf(42);
  const edges = Array.from({ length: 31 }, (_, i) => i);
  const features = Array.from({ length: columns }, (_, i) => {
    const rating: Rating =
      i < 7 ? 'drift' : i < 31 ? 'watch' : i < 60 ? 'unknown' : i % 97 === 0 ? 'notRated' : 'stable';
    const value = rating === 'drift' ? 0.2 - i * 0.012 : rating === 'watch' ? 0.045 : random() * 0.02;
    const middle = 6 + random() * 14;
    const reference = skewed(edges, { middle, width: 2 + random() * 3, tail: 4, rows: 10_000 });
    const current = skewed(edges, { middle: middle + value * 20, width: 3.5, tail: 4, rows: 10_000 });
    const low = Math.max(0, value - 0.012);
    return featureOf(`sensor_${String(i).padStart(4, '0')}`, {
      reference: { rows: 10_000, missing: i % 11 === 0 ? 130 : 0, unparsable: 0 },
      current: { rows: 10_000, missing: i % 11 === 0 ? 140 : 0, unparsable: 0 },
      histogram: { edges, reference, current },
      cdf: { x: edges, reference: cdfOf(edges, reference), current: cdfOf(edges, current) },
      distances: {
        kolmogorovSmirnov: distance(value, 'greatest CDF gap', { at: middle, low, high: value + 0.012 }),
      },
      verdict: verdictOf(rating, {
        value,
        low,
        high: value + 0.012,
        adjustedPValue: rating === 'stable' ? 1 : 1e-9,
        sentence:
          rating === 'stable'
            ? 'No change worth mentioning.'
            : `The median moved from ${middle.toFixed(1)} to ${(middle + value * 20).toFixed(1)}.`,
        ...(rating === 'notRated' ? { reason: 'constant and equal on both sides' } : {}),
      }),
    });
  });
  return reportOf(features, {
    reference: { name: 'week-40.parquet', rows: 10_000 },
    current: { name: 'week-41.parquet', rows: 10_000 },
    headline: {
      title: '7 of 1,000 features have drifted.',
      detail: '24 more are worth watching; for 29 there are too few rows to tell.',
    },
  });
}
