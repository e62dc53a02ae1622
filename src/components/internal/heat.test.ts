// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { flightsReport } from '../../../test/look/fixture-report.js';
import { heatLevel, heatPaths, timedFeatures } from './heat.js';

test('pale until it matters', () => {
  const series = {
    metric: 'kolmogorovSmirnov',
    values: [0.01, 0.06, 0.07, 0.12, 0.3, Number.NaN, 0.2, 0.09],
    ratings: ['stable', 'stable', 'watch', 'watch', 'drift', 'unknown', 'notRated', 'unknown'] as const,
    threshold: 0.1,
    thresholdFrom: '',
  };
  expect(series.values.map((_, i) => heatLevel(series, i))).toEqual([0, 1, 2, 3, 4, -1, -1, -1]);
});

test('one path a level, and every window in exactly one of them', () => {
  const { features, windows } = flightsReport();
  const [worst, ...rest] = timedFeatures(features, windows);
  expect(worst?.name).toBe('delay');
  expect(rest.map(({ name }) => name)).toEqual(['origin', 'destination', 'distance']);
  const paths = heatPaths(worst!.series, windows, { x: (time) => time / 1e7, height: 22 });
  const cells = [...paths.values()].reduce((sum, path) => sum + (path.match(/M/g)?.length ?? 0), 0);
  expect(cells).toBe(windows.length);
});
