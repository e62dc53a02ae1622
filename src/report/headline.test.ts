// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Check } from '../verdict/verdict.js';
import { headline } from './headline.js';
import type { FeatureReport } from './report.js';

/** Features of which the first `drift` drifted. */
function told(
  count: number,
  drift: number,
  sentence = 'The median rose from 0 to 1.',
  missing: readonly string[] = [],
) {
  const features = Array.from({ length: count }, (_, i) => ({
    name: `f${i}`,
    reference: { rows: 300 },
    current: { rows: 200 },
    verdict: {
      rating: i < drift ? 'drift' : 'stable',
      value: i < drift ? 0.2 : 0,
      tolerance: 0.05,
      sentence,
    },
  })) as unknown as FeatureReport[];
  const names = features.map(({ name }) => name);
  return headline({
    features,
    summary: {
      rating: drift > 0 ? 'drift' : 'stable',
      // As the frame lists them; the report's own order is that of the features.
      drift: names.slice(0, drift).reverse(),
      watch: [],
      unknown: [],
      stable: names.slice(drift),
      notRated: [],
    },
    checks: [],
    columns: { missing, added: [], changed: [] },
    episodes: new Map(),
  });
}

test('counts in words up to ten, in figures beyond, never both in one sentence', () => {
  expect(told(5, 2).title).toBe('Two of five features drifted: f0 and f1.');
  expect(told(14, 2).title).toBe('2 of 14 features drifted: f0 and f1.');
  expect(told(3, 3).title).toBe('All three features drifted: f0, f1 and f2.');
  expect(told(3, 0)).toEqual({
    title: 'Nothing drifted.',
    detail: 'No feature changed by more than your tolerance.',
    advice: 'Nothing.',
  });
});

test('a sentence goes on after the name, with names and abbreviations as they are', () => {
  expect(told(2, 1).detail).toBe('f0: the median rose from 0 to 1.');
  expect(told(2, 1, 'NaN rose from 0 % to 2 %.').detail).toBe('f0: NaN rose from 0 % to 2 %.');
  expect(told(2, 1, '“Bern” grew from 1 % to 2 %.').detail).toBe('f0: “Bern” grew from 1 % to 2 %.');
});

test('sides without a common column are asked about, not listed', () => {
  expect(told(3, 3, 'The column is missing from the current data.', ['f0', 'f1', 'f2']).title).toBe(
    'No column is in both: are these the right files?',
  );
  expect(told(1, 1, '', ['f0']).title).toBe('A column is missing from the current data: f0.');
});

test('a name of any length takes forty characters', () => {
  const long = 'n'.repeat(5_000);
  const { title } = told(3, 2, 'The median rose from 0 to 1.', [long]);
  expect(title).toBe(`A column is missing from the current data: ${'n'.repeat(39)}….`);
});

test('labels that have not come are told, and are no missing column', () => {
  const side = { rows: 300 };
  const features = [
    { name: 'x', role: 'input', verdict: { rating: 'stable', value: 0.01, tolerance: 0.05, tests: [] } },
    { name: 'y', role: 'label', verdict: { rating: 'notRated', value: 0, tolerance: 0, tests: [] } },
  ].map((feature) => ({ ...feature, reference: side, current: side })) as unknown as FeatureReport[];
  const notRated = [{ name: 'y', reason: 'its labels have not come yet' }];
  const summary = { rating: 'stable', drift: [], watch: [], unknown: [], stable: ['x'], notRated } as const;
  const columns = { missing: ['y'], added: [], changed: [] };
  expect(headline({ features, summary, checks: [], columns, episodes: new Map() })).toEqual({
    title: 'Nothing drifted.',
    detail: 'No feature changed by more than your tolerance. Labels have not come yet: y.',
    advice: 'Nothing.',
  });
});

/** Features that are open, and why. */
function open(rows: readonly [number, number], ...sentences: readonly string[]) {
  const features = sentences.map((sentence, i) => ({
    name: `f${i}`,
    reference: { rows: rows[0] },
    current: { rows: rows[1] },
    verdict: { rating: 'unknown', value: 0.04, tolerance: 0.05, sentence, tests: [{ value: 0.04 }] },
  })) as unknown as FeatureReport[];
  const unknown = features.map(({ name }) => name);
  const summary = { rating: 'unknown', drift: [], watch: [], unknown, stable: [], notRated: [] } as const;
  const columns = { missing: [], added: [], changed: [] };
  return headline({ features, summary, checks: [], columns, episodes: new Map() });
}

test('a small file is told by its rows, and says what it shows besides', () => {
  const few =
    'No change beyond chance shows, but there are too few rows to rule drift out: about 1,900 rows a side would do.';
  const seen = '“a” fell from 80 % to 57 %: too few rows to tell this from chance.';
  expect(open([24_000, 14], few, seen)).toMatchObject({
    title: '14 current rows are too few to rule drift out.',
    detail: `f1: ${seen}`,
  });
  expect(open([1, 500], few).title).toBe('1 reference row is too few to rule drift out.');
  expect(open([9e5, 9e5], '53 reference weeks are too few to tell this.').title).toBe(
    'No drift shows, but it cannot be ruled out.',
  );
});

