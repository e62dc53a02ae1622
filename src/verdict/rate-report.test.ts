// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../distances/special/random.js';
import { column, compareTables } from './testing/compare-tables.js';
import { ROWS, table } from './testing/mixed-table.js';

describe('a report', () => {
  test('on two samples of one population is stable, and says that it assumes independent rows', () => {
    const { rated } = compareTables(table(1), table(2));
    expect(rated.summary).toMatchObject({ rating: 'stable', drift: [], watch: [], unknown: [] });
    expect(rated.summary.stable).toEqual(['size', 'colour', 'few']);
    expect(rated.verdicts.get('size')!.sentence).toBe('No change worth mentioning.');
    expect(rated.checks.filter(({ passed }) => !passed)).toEqual([]);
    expect(rated.notes.join(' ')).toMatch(/assumes independent rows/i);
    expect(rated.windows).toEqual([]);
  });

  test('names the column that moved, by how much, and what the threshold was made of', () => {
    const current = { ...table(2), size: (table(2).size as number[]).map((x) => x + 1) };
    const { rated } = compareTables(table(1), current);
    expect(rated.summary).toMatchObject({ rating: 'drift', drift: ['size'], watch: [] });
    const verdict = rated.verdicts.get('size')!;
    expect(verdict.metric).toBe('kolmogorovSmirnov');
    expect(verdict.low).toBeGreaterThan(0.05);
    expect(verdict.threshold).toBe(0.05);
    expect(verdict.thresholdFrom).toMatch(
      /^tolerance 0\.05; sampling noise reaches 0\.0\d+ once in 100 reports$/,
    );
    expect(verdict.sentence).toMatch(/^The median rose from 10 to 1[01](\.\d+)?/);
    expect(verdict.adjustedPValue).toBeGreaterThanOrEqual(verdict.pValue);
    const mean = rated.checks.find(({ check, feature }) => check === 'mean' && feature === 'size')!;
    expect(mean).toMatchObject({ passed: false, severity: 'watch' });
  });

  test('watches what is real but within the tolerance', () => {
    const rows = 40_000;
    const current = { ...table(2, rows), size: (table(2, rows).size as number[]).map((x) => x + 0.18) };
    const verdict = compareTables(table(1, rows), current).rated.verdicts.get('size')!;
    expect(verdict.rating).toBe('watch');
    expect(verdict.value).toBeGreaterThan(0.025);
    expect(verdict.value).toBeLessThan(0.05);
  });

  test('is moved by tolerances, without measuring again', () => {
    const current = { ...table(2), size: (table(2).size as number[]).map((x) => x + 1) };
    const settings = {
      columns: { size: { tolerances: { kolmogorovSmirnov: 0.9, tail: 0.9, outOfRange: 0.9 } } },
    };
    const { rated } = compareTables(table(1), current, { settings });
    expect(rated.verdicts.get('size')!.rating).toBe('stable');
    const none = { tolerances: { kolmogorovSmirnov: 0 } };
    expect(compareTables(table(1), current, { settings: none }).rated.summary.drift).toEqual(['size']);
  });

  test('says how many rows it would take where there are too few', () => {
    const { rated } = compareTables(table(1, 300), table(2, 300));
    expect(rated.summary.unknown).toEqual(['size', 'colour', 'few']);
    const verdict = rated.verdicts.get('size')!;
    expect(verdict.sentence).toMatch(/too few rows to rule drift out: about [\d,]+ rows a side would do/);
    const unknown = verdict.tests.find(({ metric }) => metric === 'kolmogorovSmirnov')!;
    expect(unknown.rating).toBe('unknown');
    expect(unknown.rowsNeeded).toBeGreaterThan(2_000);
    expect(unknown.rowsNeeded).toBeLessThan(10_000);
    expect(rated.checks.find(({ check }) => check === 'rows')).toMatchObject({
      passed: false,
      severity: 'info',
    });
  });

  test('says what it saw where too few rows tell it from chance', () => {
    const current = { ...table(2, 120), size: (table(2, 120).size as number[]).map((x) => x + 1.1) };
    const verdict = compareTables(table(1, 120), current).rated.verdicts.get('size')!;
    expect(verdict.rating).toBe('unknown');
    expect(verdict.value).toBeGreaterThan(0.05);
    expect(verdict.sentence).toMatch(
      /^The median rose from .*: too few rows to tell this from chance \(about [\d,]+ rows a side would do\)\.$/,
    );
  });

  test('finds a disaster in 2 % of the rows that the main distance hides', () => {
    const current = {
      ...table(2),
      size: (table(2).size as number[]).map((x, i) => (i % 50 === 0 ? 1e9 : x)),
    };
    const { rated } = compareTables(table(1), current);
    const verdict = rated.verdicts.get('size')!;
    expect(verdict).toMatchObject({ rating: 'drift', metric: 'outOfRange' });
    expect(verdict.tests.find(({ metric }) => metric === 'kolmogorovSmirnov')!.value).toBeLessThan(0.05);
    expect(verdict.sentence).toMatch(/^2 % of values are 1\.0e9, where the reference ends at/);
    const range = rated.checks.find(({ check, feature }) => check === 'range' && feature === 'size')!;
    expect(range).toMatchObject({ passed: false, severity: 'drift', rows: ROWS / 50 });
  });

  test('watches, no more, what lies just beyond the range', () => {
    const whole = (seed: number, top: number) => {
      const random = randomFrom(seed);
      return { age: column(20_000, () => (random() < 0.01 ? top : Math.floor(94 * random()))) };
    };
    const { rated } = compareTables(whole(1, 94), whole(2, 95));
    expect(rated.verdicts.get('age')).toMatchObject({ rating: 'watch', metric: 'outOfRange' });
  });

  test('tells missing values from a change of values', () => {
    const current = {
      ...table(2),
      size: (table(2).size as number[]).map((x, i) => (i % 20 === 0 ? null : x)),
    };
    const { rated } = compareTables(table(1), current);
    const verdict = rated.verdicts.get('size')!;
    expect(verdict).toMatchObject({
      rating: 'drift',
      metric: 'missing',
      sentence: 'Missing values rose from 0 % to 5 %.',
    });
  });

  test('names categories that gained, lost and are new', () => {
    const random = randomFrom(7);
    const current = {
      ...table(2),
      colour: column(ROWS, () => (random() < 0.3 ? 'violet' : random() < 0.5 ? 'red' : 'green')),
    };
    const { rated } = compareTables(table(1), current);
    const verdict = rated.verdicts.get('colour')!;
    expect(verdict.rating).toBe('drift');
    expect(verdict.sentence).toMatch(/1 new one \(violet\) holds 3\d(\.\d)? % of rows/);
    expect(verdict.tests.map(({ metric }) => metric)).toEqual(['totalVariation', 'unseen', 'missing']);
    expect(
      rated.checks.find(({ check, feature }) => check === 'unseen' && feature === 'colour'),
    ).toMatchObject({ passed: false });
  });
});

