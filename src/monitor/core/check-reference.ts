// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';
import { milliseconds } from '../durations.js';
import type { ReferenceSpec } from '../specs.js';

/** Rows that a reference of first rows may ask for. */
const MOST_ROWS = 10_000_000;

/** What was asked for, where it is a reference that can be. @throws SettingsError naming what is wrong */
export function checkedReference(spec: unknown): ReferenceSpec {
  if (spec === 'baseline') return spec;
  const { first, healthy, last } = Object(spec) as Record<string, unknown>;
  if (first !== undefined) {
    const isNumber = Number.isInteger(first) && (first as number) > 0 && (first as number) <= MOST_ROWS;
    return isNumber ? { first: first as number } : refused(`{ first: ${shown(first)} }`);
  }
  if (healthy !== undefined) {
    const { from, to } = Object(healthy) as Record<string, unknown>;
    const isSpan = typeof from === 'number' && typeof to === 'number' && from < to;
    return isSpan
      ? { healthy: { from, to } }
      : refused(`{ healthy: { from: ${shown(from)}, to: ${shown(to)} } }`);
  }
  if (last === undefined) return refused(shown(spec));
  const span = last as Extract<ReferenceSpec, { last: unknown }>['last'];
  return milliseconds(span, 'reference.last') > 0 ? { last: span } : refused(`{ last: ${shown(last)} }`);
}

function shown(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? JSON.stringify(value) : typeof value;
}

function refused(what: string): never {
  throw new DriftglassError(
    'SettingsError',
    `this reference cannot be: ${what}; give "baseline", { first: rows }, { last: "1d" } or { healthy: { from, to } }`,
  );
}
