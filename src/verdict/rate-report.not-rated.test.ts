// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../distances/special/random.js';
import { column, compareTables, type Table } from './testing/compare-tables.js';
import { table } from './testing/mixed-table.js';

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
