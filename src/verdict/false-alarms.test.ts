// SPDX-License-Identifier: Apache-2.0
/** A small seeded version of bench/false-alarms: whole reports on two samples of one population. */
import { expect, test } from 'vitest';
import { randomFrom } from '../distances/special/random.js';
import { column, compareTables, normals, type Table } from './testing/compare-tables.js';

/** Heavy tails, ties, gaps, a rare flag, many rare categories, few categories. */
function table(rows: number, seed: number): Table {
  const normal = normals(seed);
  const random = randomFrom(seed + 7_919);
  const t3 = () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3);
  const base = column(rows, () => normal());
  return {
    heavy: column(rows, t3),
    tied: column(rows, () => Math.round(3 * normal()) / 2),
    gaps: column(rows, () => (random() < 0.05 ? null : normal())),
    flag: column(rows, () => (random() < 0.02 ? 1 : 0)),
    low: base,
    high: base.map((x) => x + Math.abs(normal())),
    zipf: column(rows, () => `c${Math.floor(2_000 ** random())}`),
    colour: column(rows, () => (random() < 0.7 ? 'red' : random() < 0.9 ? 'green' : 'blue')),
  };
}

test.each([
  [30, 30, 60],
  [400, 60, 40],
  [500, 500, 40],
])(
  '%i against %i rows, %i null reports: at most 1 %% alarm, within chance',
  (m, n, reports) => {
    let alarms = 0;
    for (let i = 0; i < reports; i++) {
      const { rated } = compareTables(table(m, 2 * i + 1), table(n, 2 * i + 2));
      const failed = rated.checks.some(({ passed, severity }) => !passed && severity !== 'info');
      if (failed || rated.summary.drift.length + rated.summary.watch.length > 0) alarms++;
    }
    // Binomial(60, .01) exceeds 4 less than once in a thousand (Binomial(40, .01): 3).
    expect(alarms).toBeLessThanOrEqual(reports === 60 ? 4 : 3);
  },
  60_000,
);
