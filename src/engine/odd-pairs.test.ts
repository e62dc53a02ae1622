// SPDX-License-Identifier: Apache-2.0
/** What a report says of pairs of files that people do drop: mixed up, cut down, not yet complete. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Report } from '../report/report.js';
import { reportSchema } from '../report/schema.js';
import { opened } from './testing/engines.js';
import { textFile, uniform } from './testing/tables.js';

type Row = readonly (string | number)[];

const NAMES = ['age', 'hours', 'school', 'job', 'town', 'paid'];
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(reportSchema);

/** People: whole numbers of many values, of few, incomes, names. */
function people(rows: number, seed: number): Row[] {
  const random = uniform(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: rows }, () => [
    Math.max(17, Math.round(38 + 13 * normal())),
    random() < 0.5 ? 40 : Math.round(40 + 8 * normal()),
    Math.floor(9 * random() ** 2),
    `job ${Math.floor(12 * random() ** 2)}`,
    `town ${Math.floor(7 * random() ** 2)}`,
    Math.exp(10 + normal()).toFixed(2),
  ]);
}

function csv(name: string, rows: readonly Row[], names: readonly string[] = NAMES) {
  return textFile(name, [names, ...rows].map((row) => row.join(',')).join('\n'));
}

async function compared(
  current: readonly Row[],
  { names, reference = people(12_000, 1) }: { names?: readonly string[]; reference?: readonly Row[] } = {},
): Promise<Report> {
  const engine = await opened(csv('a.csv', reference), csv('b.csv', current, names));
  const report = await engine.compare();
  const { data } = await engine.exportAs('json');
  expect(validate(JSON.parse(data as string)), JSON.stringify(validate.errors)).toBe(true);
  return report;
}

/** The rows, with these two columns in each other's place. */
function swapped(rows: readonly Row[], one: string, other: string): Row[] {
  const [i, j] = [NAMES.indexOf(one), NAMES.indexOf(other)];
  return rows.map((row) => row.map((cell, k) => row[k === i ? j : k === j ? i : k] ?? cell));
}

test.each([
  ['age', 'hours'],
  ['age', 'paid'],
  ['age', 'school'],
  ['job', 'town'],
])('%s and %s in each other’s place are told as that', async (one, other) => {
  const { headline, summary } = await compared(swapped(people(10_000, 2), one, other));
  expect(summary.drift.toSorted()).toEqual([one, other]);
  expect(headline.title).toMatch(/^Two of six features drifted: (\w+) and (\w+) look swapped\.$/);
  expect(headline.detail).toMatch(
    /^\w+: holds the values that \w+ had in the reference; the two look swapped\./,
  );
  expect(headline.detail.match(/look swapped/g)).toHaveLength(1);
  expect(headline.advice).toBe(`See upstream whether ${one} and ${other} were swapped.`);
});

test('unswapped columns, and columns that drift, are not called swapped', async () => {
  expect((await compared(people(10_000, 2))).headline.title).toBe('Nothing drifted.');
  const older = people(10_000, 2).map(([age, hours, ...rest]) => [
    Number(age) + 8,
    Number(hours) - 8,
    ...rest,
  ]);
  const { headline, features } = await compared(older);
  expect(headline.title).toBe('Two of six features drifted: hours and age.');
  expect(features.some(({ verdict }) => verdict.swappedWith !== undefined)).toBe(false);
});

test('fourteen rows: what they are too few for, and rows that would do', async () => {
  const { headline, features, summary } = await compared(people(14, 2));
  expect(summary.rating).toBe('unknown');
  expect(headline.title).toBe('14 current rows are too few to rule drift out.');
  // A handful of rows knows nothing of its own noise: no rows that would do are fewer than what any shares need.
  for (const { kind, verdict } of features)
    if (kind === 'category') expect(verdict.tests[0]?.rowsNeeded).toBeGreaterThanOrEqual(1_900);
  expect(headline.advice).toMatch(/^Compare again with about [\d,]+ rows a side\.$/);
  const single = await compared(people(1, 2));
  expect(single.headline.title).toBe('1 current row is too few to rule drift out.');
});

test('labels that come later are no drift by their name or by their role; nothing else is lost for them', async () => {
  const named = (rows: readonly Row[]) => rows.map((row) => row.slice(0, 5));
  const names = [...NAMES.slice(0, 5), 'label'];
  const reference = csv('a.csv', people(12_000, 1), names);
  const current = csv('b.csv', named(people(10_000, 2)), names.slice(0, 5));
  const { headline, summary, checks } = await (await opened(reference, current)).compare();
  expect(summary).toMatchObject({ rating: 'stable', drift: [] });
  expect(summary.notRated).toContainEqual({ name: 'label', reason: 'its labels have not come yet' });
  expect(headline).toEqual({
    title: 'Nothing drifted.',
    detail: 'No feature changed by more than your tolerance. Labels have not come yet: label.',
    advice: 'Nothing.',
  });
  expect(checks.filter(({ passed, severity }) => !passed && severity !== 'info')).toEqual([]);
});

test('files without a common column are asked about, labels or not', async () => {
  const reference = csv('a.csv', people(2_000, 1), [...NAMES.slice(0, 5), 'label']);
  const current = csv('b.csv', people(2_000, 2), ['a', 'b', 'c', 'd', 'e', 'f']);
  expect((await (await opened(reference, current)).compare()).headline).toMatchObject({
    title: 'No column is in both: are these the right files?',
    detail: expect.not.stringContaining('Labels'),
    advice: 'Check that both files are of the same kind.',
  });
});

test('beside a prediction, a column that is gone may be the label', async () => {
  const names = [...NAMES.slice(0, 4), 'prediction', 'churned'];
  const reference = csv('a.csv', people(12_000, 1), names);
  const rows = people(10_000, 2).map((row) => row.slice(0, 5));
  const report = await (await opened(reference, csv('b.csv', rows, names.slice(0, 5)))).compare();
  expect(report.summary.drift).toEqual(['churned']);
  expect(report.headline.advice).toBe(
    'Send churned again, or use a model that does without. If one is a label that comes later, give it that role.',
  );
  expect(report.notes).toContain('Joint drift not tested: churned is missing.');
});

test('the same file twice is asked about, and what to do then', async () => {
  const rows = people(12_000, 1);
  expect((await compared(rows, { reference: rows })).headline).toEqual({
    title: 'Nothing drifted.',
    detail: 'No value differs between the two sides: is this the same file twice?',
    advice: 'If it is, open the one that you meant. Else nothing.',
  });
});

test('names of 200 kB are cut where they are told', async () => {
  const names = ['n'.repeat(200_000), ...NAMES.slice(1)];
  const reference = csv('a.csv', people(2_000, 1), names);
  const rows = people(2_000, 2).map(([age, ...rest]) => [Number(age) + 20, ...rest]);
  const { headline } = await (await opened(reference, csv('b.csv', rows, names))).compare();
  for (const text of Object.values(headline)) expect(text.length).toBeLessThan(600);
  const gone = await (await opened(reference, csv('b.csv', rows))).compare();
  for (const text of Object.values(gone.headline)) expect(text.length).toBeLessThan(600);
});
