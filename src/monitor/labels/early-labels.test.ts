// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { EarlyLabels } from './early-labels.js';

test('a label waits for its prediction for 30 seconds, from when it last came', () => {
  const labels = new EarlyLabels();
  labels.add('a', 1, 0);
  labels.add('b', 2, 1_000);
  labels.add('a', 3, 2_000);
  labels.expire(31_000);
  expect([labels.size, labels.unknown]).toEqual([2, 0]);
  labels.expire(31_001);
  expect([labels.size, labels.unknown]).toEqual([1, 1]);
  expect([labels.take('b'), labels.take('a')]).toEqual([undefined, 3]);
  expect(labels.take('a')).toBeUndefined();
});

test('4,096 wait at most: the oldest is given up', () => {
  const labels = new EarlyLabels();
  for (let i = 0; i < 4_096; i++) labels.add(`${i}`, i, 0);
  expect([labels.size, labels.unknown]).toEqual([4_096, 0]);
  labels.add('one more', 1, 0);
  expect([labels.size, labels.unknown]).toEqual([4_096, 1]);
  expect([labels.take('0'), labels.take('1')]).toEqual([undefined, 1]);
});
