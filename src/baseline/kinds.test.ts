// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { type ColumnFacts, inferKind, inferRole } from './kinds.js';

const NUMBERS: ColumnFacts = {
  type: 'number',
  rows: 10_000,
  present: 10_000,
  distinct: 5_000,
  distinctOf: 10_000,
  integer: false,
  increasing: false,
  min: 0,
  max: 1e6,
  meanLength: 0,
  meanWords: 0,
};
const STRINGS: ColumnFacts = {
  ...NUMBERS,
  type: 'string',
  min: Number.NaN,
  max: Number.NaN,
  meanLength: 8,
  meanWords: 1,
};

describe('inferKind', () => {
  test.each<[string, Partial<ColumnFacts>, string]>([
    ['fractions', {}, 'number'],
    ['whole numbers with many values', { integer: true, distinct: 21 }, 'number'],
    ['whole numbers with 20 values', { integer: true, distinct: 20 }, 'category'],
    [
      '20 values in 99 rows: too few rows to call them categories',
      { integer: true, distinct: 20, distinctOf: 99 },
      'number',
    ],
    ['20 values in 100 rows', { integer: true, distinct: 20, distinctOf: 100 }, 'category'],
    ['6 values in 30 rows', { integer: true, distinct: 6, distinctOf: 30 }, 'category'],
    ['a constant', { integer: true, distinct: 1 }, 'number'],
    ['nothing at all', { integer: false, distinct: 0, distinctOf: 0, present: 0 }, 'number'],
    ['fractions with few values', { distinct: 4 }, 'number'],
    ['booleans', { type: 'boolean' }, 'boolean'],
    ['times', { type: 'time' }, 'time'],
    ['names', { type: 'string', meanLength: 30, meanWords: 4, distinct: 900 }, 'category'],
    ['reviews', { type: 'string', meanLength: 80, meanWords: 14, distinct: 9_800 }, 'text'],
    ['identifiers', { type: 'string', meanLength: 36, meanWords: 1, distinct: 10_000 }, 'category'],
  ])('%s', (_, facts, kind) => {
    expect(inferKind({ ...NUMBERS, ...facts }).kind).toBe(kind);
  });

  test('codes by name are categories with up to 1,000 values', () => {
    const facts = { ...NUMBERS, integer: true, distinct: 400 };
    expect(inferKind(facts, 'zip').kind).toBe('category');
    expect(inferKind(facts, 'store_code').kind).toBe('category');
    expect(inferKind(facts, 'encoded').kind).toBe('number');
    expect(inferKind({ ...facts, distinct: 1_001 }, 'zip').kind).toBe('number');
  });

  test('says why when there was something to decide', () => {
    expect(inferKind({ ...NUMBERS, integer: true, distinct: 3 }).reason).toBe('3 different whole numbers');
    expect(inferKind(NUMBERS).reason).toBeUndefined();
  });
});

describe('inferRole', () => {
  const role = (name: string, facts: Partial<ColumnFacts> = {}, names: readonly string[] = [name]) => {
    const all = { ...NUMBERS, ...facts };
    return inferRole(name, inferKind(all, name).kind, all, names).role;
  };

  test.each([
    'prediction',
    'Predicted',
    'pred',
    'y_pred',
    'y_hat',
    'score',
    'proba',
    'probability',
    'predicted_probability',
    'churn_score',
    'pred_class',
  ])('%s is a prediction', (name) => expect(role(name)).toBe('prediction'));

  test.each(['label', 'target', 'y', 'y_true', 'ground_truth', 'class', 'loan_label', 'target_amount'])(
    '%s is a label',
    (name) => expect(role(name)).toBe('label'),
  );

  test.each([
    'age',
    'yield',
    'scoreboard',
    'classroom',
    'targeted',
    'predecessor',
    'probate',
    'credit',
    'valid',
    'paid',
  ])('%s is an input', (name) => expect(role(name)).toBe('input'));

  test('y beside x is a coordinate', () => {
    expect(role('y', {}, ['x', 'y'])).toBe('input');
  });

  const distinct = { integer: true, distinct: 9_950 };
  test.each<[string, string, Partial<ColumnFacts>, string]>([
    ['whole numbers, distinct, named as a key', 'user_id', distinct, 'key'],
    ['camel case', 'userId', distinct, 'key'],
    ['below 99 % distinct', 'user_id', { integer: true, distinct: 9_890 }, 'input'],
    ['large measured amounts', 'revenue', { ...distinct, max: 1e9 }, 'input'],
    ['densely filled range', 'ticket', { ...distinct, max: 20_000 }, 'key'],
    ['counter', 'step', { ...distinct, increasing: true, max: 1e12 }, 'key'],
    ['distinct fractions', 'user_id', { distinct: 10_000 }, 'input'],
    ['few rows', 'user_id', { integer: true, distinct: 10, distinctOf: 10, present: 10, rows: 10 }, 'input'],
    ['distinct strings', 'session', { ...STRINGS, distinct: 10_000 }, 'key'],
    ['repeated strings', 'session_id', { ...STRINGS, distinct: 4_000 }, 'input'],
    [
      'text that never repeats',
      'review',
      { ...STRINGS, distinct: 10_000, meanLength: 90, meanWords: 12 },
      'input',
    ],
    ['times', 'created', { type: 'time' }, 'time'],
  ])('%s', (_, name, facts, expected) => {
    expect(role(name, facts)).toBe(expected);
  });
});
