// SPDX-License-Identifier: Apache-2.0
import type { FeatureReport, Report } from '../../src/report/report.js';
import type { Check } from '../../src/verdict/verdict.js';
import { delay } from './fixture-flight-delay.js';
import { flightWindows, JANUARY, weekly } from './fixture-flight-weeks.js';
import {
  cdfOf,
  distance,
  featureOf,
  randomOf,
  reportOf,
  skewed,
  testOf,
  verdictOf,
} from './fixture-parts.js';

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

export const flightChecks: Check[] = [
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

/** The flights, as drawn. */
export function flightsReport(): Report {
  return reportOf([delay(), airports('origin', 5), airports('destination', 9), miles(), hours()], {
    headline: {
      title: 'One of five features is worth watching: delay has moved.',
      detail:
        'Nothing has drifted beyond your tolerance over the whole period. For three weeks from 23 April, delay drifted clearly, and came back.',
      advice:
        'Nothing yet; if it grows: see whether the source of delay changed or the world did. If the world, label new rows, and retrain if accuracy fell.',
    },
    checks: flightChecks,
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
