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
  const { reference, current } = comparison;
  const { missing, added } = columnChanges(comparison);
  const checks: PendingCheck[] = missing.map((name) => ({
    feature: name,
    check: 'columnMissing',
    expected: 'a column of this name',
    observed: 'none',
    rows: current.profile.rows,
    severity: mayLack(name) ? 'info' : 'drift',
    failed: true,
  }));
  if (missing.length === 0) {
    checks.push({
      feature: null,
      check: 'columnMissing',
      expected: `${counted(reference.schema.length, 'column')} of the reference`,
      observed: 'all there',
      rows: 0,
      severity: 'drift',
      failed: false,
    });
  }
  checks.push({
    feature: null,
    check: 'columnAdded',
    expected: 'no further columns',
    observed: added.length === 0 ? 'none' : listed(added, 5),
    rows: 0,
    severity: 'info',
    failed: added.length > 0,
  });
  const before = new Map(reference.schema.map((field) => [field.name, field]));
  for (const field of current.schema) {
    const was = before.get(field.name);
    // A column without a value is of no type: that it is empty is told as such.
    if (
      was &&
      !isEmpty(comparison, field.name) &&
      (was.type !== field.type || !sameDeclaration(was, field))
    ) {
      checks.push({
        feature: field.name,
        check: 'type',
        expected: declaration(was),
        observed: declaration(field),
        rows: sameType(was, field) ? 0 : current.profile.rows,
        severity: sameType(was, field) ? 'info' : 'drift',
        failed: true,
      });
    }
  }
  const shared = new Set(current.schema.map(({ name }) => name));
  const order = reference.schema.filter(({ name }) => shared.has(name)).map(({ name }) => name);
  const now = current.schema.filter(({ name }) => before.has(name)).map(({ name }) => name);
  const moved = now.filter((name, i) => name !== order[i]);
  checks.push({
    feature: null,
    check: 'columnOrder',
    expected: 'columns in the order of the reference',
    observed:
      moved.length === 0 ? 'same order' : `${counted(moved.length, 'column')} elsewhere: ${listed(moved)}`,
    rows: 0,
    severity: 'info',
    failed: moved.length > 0,
  });
  return checks;
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
