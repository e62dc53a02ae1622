// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { Schema } from '../columns/schema.js';
import { columnChecks } from './checks/column-checks.js';
import { column, compareTables, normals, type Table } from './testing/compare-tables.js';

import { ROWS, table } from './testing/mixed-table.js';

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
  test('a label that is not there yet is no drift, nor is a column that is ignored', () => {
    const { size, colour } = table(2);
    const rows = (role: 'label' | 'ignore') =>
      compareTables(table(1), { size: size!, colour: colour! }, { settings: { columns: { few: { role } } } })
        .rated;
    const { summary, verdicts, checks } = rows('label');
    expect(summary).toMatchObject({ rating: 'stable', drift: [] });
    expect(verdicts.get('few')).toMatchObject({
      rating: 'notRated',
      sentence: 'Not rated: its labels have not come yet.',
    });
    expect(checks.find(({ check }) => check === 'columnMissing')).toMatchObject({
      feature: 'few',
      passed: false,
      severity: 'info',
    });
    expect(rows('ignore').summary.rating).toBe('stable');
  });
  test('a prediction that is not there is drift', () => {
    const { size, colour } = table(2);
    const settings = { columns: { few: { role: 'prediction' } } } as const;
    expect(compareTables(table(1), { size: size!, colour: colour! }, { settings }).rated.summary.rating).toBe(
      'drift',
    );
  });
  test('rows without one of their columns repeat nothing', () => {
    const id = (from: number) => column(2_000, (i) => from + i * 1.5);
    const few = column(2_000, (i) => i % 5);
    const found = failed({ few, id: id(0) }, { few });
    expect(found.map(({ check }) => check)).not.toContain('duplicateRows');
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
  test('text declares no width: a table of it is of no other type than a file of types', () => {
    const types = (was: string | undefined, now: string | undefined) => {
      const { comparison } = compareTables(table(1), table(2));
      const declared = (schema: Schema, word: string | undefined): Schema =>
        schema.map((field) =>
          field.name === 'size' && word !== undefined ? { ...field, declared: word } : field,
        );
      const { reference, current } = comparison;
      return columnChecks(
        {
          ...comparison,
          reference: { ...reference, schema: declared(reference.schema, was) },
          current: { ...current, schema: declared(current.schema, now) },
        },
        { mayLack: () => false },
      ).some(({ check }) => check === 'type');
    };
    for (const [was, now] of [
      ['int64', 'integer'],
      ['integer', 'uint8'],
      ['float64', undefined],
      [undefined, 'decimal(10, 2)'],
    ] as const)
      expect(types(was, now), `${was} to ${now}`).toBe(false);
    for (const [was, now] of [
      ['int64', 'int32'],
      ['integer', undefined],
      ['integer', 'float64'],
      ['float64', 'float32'],
    ] as const)
      expect(types(was, now), `${was} to ${now}`).toBe(true);
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
