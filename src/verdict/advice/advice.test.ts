// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import type { Settings } from '../settings.js';
import { column, compareTables, normals, type Table } from '../testing/compare-tables.js';
import type { Metric } from '../verdict.js';
import { overallAdvice } from './overall-advice.js';

const ROWS = 3000;
const normal = normals(11);
const distance = column(ROWS, () => Math.exp(6 + 0.8 * normal()));
const city = (i: number) => ['Bern', 'Basel', 'Zug'][i % 3]!;

/** Advice on `x`, and on the whole. `settings` may give roles. */
function advised(reference: Table[string], current: Table[string], settings: Partial<Settings> = {}) {
  const { rated } = compareTables({ x: reference }, { x: current }, { settings });
  const verdict = rated.verdicts.get('x')!;
  const role = settings.columns?.['x']?.role ?? 'input';
  const features = [{ name: 'x', role, ...verdict }];
  const { rating } = rated.summary;
  return {
    advice: verdict.advice,
    all: overallAdvice({ rating, features, checks: rated.checks, added: rated.columns.added }),
  };
}

test('a change of unit: check the unit', () => {
  const { advice, all } = advised(
    distance,
    distance.map((x) => x * 1.609344),
  );
  expect(advice).toBe('Check the unit of x upstream: miles may have become kilometres.');
  expect(all).toBe(advice);
  expect(
    advised(
      distance,
      distance.map((x) => x * 7),
    ).advice,
  ).toBe('Check the unit of x upstream: values are 7 times what they were.');
});

test('values where the reference has none: unit or encoding', () => {
  const far = column(ROWS, () => 1e5 + 900 * normal());
  expect(advised(distance, far).advice).toContain('Check the unit and encoding of x upstream');
});

test('one value in the reference: nothing that the model knows of it can have changed', () => {
  const { advice } = advised(
    column(ROWS, () => 0),
    column(ROWS, () => 1),
  );
  expect(advice).toBe('Leave x out, or take a reference in which it varies: there it had one value only.');
});

test('unseen categories: map or add; the same but for case: write them as before', () => {
  const known = column(ROWS, city);
  expect(
    advised(
      known,
      known.map((name, i) => (i % 9 === 0 ? 'Genf' : name)),
    ).advice,
  ).toBe('Map new categories of x (Genf) to known ones, or add them and retrain.');
  expect(
    advised(
      known,
      known.map((name) => name.toUpperCase()),
    ).advice,
  ).toBe('Write x as before: BERN, BASEL and ZUG differ only in case or spaces from known categories.');
});

test('one category for another that held as many rows: its new name', () => {
  const known = column(ROWS, city);
  const said = (current: string[]) => advised(known, current).advice;
  expect(said(known.map((name) => (name === 'Zug' ? 'Zug (ZG)' : name)))).toBe(
    'See whether “Zug (ZG)” is the new name of “Zug” in x. If so, write it as before.',
  );
  // Two went: which of them it would be is a guess.
  expect(said(known.map((name, i) => (name === 'Bern' ? name : i % 3 === 1 ? 'Genf' : 'Bern')))).toContain(
    'Map new categories of x (Genf)',
  );
});

test('one number far from the rest: a placeholder for none; near them or of several, no such thing', () => {
  const age = column(ROWS, (i) => 18 + (i % 70));
  const placed = (value: (i: number) => number) => age.map((x, i) => (i % 5 === 0 ? value(i) : x));
  const { advice } = advised(
    age,
    placed(() => -999),
  );
  expect(advice).toBe('See upstream whether −999 stands for no value in x. If so, send it empty.');
  expect(
    advised(
      age,
      placed(() => 0),
    ).advice,
  ).toContain('whether 0 stands for no value');
  expect(
    advised(
      age,
      placed(() => 90),
    ).advice,
  ).not.toContain('no value');
  expect(
    advised(
      age,
      placed((i) => -900 - i),
    ).advice,
  ).not.toContain('no value');
});

test('counts that grew are no other unit; years that became months are', () => {
  const visits = column(ROWS, (i) => 20 + ((i * 37) % 400));
  expect(
    advised(
      visits,
      visits.map((x) => Math.round(x * 1.6)),
    ).advice,
  ).toContain('changed or the world did');
  expect(
    advised(
      visits,
      visits.map((x) => x * 12),
    ).advice,
  ).toContain('years may have become months');
});

