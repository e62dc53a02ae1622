// SPDX-License-Identifier: Apache-2.0
import type { FeatureReport, WindowReport } from '../../src/report/report.js';
import { randomOf } from './fixture-parts.js';

const DAY = 86_400_000;
const WEEKS = 26;
export const JANUARY = Date.UTC(2001, 0, 1);

export const flightWindows: WindowReport[] = Array.from({ length: WEEKS }, (_, i) => ({
  side: i < 13 ? 'reference' : 'current',
  start: JANUARY + i * 7 * DAY,
  end: JANUARY + (i + 1) * 7 * DAY,
  rows: 110_000 + ((i * 7919) % 9000),
  rating: i >= 16 && i <= 18 ? 'drift' : 'stable',
}));

/** A feature over these weeks, with a bump in some of them. */
export function weekly(
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
