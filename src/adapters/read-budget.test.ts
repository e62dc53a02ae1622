// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ReadBudget } from './read-budget.js';

/** A page whose model takes `every` ms a call, and whose measured calls cost what `cost` says. */
function run(calls: number, every: number, cost: (i: number) => number, share?: number) {
  let clock = 0;
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const budget = new ReadBudget(share, () => clock, random);
  const taken: number[] = [];
  for (let i = 0; i < calls; i++) {
    clock += every;
    if (!budget.take()) continue;
    taken.push(i);
    const ms = cost(i);
    budget.spend(ms / 2);
    budget.spend(ms / 2);
    budget.finish(ms);
    clock += ms;
  }
  return { taken, spent: budget.spent, share: budget.spent / clock };
}

test('calls that come slowly are all measured', () => {
  expect(run(1000, 100, () => 0.5).taken).toHaveLength(1000);
});

test('of calls that come fast as many as the share allows, spread over all the time', () => {
  const { taken, share } = run(100_000, 1, () => 0.2);
  expect(share).toBeGreaterThan(0.008);
  expect(share).toBeLessThan(0.0102);
  const quarters = [0, 0, 0, 0];
  for (const i of taken) quarters[Math.floor((4 * i) / 100_000)]!++;
  for (const count of quarters) expect(Math.abs(count - taken.length / 4)).toBeLessThan(taken.length / 25);
});

test('what is measured does not follow from what a call holds', () => {
  // Two kinds of calls in turn, one of which is ten times as dear.
  const { taken } = run(200_000, 1, (i) => (i % 2 === 0 ? 0.1 : 1));
  const dear = taken.filter((i) => i % 2 === 1).length;
  expect(Math.abs(dear / taken.length - 0.5)).toBeLessThan(0.05);
});

test('the share holds, whatever calls cost', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 20, noNaN: true }),
      fc.double({ min: 0.01, max: 40, noNaN: true }),
      fc.constantFrom(0.005, 0.01, 0.1),
      (every, cost, allowed) => {
        const { spent } = run(5000, every, () => cost, allowed);
        // A burst at the start, and the one call that overdraws it.
        expect(spent).toBeLessThanOrEqual(allowed * (5000 * every + spent) + 3 + cost + 1e-6);
      },
    ),
  );
});

test('a share of 1 measures every call, one that means nothing is the default', () => {
  expect(run(1000, 0.01, () => 5, 1).taken).toHaveLength(1000);
  expect(run(100_000, 1, () => 0.2, Number.NaN)).toEqual(run(100_000, 1, () => 0.2));
  expect(run(100_000, 1, () => 0.2, -1)).toEqual(run(100_000, 1, () => 0.2));
});
