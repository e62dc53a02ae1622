// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { ExtraCost } from './extra-cost.js';

test('what an embedding adds is known once there are calls enough with it and without', () => {
  const cost = new ExtraCost();
  for (let i = 0; i < 40; i++) cost.asked(i % 2 === 0 ? 6 : 8);
  expect(cost.ms).toBe(0);
  for (let i = 0; i < 40; i++) cost.plain(4);
  expect([2, 4]).toContain(cost.ms);
});

test('neither calls that compile what runs nor a pause of the machine are taken for it', () => {
  const cost = new ExtraCost();
  cost.asked(1000);
  cost.asked(700);
  for (let i = 0; i < 100; i++) {
    cost.asked(i % 10 === 0 ? 300 : 5);
    cost.plain(i < 2 ? 900 : 4);
    expect(cost.ms).toBeLessThanOrEqual(1);
  }
  expect(cost.ms).toBe(1);
});

test('it follows a model whose calls become longer', () => {
  const cost = new ExtraCost();
  for (let i = 0; i < 60; i++) {
    cost.asked(i < 30 ? 5 : 9);
    cost.plain(4);
  }
  expect(cost.ms).toBe(5);
});

test('a call that is faster with it costs nothing', () => {
  const cost = new ExtraCost();
  for (let i = 0; i < 20; i++) {
    cost.asked(2);
    cost.plain(3);
  }
  expect(cost.ms).toBe(0);
});
