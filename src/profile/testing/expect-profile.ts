// SPDX-License-Identifier: Apache-2.0
import { expect } from 'vitest';
import type { Part, Profile } from '../parts.js';

export interface Comparing {
  /** Compare neighbours in time, which depend on where batches are split. Default true. */
  readonly neighbours?: boolean;
  /** Compare what only merges (extremes, distinct values, samples, tokens). Default true. */
  readonly merging?: boolean;
  /** Compare token counts, which depend on order beyond 256 tokens. Default true. */
  readonly tokens?: boolean;
}

/** Everything but f64 sums must be equal to the bit; sums to rounding. */
export function expectSameProfile(actual: Profile, expected: Profile, comparing: Comparing = {}): void {
  expect(actual.frameId).toBe(expected.frameId);
  expect([actual.rows, actual.skipped]).toEqual([expected.rows, expected.skipped]);
  expect([...actual.parts.keys()]).toEqual([...expected.parts.keys()]);
  for (const [name, part] of actual.parts) {
    const other = expected.parts.get(name)!;
    expect(plain(exactFacts(part, comparing)), name).toEqual(plain(exactFacts(other, comparing)));
    expectCloseSums(part, other);
  }
  const table = ({ duplicates, keys, ...counts }: Profile['table']) =>
    comparing.merging === false ? counts : { duplicates, keys, ...counts };
  expect(plain(table(actual.table))).toEqual(plain(table(expected.table)));
}

/** The same value with typed arrays as their bytes and maps as sorted entries: quick to compare, and to the bit. */
export function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return `${value.constructor.name} ${bytes.toString('latin1')}`;
  }
  if (value instanceof Map) return [...value].map(plain).sort();
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function exactFacts(part: Part, comparing: Comparing): unknown {
  const facts: Record<string, unknown> = { ...part };
  if (part.kind === 'number') {
    delete facts.sums;
    delete facts.binSums;
  }
  if (part.kind === 'text') {
    facts.length = exactFacts(part.length, comparing);
    facts.words = exactFacts(part.words, comparing);
    if (comparing.tokens === false) {
      delete facts.tokens;
      delete facts.tokenError;
    }
  }
  if (part.kind === 'time' && comparing.neighbours === false) {
    delete facts.pairs;
    delete facts.ordered;
  }
  if (comparing.merging === false) {
    for (const key of ['min', 'max', 'distinct', 'tokens', 'tokenCount', 'tokenError']) delete facts[key];
  }
  return facts;
}

/** Sums agree to rounding of their terms, which may have cancelled: Σ|d|^k ≤ n · (Σd²)^(k/2). */
function expectCloseSums(a: Part, b: Part): void {
  if (a.kind === 'text' && b.kind === 'text') {
    expectCloseSums(a.length, b.length);
    expectCloseSums(a.words, b.words);
  }
  if (a.kind !== 'number' || b.kind !== 'number') return;
  const squares = Math.max(a.sums[1] ?? 0, b.sums[1] ?? 0);
  a.sums.forEach((sum, k) => {
    expectClose(sum, b.sums[k]!, (a.rows + 1) * squares ** ((k + 1) / 2));
  });
  const largest = Math.max(Math.abs(a.min), Math.abs(a.max));
  a.binSums.forEach((sum, bin) => {
    expectClose(sum, b.binSums[bin]!, (a.rows + 1) * largest);
  });
}

function expectClose(actual: number, expected: number, scale: number): void {
  if (Object.is(actual, expected)) return;
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 * scale);
}
