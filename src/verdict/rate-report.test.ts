// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../distances/special/random.js';
import { column, compareTables, normals, type Table } from './testing/compare-tables.js';

const ROWS = 12_000;

function table(seed: number, rows = ROWS): Table {
  const normal = normals(seed);
  const random = randomFrom(seed + 1_000);
  return {
    size: column(rows, () => 10 + 2 * normal()),
    colour: column(rows, () => (random() < 0.5 ? 'red' : random() < 0.6 ? 'green' : 'blue')),
    few: column(rows, () => Math.floor(4 * random())),
  };
}

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
    expect(verdict.sentence).toMatch(/2(\.\d+)? % lie above/i);
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

describe('columns that are not rated', () => {
  const ids = (from: number, rows = 2_000) => column(rows, (i) => `row ${from + i}`);
  const reasonOf = (reference: Table, current: Table, name: string, times: string[] = []) => {
    const { rated } = compareTables(reference, current, { times });
    return rated.summary.notRated.find((feature) => feature.name === name)?.reason;
  };
  const rest = (seed: number) => ({ size: table(seed, 2_000).size! });

  test('keys', () => {
    expect(reasonOf({ id: ids(0), ...rest(1) }, { id: ids(5_000), ...rest(2) }, 'id')).toMatch(/^key/);
  });
  test('counters', () => {
    const count = (from: number) => column(2_000, (i) => from + i);
    expect(reasonOf({ n: count(0), ...rest(1) }, { n: count(9_000), ...rest(2) }, 'n')).toMatch(
      /^(key|counter)/,
    );
  });
  test('constants that stay', () => {
    const same = column(2_000, () => 7);
    expect(reasonOf({ c: same, ...rest(1) }, { c: same, ...rest(2) }, 'c')).toMatch(/^constant/);
    const word = column(2_000, () => 'a');
    expect(reasonOf({ c: word, ...rest(1) }, { c: word, ...rest(2) }, 'c')).toMatch(/^constant/);
  });
  test('times, but their rhythm is tested', () => {
    const hour = 3_600_000;
    const time = (from: number, share: number) => {
      const random = randomFrom(from);
      return column(2_000, (i) => {
        const day = from + Math.floor(i / 50);
        return day * 24 * hour + Math.floor((random() < share ? 12 * random() : 24 * random()) * hour);
      });
    };
    const reference = { t: time(10_000, 0), ...rest(1) };
    expect(reasonOf(reference, { t: time(10_040, 0), ...rest(2) }, 't', ['t'])).toMatch(/^time/);
    const { rated } = compareTables(reference, { t: time(10_040, 0.7), ...rest(2) }, { times: ['t'] });
    expect(rated.verdicts.get('t')).toMatchObject({ rating: 'drift', metric: 'rhythm' });
    expect(rated.verdicts.get('t')!.sentence).toMatch(/^Rows come at other hours/);
  });
  test('free text, but its length is tested', () => {
    const words = ['the', 'train', 'to', 'town', 'was', 'late', 'again', 'and', 'cold', 'people', 'waited'];
    const text = (seed: number, length: number) => {
      const random = randomFrom(seed);
      return column(2_000, () =>
        column(length + Math.floor(6 * random()), () => words[Math.floor(11 * random())]!).join(' '),
      );
    };
    const reference = { note: text(1, 5), ...rest(1) };
    expect(reasonOf(reference, { note: text(2, 5), ...rest(2) }, 'note')).toMatch(/^free text/);
    const { rated } = compareTables(reference, { note: text(2, 9), ...rest(2) });
    expect(rated.verdicts.get('note')).toMatchObject({ rating: 'drift', metric: 'textLength' });
    expect(rated.verdicts.get('note')!.sentence).toMatch(/^The mean length grew from \d+/);
  });
  test('a key whose role is set to input is rated', () => {
    const { rated } = compareTables(
      { n: column(2_000, (i) => i) },
      { n: column(2_000, (i) => 9_000 + i) },
      {
        settings: { columns: { n: { role: 'input' } } },
      },
    );
    expect(rated.verdicts.get('n')!.rating).toBe('drift');
  });
});