test('codes are quoted in sentences', () => {
  const codes = (seed: number, share: number) => {
    const random = randomFrom(seed);
    return { code: column(9_000, () => (random() < share ? 1 : 2)) };
  };
  const { rated } = compareTables(codes(1, 0.5), codes(2, 0.7));
  expect(rated.verdicts.get('code')!.sentence).toMatch(
    /^“[12]” (grew|fell) from [45]\d(\.\d)? % to [2367]\d(\.\d)? %\.$/,
  );
});

describe('edge cases', () => {
  test.each([
    ['no current rows', [], { rating: 'unknown', metric: 'missing' }],
    ['one row', [3], { rating: 'unknown', metric: 'kolmogorovSmirnov' }],
    ['all missing', [null, null, null], { rating: 'drift', metric: 'missing', value: 1 }],
  ])('%s gives a report, not an error', (_, size, verdict) => {
    const { rated } = compareTables({ size: table(1, 500).size! }, { size });
    expect(rated.verdicts.get('size')).toMatchObject(verdict);
    for (const { value, pValue } of rated.verdicts.get('size')!.tests) {
      expect(value).not.toBeNaN();
      expect(pValue).toBeGreaterThanOrEqual(0);
    }
  });
  test('the same data twice', () => {
    const { rated } = compareTables(table(1), table(1));
    expect(rated.summary.rating).toBe('stable');
    for (const { tests } of rated.verdicts.values()) for (const { value } of tests) expect(value).toBe(0);
  });
  test('the same inputs give the same report', () => {
    const { comparison, rated, settings } = compareTables(table(1, 800), table(2, 800));
    expect(compareTables(table(1, 800), table(2, 800), { settings }).rated).toEqual(rated);
    expect(comparison.features).toHaveLength(3);
  });
});
