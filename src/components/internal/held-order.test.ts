// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { heldOrder } from './held-order.js';

test('nothing moves while it is held; new ones follow, those that are gone leave', () => {
  expect(heldOrder(['a', 'b', 'c'], ['c', 'd', 'a'], true)).toEqual(['a', 'c', 'd']);
  expect(heldOrder(['a', 'b', 'c'], ['c', 'd', 'a'], false)).toEqual(['c', 'd', 'a']);
  expect(heldOrder([], ['b', 'a'], true)).toEqual(['b', 'a']);
});

test('held or not, exactly the wanted ones are listed, once', () => {
  const names = fc.uniqueArray(fc.constantFrom(...'abcdefgh'));
  fc.assert(
    fc.property(names, names, fc.boolean(), (before, wanted, held) => {
      expect([...heldOrder(before, wanted, held)].sort()).toEqual([...wanted].sort());
    }),
  );
});
