// SPDX-License-Identifier: Apache-2.0
/** The rates that docs/monitor-labels.md gives, over 100,000 windows each. */
import { expect, test } from 'vitest';
import { normalQuantile } from '../../distances/special/normal.js';
import { randomFrom } from '../../distances/special/random.js';
import { LEAST_WINDOWS, LevelWatch, THRESHOLD } from './level-watch.js';

const random = randomFrom(20261103);
const normal = () => normalQuantile(random() || 1e-9);

function resembling(memory: number): () => (t: number) => number {
  return () => {
    let last = normal();
    return () => {
      last = memory * last + Math.sqrt(1 - memory * memory) * normal();
      return last;
    };
  };
}

const amounts = () => () =>
  Array.from({ length: 20 }, () => -Math.log(1 - random())).reduce((a, b) => a + b) / 20;
const daily = () => (t: number) => 2 * Math.sin((2 * Math.PI * t) / 24) + normal();

test.each([
  ['independent', resembling(0), 1],
  ['means of 20 exponential amounts', amounts, 2.5],
  ['neighbours that resemble each other by .3', resembling(0.3), 5],
  ['neighbours that resemble each other by .6', resembling(0.6), 8],
  ['a daily rhythm of 2 sd', daily, 1],
] as const)('called in 10,000 windows without a change: %s', (_, make, most) => {
  let windows = 0;
  let spikes = 0;
  let changes = 0;
  for (let run = 0; run < 200; run++) {
    const watch = new LevelWatch();
    const series = make();
    let was = false;
    for (let t = 0; t < 500; t++) {
      const reading = watch.read(series(t));
      if (reading.windows < LEAST_WINDOWS) continue;
      windows++;
      if (reading.pValue <= 0.01) spikes++;
      const is = reading.cusum > THRESHOLD;
      if (is && !was) changes++;
      was = is;
    }
  }
  expect((10_000 * changes) / windows).toBeLessThan(most);
  expect(spikes / windows).toBeGreaterThan(0.007);
  expect(spikes / windows).toBeLessThan(0.014);
});

test.each([
  [20, 2, 16],
  [20, 4, 7],
  [60, 1, 35],
  [60, 2, 11],
  [60, 4, 5],
])(
  'after %i windows, a change by %f sd is called within %i windows by half of the series',
  (before, shift, most) => {
    const delays = Array.from({ length: 300 }, () => {
      const watch = new LevelWatch();
      for (let t = 0; t < before; t++) watch.read(normal());
      for (let t = 1; t < 50; t++) if (watch.read(shift + normal()).cusum > THRESHOLD) return t;
      return Infinity;
    }).sort((a, b) => a - b);
    expect(delays[150]).toBeLessThanOrEqual(most);
  },
);