describe('checks', () => {
  const failed = (reference: Table, current: Table) =>
    compareTables(reference, current).rated.checks.filter(({ passed }) => !passed);

  test('a constant that begins to vary is said to', () => {
    const { rated } = compareTables(
      { c: column(2_000, () => 2015), ...table(1, 2_000) },
      { c: column(2_000, (i) => 2016 + (i % 3)), ...table(2, 2_000) },
    );
    expect(rated.verdicts.get('c')).toMatchObject({
      rating: 'drift',
      sentence: 'The value was always 2015 and now runs from 2016 to 2018.',
    });
  });

  test('a constant that moves is drift', () => {
    const { rated } = compareTables(
      { c: column(500, () => 7), ...table(1, 500) },
      { c: column(500, () => 8), ...table(2, 500) },
    );
    expect(rated.verdicts.get('c')).toMatchObject({
      rating: 'drift',
      sentence: 'A constant moved from 7 to 8.',
    });
  });
  test('a stuck column', () => {
    const found = failed(table(1, 500), { ...table(2, 500), few: column(500, () => 3) });
    expect(found.find(({ check }) => check === 'constant')).toMatchObject({
      feature: 'few',
      severity: 'drift',
      observed: 'all 3',
    });
  });
  test('a missing column is drift, of the feature, the check and the report', () => {
    const { size, colour } = table(2);
    const { rated } = compareTables(table(1), { size: size!, colour: colour! });
    expect(rated.columns).toEqual({ missing: ['few'], added: [], changed: [] });
    expect(rated.summary.rating).toBe('drift');
    expect(rated.verdicts.get('few')).toMatchObject({
      rating: 'drift',
      sentence: 'The column is missing from the current data.',
    });
    expect(rated.checks.find(({ check }) => check === 'columnMissing')).toMatchObject({
      feature: 'few',
      passed: false,
      severity: 'drift',
    });
  });
  test('added columns and another order are told, and are no failure of the data', () => {
    const { size, colour, few } = table(2);
    const { rated } = compareTables(table(1), { colour: colour!, size: size!, few: few!, extra: few! });
    expect(rated.columns.added).toEqual(['extra']);
    expect(
      rated.checks.filter(({ passed }) => !passed).map(({ check, severity }) => [check, severity]),
    ).toEqual([
      ['columnAdded', 'info'],
      ['columnOrder', 'info'],
    ]);
    expect(rated.summary.rating).toBe('stable');
  });
  test('a column of another type', () => {
    const { rated } = compareTables(table(1), { ...table(2), size: column(ROWS, () => 'n/a') });
    expect(rated.columns.changed).toEqual(['size']);
    expect(rated.checks.find(({ check }) => check === 'type')).toMatchObject({
      feature: 'size',
      severity: 'drift',
      passed: false,
    });
  });
  test('rows that come twice', () => {
    const { size, colour, few } = table(2, 2_000);
    const twice = { size: [...size!, ...size!], colour: [...colour!, ...colour!], few: [...few!, ...few!] };
    const found = failed(table(1, 2_000), twice);
    expect(found.map(({ check }) => check)).toEqual(['duplicateRows']);
    expect(found[0]).toMatchObject({ observed: '50 %', rows: 2_000 });
  });
  test('keys that come twice', () => {
    const key = (from: number, step: number) => column(3_000, (i) => `k${from + Math.floor(i / step)}`);
    const found = failed({ id: key(0, 1), ...table(1, 3_000) }, { id: key(9_000, 2), ...table(2, 3_000) });
    expect(found.map(({ check, feature }) => [check, feature])).toEqual([['duplicateKeys', 'id']]);
  });
  test('an order that always held', () => {
    const pair = (seed: number, broken: number) => {
      const normal = normals(seed);
      const low = column(5_000, () => normal());
      return { low, high: low.map((x, i) => x + (i < broken ? -0.01 : Math.abs(normal()))) };
    };
    const found = failed(pair(1, 0), pair(2, 60));
    expect(found.find(({ check }) => check === 'order')).toMatchObject({
      expected: 'low ≤ high always',
      rows: 60,
    });
    expect(failed(pair(1, 0), pair(2, 0))).toEqual([]);
  });
  test('two columns that begin to rise together, though neither changes', () => {
    const pair = (seed: number, shared: number) => {
      const normal = normals(seed);
      const base = column(5_000, () => normal());
      const side = (): number[] => base.map((x) => shared * x + Math.sqrt(1 - shared ** 2) * normal());
      return { a: side(), b: side() };
    };
    const { rated } = compareTables(pair(1, 0), pair(2, 0.8));
    expect(rated.summary.drift).toEqual([]);
    const joint = rated.checks.find(({ check }) => check === 'jointCorrelations')!;
    expect(joint).toMatchObject({ passed: false, severity: 'drift' });
    expect(joint.observed).toMatch(/a with b, −?0\.0\d+ → 0\.6\d*/);
    expect(rated.summary.rating).toBe('drift');
  });
});

describe('edge cases', () => {
  test.each([
    ['no current rows', { size: [] }],
    ['one row', { size: [3] }],
    ['all missing', { size: [null, null, null] }],
  ])('%s gives a report, not an error', (_, current) => {
    const { rated } = compareTables({ size: table(1, 500).size! }, current as Table);
    expect(rated.verdicts.get('size')).toBeDefined();
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
