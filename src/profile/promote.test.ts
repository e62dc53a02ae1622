// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { CategoryFrame } from '../baseline/frame.js';
import { promoteCategories, rebase } from './promote.js';
import { frameOf, partOf, profileOf } from './testing/name-column.js';

describe('promoteCategories', () => {
  const sample = ['a', 'a', 'b'];
  const reference = ['a', 'a', 'b', 'c', 'c', 'c', 'd'];
  const frame = frameOf(sample);

  test('makes categories of what the sample missed, by full counts', () => {
    const next = promoteCategories(frame, profileOf(frame, reference));
    expect((next.features[0]!.frame as CategoryFrame).categories).toEqual(['c', 'a', 'b', 'd']);
    expect(next.id).not.toBe(frame.id);
  });

  test('rebased profiles equal profiles measured with the promoted frame', () => {
    const next = promoteCategories(frame, profileOf(frame, reference));
    for (const rows of [reference, ['d', 'x', 'x', 'b'], []]) {
      expect(rebase(profileOf(frame, rows), frame, next)).toEqual(profileOf(next, rows));
    }
  });

  test('leaves a frame alone that missed nothing', () => {
    expect(promoteCategories(frame, profileOf(frame, ['a', 'b']))).toBe(frame);
  });

  test('names beyond the bound are other from then on, since unseen cannot be told any more', () => {
    const many = Array.from({ length: 3_000 }, (_, i) => `n${i}`);
    const full = profileOf(frame, [...reference, ...many]);
    const next = promoteCategories(frame, full);
    expect(next.features[0]!.frame).toMatchObject({ overflow: true });
    const part = partOf(rebase(full, frame, next));
    expect(part.unseen).toBe(0);
    expect(part.unseenNames.size).toBe(0);
    expect(part.counts.reduce((sum, count) => sum + count, 0) + part.other).toBe(3_007);
  });

  test('a dictionary that grows over its bound keeps the frequent and hashes the rest', () => {
    const known = Array.from({ length: 5_000 }, (_, i) => `k${i}`);
    const large = frameOf(known);
    const rows = [...known, ...Array.from({ length: 30 }, (_, i) => ['new', 'new', `rare${i}`]).flat()];
    const full = profileOf(large, rows);
    const next = promoteCategories(large, full);
    const { categories, otherHashes, overflow } = next.features[0]!.frame as CategoryFrame;
    expect([categories.length, categories[0], otherHashes.length, overflow]).toEqual([
      5_000,
      'new',
      31,
      false,
    ]);
    const rebased = rebase(full, large, next);
    expect(partOf(rebased)).toMatchObject({ other: 31, unseen: 0 });
    expect(rebased).toEqual(profileOf(next, rows));
  });

  test('refuses a profile of another frame', () => {
    const other = frameOf(['z']);
    expect(() => rebase(profileOf(other, ['z']), frame, other)).toThrow(frame.id);
  });
});
