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
  const all = run(1_000_000, 1, () => 0.2);
  expect(all.share).toBeGreaterThan(0.007);
  expect(all.share).toBeLessThan(0.0085);
  // After the start.
  const taken = all.taken.filter((i) => i > 100_000);
  const quarters = [0, 0, 0, 0];
  for (const i of taken) quarters[Math.floor((4 * (i - 100_000)) / 900_000)]!++;
  for (const count of quarters) expect(Math.abs(count - taken.length / 4)).toBeLessThan(taken.length / 25);
});

test('while an app is tried out more calls are measured, for 250 ms in all and at no more than five times the share', () => {
  // Ten calls a second that cost 4.7 ms each: as SwiftShader reads back.
  const { taken, spent } = run(600, 100, () => 4.7);
  expect(taken.filter((i) => i < 50).length).toBeGreaterThan(40);
  expect(spent).toBeLessThan(250 + 0.008 * 60_000 + 3 + 4.7);
  expect(spent).toBeGreaterThan(250 + 0.006 * 60_000);
  // Sixty a second: never more than five in a hundred of the time.
  const fast = run(60, 1000 / 60, () => 4.7);
  expect(fast.spent).toBeLessThan(0.05 * 1000 + 3 + 4.7);
  // A model that is first used later has its start then; one that costs little takes none of it.
  expect(run(600, 100, () => 0.1).spent).toBeCloseTo(60);
});

test('the start is over after a minute, whatever it has left', () => {
  // Cheap for a minute, then dear.
  const { spent } = run(2000, 100, (i) => (i < 650 ? 0.1 : 10));
  expect(spent).toBeLessThan(65 + 0.008 * 135_000 * 1.1 + 3 + 10);
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
        // A burst and the start, and the one call that overdraws it.
        expect(spent).toBeLessThanOrEqual(
          0.8 * allowed * (5000 * every + spent) + 3 + allowed * 25_000 + cost + 1e-6,
        );
      },
    ),
  );
});

test('a share of 1 measures every call, one that means nothing is the default', () => {
  expect(run(1000, 0.01, () => 5, 1).taken).toHaveLength(1000);
  expect(run(100_000, 1, () => 0.2, Number.NaN)).toEqual(run(100_000, 1, () => 0.2));
  expect(run(100_000, 1, () => 0.2, -1)).toEqual(run(100_000, 1, () => 0.2));
});
