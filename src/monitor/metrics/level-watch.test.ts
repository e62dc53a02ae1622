// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { normalQuantile } from '../../distances/special/normal.js';
import { randomFrom } from '../../distances/special/random.js';
import { LEAST_WINDOWS, LevelWatch, THRESHOLD } from './level-watch.js';

type Series = (t: number) => number;

const SEED = 20261103;

function normals(seed: number): () => number {
  const random = randomFrom(seed);
  return () => normalQuantile(random() || 1e-9);
}

/** Neighbours correlate by `memory`. */
function resembling(memory: number): (seed: number) => Series {
  return (seed) => {
    const normal = normals(seed);
    let last = normal();
    return () => {
      last = memory * last + Math.sqrt(1 - memory * memory) * normal();
      return last;
    };
  };
}

/** Means of 20 amounts, exponentially distributed. */
function amounts(seed: number): Series {
  const random = randomFrom(seed);
  return () => Array.from({ length: 20 }, () => -Math.log(1 - random())).reduce((a, b) => a + b) / 20;
}

function daily(seed: number): Series {
  const normal = normals(seed);
  return (t) => 2 * Math.sin((2 * Math.PI * t) / 24) + normal();
}

describe('while nothing changes', () => {
  // Rates over more windows: level-watch.long.test.ts
  test.each([
    ['independent means', resembling(0), 2],
    ['skewed means', amounts, 4],
    ['neighbours that resemble each other by .3', resembling(0.3), 8],
    ['neighbours that resemble each other by .6', resembling(0.6), 15],
    ['a daily rhythm', daily, 2],
  ] as const)('%s: p-values are what they say, and hardly a change of level is called', (_, make, most) => {
    let windows = 0;
    let below = 0;
    let changes = 0;
    for (let run = 0; run < 30; run++) {
      const watch = new LevelWatch();
      const series = make(SEED + run);
      let was = false;
      for (let t = 0; t < 400; t++) {
        const reading = watch.read(series(t));
        if (reading.windows < LEAST_WINDOWS) continue;
        windows++;
        if (reading.pValue <= 0.01) below++;
        const is = reading.cusum > THRESHOLD;
        if (is && !was) changes++;
        was = is;
      }
    }
    expect(below / windows).toBeGreaterThan(0.005);
    expect(below / windows).toBeLessThan(0.016);
    expect(changes).toBeLessThanOrEqual(most);
  });
});

describe('when the level changes', () => {
  function delays(shift: number, before: number): number[] {
    return Array.from({ length: 60 }, (_, run) => {
      const watch = new LevelWatch();
      const normal = normals(SEED + run);
      for (let t = 0; t < before; t++) watch.read(normal());
      for (let t = 1; t <= 49; t++) if (watch.read(shift + normal()).cusum > THRESHOLD) return t;
      return Infinity;
    }).sort((a, b) => a - b);
  }

  test.each([
    [1, 60, 40],
    [2, 60, 10],
    [2, 20, 16],
    [4, 20, 7],
    [-4, 30, 6],
  ])('by %f sd after %i windows: told within %i windows by half of the series', (shift, before, most) => {
    expect(delays(shift, before)[30]).toBeLessThanOrEqual(most);
  });

  test('it is told while it lasts, and is over when the level returns', () => {
    const watch = new LevelWatch();
    const normal = normals(SEED);
    for (let t = 0; t < 40; t++) watch.read(normal());
    for (let t = 0; t < 20; t++) watch.read(5 + normal());
    expect(watch.read(5).cusum).toBeGreaterThan(THRESHOLD);
    for (let t = 0; t < 10; t++) watch.read(normal());
    expect(watch.read(0).cusum).toBeLessThan(THRESHOLD);
    expect(watch.read(0).before).toBeLessThan(1.5);
  });

  test('a level that lasts 50 windows is the new usual one', () => {
    const watch = new LevelWatch();
    const normal = normals(SEED);
    for (let t = 0; t < 40; t++) watch.read(normal());
    for (let t = 0; t < 80; t++) watch.read(9 + normal());
    const { cusum, before } = watch.read(9);
    expect(cusum).toBeLessThan(THRESHOLD);
    expect(Math.abs(before - 9)).toBeLessThan(1);
  });
});

test('as scipy has it: a mean against 8 before', () => {
  // python: x=[1,2,3,4,5,6,7,9]; t=(12-mean(x))/(std(x,ddof=1)*sqrt(1+1/8)); 2*stats.t.sf(t,7); stats.t.ppf(.975,7)
  const watch = new LevelWatch();
  for (const mean of [1, 2, 3, 4, 5, 6, 7, 9]) expect(watch.read(mean).pValue).toBe(1);
  const reading = watch.read(12, { adds: false });
  expect(reading.windows).toBe(8);
  expect(reading.before).toBeCloseTo(4.625, 12);
  expect(reading.pValue).toBeCloseTo(0.035172705185, 8);
  expect(reading.low).toBeCloseTo(-2.0696956, 6);
  expect(reading.high).toBeCloseTo(11.3196956, 6);
  expect(watch.read(12, { adds: false })).toEqual(reading);
});

test('means that were all equal', () => {
  const watch = new LevelWatch();
  for (let t = 0; t < 30; t++) watch.read(0.1);
  expect(watch.read(0.1).pValue).toBeGreaterThan(0.9);
  expect(watch.read(0.2).pValue).toBeLessThan(1e-6);
  const zero = new LevelWatch();
  for (let t = 0; t < 30; t++) zero.read(0);
  expect(zero.read(0).pValue).toBe(1);
  expect(zero.read(1).pValue).toBe(0);
});

test('a metric that begins to vary is usual again after a few windows', () => {
  const watch = new LevelWatch();
  const normal = normals(SEED);
  for (let t = 0; t < 10; t++) watch.read(0);
  for (let t = 0; t < 60; t++) watch.read(normal());
  let low = 0;
  for (let t = 0; t < 50; t++) if (watch.read(normal()).pValue < 0.05) low++;
  expect(low).toBeLessThan(10);
});

test('one spike changes little of what is expected', () => {
  const watch = new LevelWatch();
  const normal = normals(SEED);
  for (let t = 0; t < 40; t++) watch.read(normal());
  const { low, high } = watch.read(0, { adds: false });
  expect(watch.read(1_000)).toMatchObject({ pValue: expect.closeTo(0, 12) });
  const after = watch.read(0);
  expect(after.high - after.low).toBeLessThan(1.3 * (high - low));
  expect(after.cusum).toBeLessThan(THRESHOLD);
});

test('what is stored goes on as if nothing had happened', () => {
  const normal = normals(SEED);
  const watch = new LevelWatch();
  for (let t = 0; t < 45; t++) watch.read(normal());
  for (let t = 0; t < 7; t++) watch.read(3 + normal());
  const back = new LevelWatch();
  back.restore(structuredClone(watch.save()));
  for (let t = 0; t < 70; t++) {
    const mean = 3 + normal();
    expect(back.read(mean)).toEqual(watch.read(mean));
  }
});