test('a column that is empty now is empty, not of another type', () => {
  const { rated } = compareTables({ x: distance }, { x: column(ROWS, () => null) });
  expect(rated.columns.changed).toEqual([]);
  const failed = rated.checks.filter(({ passed }) => !passed).map(({ check }) => check);
  expect(failed).toContain('missing');
  expect(failed).not.toContain('type');
});

test('absent values, one value only', () => {
  const holes = distance.map((x, i) => (i % 4 === 0 ? null : x));
  expect(advised(distance, holes).advice).toBe('Find out upstream why x is empty.');
  expect(advised(holes, distance).advice).toBe('See what fills x now, and train with it filled so.');
  expect(
    advised(
      distance,
      distance.map(() => 17),
    ).advice,
  ).toBe('Look at the source of x: it sends one value only.');
  const known = column(ROWS, city);
  expect(
    advised(
      known,
      known.map(() => 'Zug'),
    ).advice,
  ).toBe('Look at the source of x: it sends one value only.');
});

test('the world: label and retrain; of outputs by their role; extremes alone', () => {
  const moved = distance.map((x) => x + 260);
  expect(advised(distance, moved).advice).toBe(
    'See whether the source of x changed or the world did. If the world, label new rows, and retrain if accuracy fell.',
  );
  const as = (role: 'label' | 'prediction') => ({ columns: { x: { role } } });
  expect(advised(distance, moved, as('label')).advice).toContain('Recalibrate the scores');
  expect(advised(distance, moved, as('prediction')).advice).toContain('See which inputs drifted');
  const outliers = distance.map((x, i) => (i % 30 === 0 ? 1e7 + i : x));
  expect(advised(distance, outliers).advice).toContain('Look at rows with extreme x');
});

test('nothing changed: nothing to do; too few rows: how many would do', () => {
  const { advice, all } = advised(distance, distance);
  expect(advice).toBeUndefined();
  expect(all).toMatch(/^(Nothing\.|Compare again with about [\d,]+ rows a side\.)$/);
  const few = advised(distance.slice(0, 60), distance.slice(60, 120));
  expect(few.advice).toBeUndefined();
  expect(few.all).toMatch(/^Compare again with about [\d,]+ rows a side\.$/);
});

test('a column that is gone, under its own name or perhaps another', () => {
  const { rated } = compareTables({ x: distance, y: distance }, { x: distance, z: distance });
  const features = [...rated.verdicts].map(([name, verdict]) => ({
    name,
    role: 'input' as const,
    ...verdict,
  }));
  const { checks, columns, summary } = rated;
  const { rating } = summary;
  expect(overallAdvice({ rating, features, checks, added: columns.added })).toBe(
    'Send y under the old name (is it z now?), or use a model that does without.',
  );
  expect(overallAdvice({ rating, features, checks, added: [] })).toBe(
    'Send y again, or use a model that does without.',
  );
});

const worldly = (name: string) => `See whether the source of ${name} changed.`;

test('advice that differs in the name alone is given once; inputs come before what comes out', () => {
  const feature = (name: string, role: 'input' | 'prediction', advice = worldly(name)) => ({
    name,
    role,
    rating: 'drift' as const,
    metric: (name === 'dense_2' ? 'combined' : 'kolmogorovSmirnov') as Metric,
    advice,
  });
  const features = [
    feature('score', 'prediction', 'See which inputs drifted, or ask about score.'),
    feature('dense_2', 'input', 'Look at the newest rows of dense_2.'),
    feature('age', 'input'),
    feature('hour', 'input'),
    feature('origin', 'input', 'Map new categories of origin.'),
  ];
  const options = { rating: 'drift' as const, checks: [], added: [] };
  expect(overallAdvice({ ...options, features })).toBe(
    'See whether the source of age and hour changed. Map new categories of origin.',
  );
  expect(overallAdvice({ ...options, features: features.slice(0, 1) })).toBe(
    'See which inputs drifted, or ask about score.',
  );
});

test('a watch is not yet work', () => {
  const features = [
    {
      name: 'age',
      role: 'input' as const,
      rating: 'watch' as const,
      metric: 'kolmogorovSmirnov' as const,
      advice: worldly('age'),
    },
  ];
  expect(overallAdvice({ rating: 'watch', features, checks: [], added: [] })).toBe(
    'Nothing yet; if it grows: see whether the source of age changed.',
  );
});
