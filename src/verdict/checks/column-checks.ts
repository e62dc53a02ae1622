// SPDX-License-Identifier: Apache-2.0
/** The make-up of the table: columns missing, added, of another type or in another order; rows too few. */
import type { Field } from '../../columns/schema.js';
import type { Comparison } from '../../distances/comparison.js';
import { kolmogorovUpperQuantile } from '../../distances/special/kolmogorov.js';
import { roundedRows } from '../hypotheses/hypothesis.js';
import { counted, listed } from '../words/number-words.js';
import type { CheckContext, PendingCheck } from './pending-check.js';

export interface ColumnChanges {
  readonly missing: readonly string[];
  readonly added: readonly string[];
  readonly changed: readonly string[];
}

export function columnChanges(comparison: Comparison): ColumnChanges {
  const { reference, current } = comparison;
  const before = new Map(reference.schema.map((field) => [field.name, field]));
  return {
    missing: missingColumns(comparison),
    added: current.schema.filter(({ name }) => !before.has(name)).map(({ name }) => name),
    changed: current.schema
      .filter((field) => before.has(field.name) && !sameType(before.get(field.name)!, field))
      .filter(({ name }) => !isEmpty(comparison, name))
      .map(({ name }) => name),
  };
}

export function columnChecks(
  comparison: Comparison,
  { mayLack }: Pick<CheckContext, 'mayLack'>,
): PendingCheck[] {
  const { missing, added } = columnChanges(comparison);
  return [
    ...missingChecks(comparison, missing, mayLack),
    {
      feature: null,
      check: 'columnAdded',
      expected: 'no further columns',
      observed: added.length === 0 ? 'none' : listed(added, 5),
      rows: 0,
      severity: 'info',
      failed: added.length > 0,
    },
    ...typeChecks(comparison),
    orderCheck(comparison),
  ];
}

/** One for each column that is missing; one for all when none is. */
function missingChecks(
  { reference, current }: Comparison,
  missing: readonly string[],
  mayLack: CheckContext['mayLack'],
): PendingCheck[] {
  if (missing.length === 0) {
    return [
      {
        feature: null,
        check: 'columnMissing',
        expected: `${counted(reference.schema.length, 'column')} of the reference`,
        observed: 'all there',
        rows: 0,
        severity: 'drift',
        failed: false,
      },
    ];
  }
  return missing.map((name) => ({
    feature: name,
    check: 'columnMissing',
    expected: 'a column of this name',
    observed: 'none',
    rows: current.profile.rows,
    severity: mayLack(name) ? 'info' : 'drift',
    failed: true,
  }));
}

/** One for each column of another type. One without a value is of no type: that it is empty is told as such. */
function typeChecks(comparison: Comparison): PendingCheck[] {
  const { reference, current } = comparison;
  const before = new Map(reference.schema.map((field) => [field.name, field]));
  return current.schema.flatMap((field) => {
    const was = before.get(field.name);
    if (!was || isEmpty(comparison, field.name)) return [];
    const same = sameType(was, field);
    if (same && sameDeclaration(was, field)) return [];
    return [
      {
        feature: field.name,
        check: 'type',
        expected: declaration(was),
        observed: declaration(field),
        rows: same ? 0 : current.profile.rows,
        severity: same ? 'info' : 'drift',
        failed: true,
      } as const,
    ];
  });
}

/** Of the columns that both sides have. */
function orderCheck({ reference, current }: Comparison): PendingCheck {
  const names = (schema: readonly Field[]) => schema.map(({ name }) => name);
  const [before, now] = [new Set(names(reference.schema)), new Set(names(current.schema))];
  const order = names(reference.schema).filter((name) => now.has(name));
  const moved = names(current.schema)
    .filter((name) => before.has(name))
    .filter((name, i) => name !== order[i]);
  return {
    feature: null,
    check: 'columnOrder',
    expected: 'columns in the order of the reference',
    observed:
      moved.length === 0 ? 'same order' : `${counted(moved.length, 'column')} elsewhere: ${listed(moved)}`,
    rows: 0,
    severity: 'info',
    failed: moved.length > 0,
  };
}

function isEmpty({ current }: Comparison, name: string): boolean {
  const part = current.profile.parts.get(name);
  return part !== undefined && part.rows > 0 && part.missing === part.rows;
}

/** Vectors of another length are of another type. */
function sameType(a: Field, b: Field): boolean {
  return a.type === b.type && a.dimension === b.dimension;
}

/** Text declares no width: its numbers are as any that are whole as well, or not whole either. */
function sameDeclaration(a: Field, b: Field): boolean {
  const isWhole = ({ declared = '' }: Field) => /^u?int/.test(declared);
  const isText = ({ type, declared = 'integer' }: Field) => type === 'number' && declared === 'integer';
  return declaration(a) === declaration(b) || ((isText(a) || isText(b)) && isWhole(a) === isWhole(b));
}

function declaration({ type, declared, dimension }: Field): string {
  if (type === 'vector') return `vectors of ${counted(dimension ?? 0, 'number')}`;
  return declared === undefined || declared === type ? type : `${type} (${declared})`;
}

/** Rows at which the noise of KS is under its tolerance. No rows at all is a failure; few are worth a word. */
export function rowsCheck(
  { reference, current }: Comparison,
  { level, tolerance }: CheckContext,
): PendingCheck {
  const m = reference.profile.rows;
  const n = current.profile.rows;
  const limit = tolerance(null, 'kolmogorovSmirnov');
  const quantile = kolmogorovUpperQuantile(level);
  const enough = quantile * Math.sqrt(1 / Math.max(1, m) + 1 / Math.max(1, n)) <= limit;
  return {
    feature: null,
    check: 'rows',
    expected: `about ${counted(roundedRows(2 * (quantile / limit) ** 2), 'row')} a side or more`,
    observed: `${counted(m, 'row')} against ${counted(n, 'row')}`,
    rows: n,
    severity: m === 0 || n === 0 ? 'drift' : 'info',
    failed: !enough,
  };
}

/** Columns of the reference that the current side lacks. */
export function missingColumns({ reference, current }: Comparison): string[] {
  const held = new Set(current.schema.map(({ name }) => name));
  return reference.schema.filter(({ name }) => !held.has(name)).map(({ name }) => name);
}
