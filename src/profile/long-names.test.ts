// SPDX-License-Identifier: Apache-2.0
/** Names of any length: kept short, counted whole. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundedName } from '../baseline/bounded-name.js';
import type { CategoryFrame } from '../baseline/frame.js';
import { decodeProfile, encodeProfile } from './codec.js';
import { promoteCategories, rebase } from './promote.js';
import { frameOf, partOf, profileOf } from './testing/name-column.js';

/** A name of 200 kB; `end` alone tells it from the others. */
const long = (end: string) => `${'n'.repeat(200_000)}${end}`;

/** Without half of a surrogate pair. */
function wellFormed(text: string): boolean {
  return !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
}

test('a profile with a thousand new names of 200 kB takes their beginnings, and counts each exactly', () => {
  const frame = frameOf(['a', 'a', 'b']);
  const rows = Array.from({ length: 300 }, (_, i) => long(String(i % 100)));
  const profile = profileOf(frame, rows);
  const { unseen, unseenNames } = partOf(profile);
  expect(unseen).toBe(300);
  expect(unseenNames.size).toBe(100);
  expect([...unseenNames.values()].every((count) => count === 3)).toBe(true);
  expect([...unseenNames.keys()][0]).toMatch(/^n{100}… \[20000[12] characters, [0-9a-f]+\]$/);
  const bytes = encodeProfile(profile);
  expect(bytes.byteLength).toBeLessThan(100 * 200 + 4_096);
  expect(decodeProfile(bytes, frame)).toEqual(profile);
});

test('long categories of the reference are known again, also those that only the full pass found', () => {
  const frame = frameOf([long('a'), long('a'), long('b')]);
  expect((frame.features[0]!.frame as CategoryFrame).categories.every(({ length }) => length <= 160)).toBe(
    true,
  );
  const rows = [long('b'), long('a'), long('c'), long('c'), 'd'];
  const profile = profileOf(frame, rows);
  expect([...partOf(profile).counts]).toEqual([1, 1]);
  expect(partOf(profile).unseen).toBe(3);
  const next = promoteCategories(frame, profile);
  expect((next.features[0]!.frame as CategoryFrame).categories).toHaveLength(4);
  for (const window of [rows, [long('c'), long('x'), 'd']])
    expect(rebase(profileOf(frame, window), frame, next)).toEqual(profileOf(next, window));
  expect(partOf(profileOf(next, rows)).unseen).toBe(0);
});

test('a name that is cut is its own bounded name, and short ones stay as they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
      const kept = boundedName(name);
      expect(kept.length).toBeLessThanOrEqual(160);
      expect(boundedName(kept)).toBe(kept);
      if (wellFormed(name)) expect(wellFormed(kept)).toBe(true);
      if (name.length <= 160) expect(kept).toBe(name);
    }),
  );
});
