// SPDX-License-Identifier: Apache-2.0
/** Which failed checks are alerts of their own. */
import type { Check } from '../../verdict/verdict.js';
import type { AlertSubject } from '../alert.js';

/** What is simply so, and no matter of chance. */
const FACTS: ReadonlySet<string> = new Set(['columnMissing', 'type', 'rows']);
/** Rules across columns, and about keys, that no feature is asked about. */
const RULES: ReadonlySet<string> = new Set(['order', 'duplicateRows', 'duplicateKeys']);

/**
 * Facts and rules across columns. What else is checked of a feature its own questions answer. Joint drift is left out:
 * how far rows that hang together move all columns at once is not measured.
 */
export function isTold({ severity, passed, check }: Check): boolean {
  return !passed && severity === 'drift' && (FACTS.has(check) || RULES.has(check));
}

/** Told after two windows, not after k of m. */
export function isFact({ name }: AlertSubject): boolean {
  return FACTS.has(name.split(' ', 1)[0]!);
}

/** Features of which something simply is so: that is told, and their counts say no more. */
export function brokenFeatures(checks: readonly Check[]): ReadonlySet<string> {
  return new Set(
    checks.filter((check) => isTold(check) && FACTS.has(check.check)).flatMap(({ feature }) => feature ?? []),
  );
}

/** "columnMissing age"; "order departure ≤ arrival". */
export function checkSubject({ check, feature, expected }: Check): AlertSubject {
  const of = feature ?? (check === 'order' ? expected : undefined);
  return { kind: 'check', name: of === undefined ? check : `${check} ${of}` };
}
