// SPDX-License-Identifier: Apache-2.0
import type { Report } from '../../src/report/report.js';
import type { Rating } from '../../src/verdict/verdict.js';
import { flightChecks } from './fixture-flights.js';
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

export { flightsReport } from './fixture-flights.js';
export { featureOf, reportOf, testOf, verdictOf } from './fixture-parts.js';

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
        advice:
          'Send discount under the old name (is it coupon and channel now?), or use a model that does without. See whether the source of basket_value changed or the world did.',
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
        ...flightChecks,
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
      advice: 'Check the unit of f12 upstream: miles may have become kilometres.',
    },
  });
}
