// SPDX-License-Identifier: Apache-2.0
import type { FeatureReport } from '../../src/report/report.js';
import { weekly } from './fixture-flight-weeks.js';
import { cdfOf, distance, featureOf, skewed, testOf, verdictOf } from './fixture-parts.js';

/** The delay of the flights, the label: it has moved a little. */
export function delay(): FeatureReport {
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
