// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { Outbox } from './outbox.js';

const MIB = 1 << 20;

test('bytes that were acknowledged, or could not be sent, make room', () => {
  const outbox = new Outbox<string | (() => void)>();
  for (const value of ['a', 'b', 'c', 'd']) expect(outbox.add(value, MIB)).toEqual([]);
  expect(outbox.acknowledge(2)).toBe(true);
  expect(outbox.acknowledge(2)).toBe(false);
  const bad = () => {};
  expect(outbox.add(bad, MIB)).toEqual([]);
  expect(outbox.refuse()).toEqual([bad]);
  expect(outbox.add('e', 2 * MIB)).toEqual([]);
  expect(outbox.add('f', 1)).toEqual(['c']);
  expect(outbox.all().map(({ value, sequence, after }) => [value, sequence, after])).toEqual([
    ['d', 4, null],
    ['e', 6, 4],
    ['f', 7, 6],
  ]);
});
