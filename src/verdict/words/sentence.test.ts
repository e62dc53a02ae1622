// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { FeatureComparison } from '../../distances/comparison.js';
import { rateComparison } from '../rate-report.js';
import { DEFAULT_SETTINGS } from '../settings.js';
import { column, compareTables, normals } from '../testing/compare-tables.js';

test('with rows enough and bins too coarse, does not ask for rows', () => {
  // What lies within a bin is not known, however many rows there are.
  const normal = normals(3);
  const values = column(12_000, () => Math.exp(3 * normal()));
  const { comparison } = compareTables({ x: values }, { x: values.map((x) => x * 1.02) });
  const [feature] = comparison.features as [FeatureComparison];
  const kolmogorovSmirnov = { ...feature.distances.kolmogorovSmirnov!, value: 0.01, lower: 0, upper: 0.048 };
  const coarse = {
    ...comparison,
    features: [{ ...feature, distances: { ...feature.distances, kolmogorovSmirnov } }],
  };
  const verdict = rateComparison(coarse, DEFAULT_SETTINGS).verdicts.get('x')!;
  expect(verdict.rating).toBe('unknown');
  expect(verdict.sentence).toContain("the baseline's bins are too coarse");
});

test('an outlier does not round away what was usual', () => {
  const normal = normals(4);
  const values = column(3000, () => 0.5 + 0.1 * normal());
  const { rated } = compareTables({ x: values }, { x: values.map((x) => 70 + 40 * x) });
  const expected = new Map(rated.checks.map(({ check, expected }) => [check, expected]));
  for (const name of ['mean', 'sd', 'range']) {
    const [low, high] = expected.get(name)!.replaceAll('−', '-').split(' … ').map(Number) as [number, number];
    expect(high - low).toBeGreaterThan(0);
    expect(high).toBeLessThan(1);
  }
});

test('a placeholder is told as what happened, without the quantiles that it pushes aside', () => {
  const age = column(3000, (i) => 18 + (i % 70));
  const { rated } = compareTables({ x: age }, { x: age.map((x, i) => (i % 5 === 0 ? -999 : x)) });
  expect(rated.verdicts.get('x')!.sentence).toBe(
    '20 % of values are −999, where the reference begins at 18.',
  );
});

test('of categories only what was found is said: not what chance does to the others', () => {
  const shares = (shift: number, other: (i: number) => string | null) =>
    column(3000, (i) => other(i) ?? 'abcd'[(i * 7 + (i % 9 < shift ? 1 : 0)) % 4]!);
  const reference = shares(0, () => null);
  const said = (current: (string | null)[]) =>
    compareTables({ x: reference }, { x: current }).rated.verdicts.get('x')!.sentence;
  const gone = shares(1, () => null).map((value, i) => (i % 20 === 0 ? null : value));
  expect(said(gone)).toBe('Missing values rose from 0 % to 5 %.');
  expect(said(shares(1, (i) => (i % 40 === 0 ? 'e' : null)))).toBe('1 new one (e) holds 2.5 % of rows.');
});
