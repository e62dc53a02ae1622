// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Glances } from './glances.js';

/** Calls `every` ms apart: which of them were looked at. */
function looks(count: number, every: (i: number) => number, seed = 1) {
  let state = seed;
  const glances = new Glances(() => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  });
  let now = 0;
  let told = 0;
  const seen: number[] = [];
  for (let i = 0; i < count; i++) {
    now += every(i);
    if (glances.pass()) {
      glances.add(2);
      continue;
    }
    glances.look(now);
    seen.push(i);
    const { calls, rows } = glances.take();
    if (rows !== 2 * calls) throw new Error(`${rows} rows of ${calls} calls`);
    told += 1 + calls;
  }
  return { seen, told: told + glances.take().calls };
}

test('calls that come slowly are all looked at', () => {
  expect(looks(1_000, () => 3.1).seen).toHaveLength(1_000);
});

test('of calls that come fast about one in three milliseconds is', () => {
  const { seen } = looks(100_000, () => 0.1);
  // 10,000 ms, of which 3.1 lie between two looks.
  expect(seen.length).toBeGreaterThan(3_000);
  expect(seen.length).toBeLessThan(3_450);
});

test('at the most 64 go by, however fast they come', () => {
  const { seen } = looks(100_000, () => 1e-4);
  const gaps = seen.slice(1).map((at, i) => at - seen[i]! - 1);
  expect(Math.max(...gaps)).toBe(64);
  expect(seen.length).toBeLessThan(100_000 / 25);
});

test('each call has the same chance, also where two kinds take turns', () => {
  for (const period of [2, 3, 7, 11]) {
    const { seen } = looks(200_000, () => 0.3);
    const hits = seen.filter((i) => i % period === 0).length;
    const expected = seen.length / period;
    expect(Math.abs(hits - expected)).toBeLessThan(5 * Math.sqrt(expected));
  }
});

test('every call is counted, whatever the rhythm', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2_000 }),
      fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 1e9 }),
      (count, rhythm, seed) => {
        expect(looks(count, (i) => rhythm[i % rhythm.length]!, seed).told).toBe(count);
      },
    ),
  );
});

test('a model that slows down is looked at again after few calls', () => {
  const { seen } = looks(12_000, (i) => (i < 10_000 ? 0.01 : 100));
  const first = seen.find((i) => i >= 10_000)!;
  expect(first).toBeLessThan(10_065);
  const late = seen.filter((i) => i >= 10_100);
  expect(late).toHaveLength(1_900);
});
