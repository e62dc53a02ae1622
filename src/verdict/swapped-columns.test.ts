// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { randomFrom } from '../distances/special/random.js';
import { swappedColumns } from './swapped-columns.js';
import { column, compareTables, normals, type Table } from './testing/compare-tables.js';

const ROWS = 2_000;

/** Ages, hours and incomes, of other rows for each seed. */
function people(seed: number): Record<'age' | 'hours' | 'income', number[]> {
  const normal = normals(seed);
  return {
    age: column(ROWS, () => Math.max(17, Math.round(38 + 13 * normal()))),
    hours: column(ROWS, (i) => (i % 3 === 0 ? 40 + Math.round(5 * normal()) : 40)),
    income: column(ROWS, () => Math.exp(10 + normal())),
  };
}

/** Jobs and towns by Zipf's law. */
function places(seed: number): Record<'job' | 'town', string[]> {
  const random = randomFrom(seed);
  const draw = (name: string) => column(ROWS, () => `${name} ${Math.floor(8 * random() ** 2)}`);
  return { job: draw('job'), town: draw('town') };
}

function swaps(reference: Table, current: Table): [string, string][] {
  const { rated } = compareTables(reference, current);
  return [...rated.verdicts].flatMap(([name, { swappedWith }]): [string, string][] =>
    swappedWith === undefined ? [] : [[name, swappedWith]],
  );
}

test('two columns of numbers, whichever they are, and the one that stayed is none of them', () => {
  const { age, hours, income } = people(2);
  const { rated } = compareTables(people(1), { age: hours, hours: age, income });
  expect(rated.summary.drift).toEqual(['age', 'hours']);
  expect(rated.verdicts.get('age')).toMatchObject({
    swappedWith: 'hours',
    sentence: 'Holds the values that hours had in the reference; the two look swapped.',
    advice: 'See upstream whether age and hours were swapped.',
  });
  expect(rated.verdicts.get('hours')?.advice).toBe('See upstream whether age and hours were swapped.');
  expect(rated.verdicts.get('income')).not.toHaveProperty('swappedWith');
});

test('two columns of names, in part unknown to each other', () => {
  const { job, town } = places(2);
  expect(swaps(places(1), { job: town, town: job })).toEqual([
    ['job', 'town'],
    ['town', 'job'],
  ]);
});

test('columns that go round hold no pair, and one that was copied over another is no swap', () => {
  const { age, hours, income } = people(2);
  expect(swaps(people(1), { age: hours, hours: income, income: age })).toEqual([]);
  expect(swaps(people(1), { age: hours, hours, income })).toEqual([]);
});

test('columns that drift by themselves look like no other', () => {
  const standard = (seed: number, shift: (i: number) => number): Table => {
    const normal = normals(seed);
    return Object.fromEntries(
      column(12, (i) => [`c${i}`, column(1_000, () => shift(i) + normal())] as const),
    );
  };
  // All drift alike; each drifts its own way; half up and half down.
  const unshifted = standard(1, () => 0);
  expect(
    swaps(
      unshifted,
      standard(2, () => 1),
    ),
  ).toEqual([]);
  expect(
    swaps(
      unshifted,
      standard(3, (i) => (i - 6) / 3),
    ),
  ).toEqual([]);
  expect(
    swaps(
      unshifted,
      standard(4, (i) => (i % 2 === 0 ? 1 : -1)),
    ),
  ).toEqual([]);
});

test('two flags say too little, even where their shares change places', () => {
  const flag = (share: number) => column(ROWS, (i) => (i % 100 < 100 * share ? 'yes' : 'no'));
  const [reference, current] = [
    { a: flag(0.2), b: flag(0.7) },
    { a: flag(0.7), b: flag(0.2) },
  ];
  expect(compareTables(reference, current).rated.summary.drift).toEqual(['a', 'b']);
  expect(swaps(reference, current)).toEqual([]);
});

test('of a table that is another one nothing is paired', () => {
  const { age, hours, income } = people(2);
  const { features } = compareTables(people(1), { age: hours, hours: age, income }).comparison;
  expect(swappedColumns(features).size).toBe(2);
  expect(swappedColumns(Array.from({ length: 201 }, (_, i) => features[i % 2]!)).size).toBe(0);
});
