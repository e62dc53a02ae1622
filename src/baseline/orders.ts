// SPDX-License-Identifier: Apache-2.0
import type { Numbers } from '../kernels/kernels.js';

export interface OrderCandidate {
  readonly name: string;
  readonly type: 'number' | 'time';
  /** Sampled values, row-aligned with the other candidates; NaN where absent. */
  readonly values: Numbers;
}

/** Columns that are compared with each other. */
export const MAX_ORDER_COLUMNS = 20;
const MAX_PAIRS = 40;
/** Rows looked at; a pair that survives is verified on all sampled rows. */
const PROBE_ROWS = 2_000;
/** Pairs that are mostly equal are copies of each other, not an order. */
const MAX_TIES = 0.5;
/** Rows that would break the order if the two columns were unrelated: with 20, chance alone keeps it with e^−20. */
const EXPECTED_BREAKS = 20;
const FEWEST_ROWS = 30;

/**
 * Finds pairs a ≤ b that held on every sampled row and would not have by chance. Chance is measured by comparing a with
 * b of another row, so pairs whose ranges hardly overlap (they tell nothing) fall out by themselves.
 */
export function findOrders(candidates: readonly OrderCandidate[]): [string, string][] {
  const found: [string, string][] = [];
  for (const a of candidates) {
    for (const b of candidates) {
      if (a === b || a.type !== b.type || found.length >= MAX_PAIRS) continue;
      if (holds(a.values, b.values, PROBE_ROWS) && holds(a.values, b.values) && telling(a.values, b.values)) {
        found.push([a.name, b.name]);
      }
    }
  }
  return found;
}

function holds(a: Numbers, b: Numbers, rows = a.length): boolean {
  for (let i = 0; i < Math.min(rows, a.length); i++) if (a[i]! > b[i]!) return false;
  return true;
}

function telling(a: Numbers, b: Numbers): boolean {
  let both = 0;
  let ties = 0;
  let breaks = 0;
  // An odd stride near the golden section of n pairs each row with a far one.
  const shift = Math.max(1, Math.floor(a.length * 0.382));
  for (let i = 0; i < a.length; i++) {
    const other = b[(i + shift) % b.length]!;
    if (a[i]! <= b[i]!) both++;
    if (a[i]! === b[i]!) ties++;
    if (a[i]! > other) breaks++;
  }
  return both >= FEWEST_ROWS && ties <= MAX_TIES * both && breaks >= EXPECTED_BREAKS;
}