test('two columns that look swapped are told once', () => {
  const side = { rows: 300 };
  const pair = ['a', 'b'].map((name, i) => ({
    name,
    reference: side,
    current: side,
    verdict: {
      rating: 'drift',
      value: 0.3,
      tolerance: 0.05,
      sentence: `Holds the values of ${'ba'[i]}.`,
      advice: 'See upstream whether a and b were swapped.',
      swappedWith: 'ba'[i],
      tests: [{ value: 0.3 }],
    },
  })) as unknown as FeatureReport[];
  const summary = {
    rating: 'drift',
    drift: ['a', 'b'],
    watch: [],
    unknown: [],
    stable: [],
    notRated: [],
  } as const;
  const columns = { missing: [], added: [], changed: [] };
  expect(headline({ features: pair, summary, checks: [], columns, episodes: new Map() })).toEqual({
    title: 'Both features drifted: a and b look swapped.',
    detail: 'a: holds the values of b.',
    advice: 'See upstream whether a and b were swapped.',
  });
});

test('a missing column is told once', () => {
  expect(told(3, 2, 'The median rose from 0 to 1.', ['f0'])).toEqual({
    title: 'A column is missing from the current data: f0.',
    detail: 'f1: the median rose from 0 to 1.',
    advice: '',
  });
});

/** Two columns and a time column, with what a test says of them. */
function asked({
  value = 0,
  time = [0, 10, 20, 30],
  checks = [] as readonly Check[],
  notes = [] as readonly string[],
} = {}) {
  const side = { rows: 100 };
  const verdict = { rating: 'stable', value, tolerance: 0.05, sentence: '', tests: [{ value }] };
  const [first, last, from, to] = time;
  const features = [
    { name: 'a', kind: 'number', reference: side, current: side, verdict },
    { name: 'b', kind: 'number', reference: side, current: side, verdict },
    {
      name: 't',
      kind: 'time',
      reference: { ...side, min: first, max: last },
      current: { ...side, min: from, max: to },
      verdict: { ...verdict, rating: 'notRated', tests: [] },
    },
  ] as unknown as FeatureReport[];
  const rating = checks.length > 0 ? 'watch' : 'stable';
  const notRated = [{ name: 't', reason: 'time' }];
  const summary = { rating, drift: [], watch: [], unknown: [], stable: ['a', 'b'], notRated } as const;
  const columns = { missing: [], added: [], changed: [] };
  return headline({ features, summary, checks, columns, episodes: new Map(), notes });
}

test('a file that breaks off is asked about first, whatever else there is to say', () => {
  const cut = 'ends in the middle of a row (after 3 of 15 cells), which is left out: was the file cut off?';
  expect(asked({ notes: [`a.csv: ${cut}; delimiter ,`] })).toMatchObject({
    title: 'Nothing drifted.',
    detail: 'a.csv ends in the middle of a row: was it cut off?',
    advice: 'If so, compare again with all of it. Else nothing.',
  });
  expect(
    asked({ value: 0.01, notes: [`2 files: column x: not in a.csv; a.csv: delimiter ,; b.csv: ${cut}`] })
      .detail,
  ).toBe(
    'b.csv ends in the middle of a row: was it cut off? No feature changed by more than your tolerance.',
  );
  expect(asked({ value: 0.01, notes: [`a.csv: ${cut}`, `b.csv: ${cut}`] }).detail).toContain(
    'a.csv ends in the middle of a row: was it cut off? b.csv ends',
  );
  expect(asked({ notes: [`a.csv: ${cut}`, `2 files: a.csv: ${cut}`] }).detail).toBe(
    'a.csv ends in the middle of a row: was it cut off?',
  );
});

test('a file compared with itself, and files that were swapped, are asked about', () => {
  expect(asked()).toMatchObject({
    detail: 'No value differs between the two sides: is this the same file twice?',
    advice: 'If it is, open the one that you meant. Else nothing.',
  });
  expect(asked({ value: 1e-9 }).detail).toBe('No feature changed by more than your tolerance.');
  expect(asked({ value: 0.01, time: [20, 30, 0, 10] }).detail).toContain('were the files swapped?');
  expect(asked({ value: 0.01, time: [20, 30, 0, 20] }).detail).not.toContain('swapped');
});

test('a check that fails alone is told in words, with what was found', () => {
  const gap = {
    feature: 't',
    check: 'gap',
    expected: 'no gap longer than 2 hours',
    observed: 'longest 8 days',
  };
  const check = { ...gap, rows: 0, severity: 'watch', passed: false } as const;
  expect(asked({ value: 0.01, checks: [check] }).title).toBe(
    'No feature drifted, but a check is worth watching: t, gap: found longest 8 days, expected no gap longer than 2 hours.',
  );
});

test('of two features both', () => {
  expect(told(2, 2).title).toBe('Both features drifted: f0 and f1.');
});
