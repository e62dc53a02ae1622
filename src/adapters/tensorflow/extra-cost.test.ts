// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { ExtraCost } from './extra-cost.js';

test('what an embedding adds is known once there are calls with it and without', () => {
  const cost = new ExtraCost();
  cost.asked(5);
  expect(cost.ms).toBe(0);
  cost.plain(3);
  expect(cost.ms).toBe(2);
  for (let i = 0; i < 200; i++) {
    cost.asked(i % 2 === 0 ? 6 : 8);
    cost.plain(4);
  }
  expect(cost.ms).toBeCloseTo(3, 0);
});

test('a call that is faster with it costs nothing', () => {
  const cost = new ExtraCost();
  cost.asked(2);
  cost.plain(3);
  expect(cost.ms).toBe(0);
});
