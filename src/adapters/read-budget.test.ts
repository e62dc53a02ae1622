// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PageShare } from './page-share.js';
import { ReadBudget } from './read-budget.js';

/** A page whose model takes `every` ms a call, and whose measured calls cost what `cost` says. */
function run(
  calls: number,
  every: number,
  cost: (i: number) => number,
  share: number | PageShare = new PageShare(0.01),
) {
  let clock = 0;
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const budget = new ReadBudget(share, () => clock, random);
  const taken: number[] = [];
  let spent = 0;
  for (let i = 0; i < calls; i++) {
    clock += every;
    if (!budget.take()) continue;
    taken.push(i);
    const ms = cost(i);
    budget.spend(ms / 2);
    budget.spend(ms / 2);
    budget.finish(ms);
    spent += ms;
    clock += ms;
  }
  return { taken, spent, share: spent / clock };
}

test('calls that come slowly are all measured', () => {
  expect(run(1000, 100, () => 0.5).taken).toHaveLength(1000);
});

test('of calls that come fast as many as the share allows, spread over all the time', () => {
  const all = run(1_000_000, 1, () => 0.2);
  expect(all.share).toBeGreaterThan(0.005);
  expect(all.share).toBeLessThan(0.0065);
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
  expect(spent).toBeLessThan(250 + 0.006 * 60_000 + 3 + 4.7);
  expect(spent).toBeGreaterThan(250 + 0.0045 * 60_000);
  // Sixty a second: never more than five in a hundred of the time.
  const fast = run(60, 1000 / 60, () => 4.7);
  expect(fast.spent).toBeLessThan(0.05 * 1000 + 3 + 4.7);
  // A model that is first used later has its start then; one that costs little takes none of it.
  expect(run(600, 100, () => 0.1).spent).toBeCloseTo(60);
});

test('the start is over after a minute, whatever it has left', () => {
  // Cheap for a minute, then dear.
  const { spent } = run(2000, 100, (i) => (i < 650 ? 0.1 : 10));
  expect(spent).toBeLessThan(65 + 0.006 * 135_000 * 1.1 + 3 + 10);
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
          0.6 * allowed * (5000 * every + spent) + 3 + allowed * 25_000 + cost + 1e-6,
        );
      },
    ),
  );
});

/** Models of one page that are called in turn; ms that each has spent, and how many of its calls were measured. */
function runTogether(
  ms: number,
  models: readonly { readonly every: number; readonly cost: number; readonly until?: number }[],
) {
  const page = new PageShare(0.01);
  let clock = 0;
  const each = models.map((model) => ({
    ...model,
    budget: new ReadBudget(page, () => clock),
    next: model.every,
    spent: 0,
    calls: 0,
    measured: 0,
  }));
  while (clock < ms) {
    const next = each.reduce((a, b) => (b.next < a.next ? b : a));
    clock = Math.max(clock, next.next);
    next.next = clock < (next.until ?? ms) ? clock + next.every : Number.POSITIVE_INFINITY;
    next.calls++;
    if (!next.budget.take()) continue;
    next.measured++;
    next.budget.spend(next.cost);
    next.budget.finish(next.cost);
    next.spent += next.cost;
    clock += next.cost;
  }
  return { each, share: each.reduce((sum, { spent }) => sum + spent, 0) / clock };
}

test('what two models of one page take together is the share of one', () => {
  const { each, share } = runTogether(600_000, [
    { every: 2, cost: 0.2 },
    { every: 3, cost: 0.5 },
  ]);
  // The start, which is in it, is .05 % of ten minutes.
  expect(share).toBeLessThan(0.007);
  expect(share).toBeGreaterThan(0.005);
  const [a, b] = each.map(({ spent }) => spent);
  expect(a! / b!).toBeGreaterThan(0.9);
  expect(a! / b!).toBeLessThan(1.1);
});

test('a model that is seldom called is measured whole beside one that never rests', () => {
  const { each, share } = runTogether(600_000, [
    { every: 2, cost: 0.2 },
    { every: 500, cost: 0.5 },
  ]);
  expect(each[1]!.measured).toBe(each[1]!.calls);
  expect(share).toBeLessThan(0.007);
});

test('a model that is not called any more leaves its part to the others', () => {
  const { each } = runTogether(600_000, [
    { every: 2, cost: 0.2 },
    { every: 2, cost: 0.2, until: 60_000 },
  ]);
  expect(each[0]!.spent / 600_000).toBeGreaterThan(0.0055);
});

test('a share of 1 measures every call, one that means nothing is the default', () => {
  expect(run(1000, 0.01, () => 5, 1).taken).toHaveLength(1000);
  for (const nonsense of [Number.NaN, -1, 0, 'a lot' as never]) {
    const { share } = run(100_000, 1, () => 0.2, nonsense);
    expect(share).toBeGreaterThan(0.001);
    expect(share).toBeLessThan(0.012);
  }
});
