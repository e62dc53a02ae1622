// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FrameBuilder } from '../../baseline/frame-builder.js';
import type { Batch } from '../../columns/batch.js';
import type { Column } from '../../columns/column.js';
import { randomFrom } from '../../distances/special/random.js';
import { cpuKernels } from '../../kernels/cpu/cpu.js';
import { Profiler } from '../../profile/profile.js';
import { OutlierScorer } from './outlier-scorer.js';

interface Flight {
  readonly date: string;
  readonly delay: number;
  readonly distance: number;
  readonly origin: string;
  readonly destination: string;
}

const file = new URL('../../../node_modules/vega-datasets/data/flights-20k.json', import.meta.url);
const flights = JSON.parse(readFileSync(file, 'utf8')) as Flight[];

function batchOf(rows: readonly Flight[]): Batch {
  const words = (name: 'origin' | 'destination') => {
    const dictionary = [...new Set(rows.map((row) => row[name]))];
    const codes = new Map(dictionary.map((word, code) => [word, code]));
    return {
      type: 'string',
      codes: Int32Array.from(rows, (row) => codes.get(row[name])!),
      dictionary,
    } as const;
  };
  const numbers = (read: (row: Flight) => number) =>
    ({ type: 'number', values: Float64Array.from(rows, read), status: null }) as const;
  return {
    rows: rows.length,
    columns: new Map<string, Column>([
      ['delay', numbers(({ delay }) => delay)],
      ['distance', numbers(({ distance }) => distance)],
      ['hour', numbers(({ date }) => Number(date.slice(11, 13)))],
      ['origin', words('origin')],
      ['destination', words('destination')],
    ]),
  };
}

function scorerOf(rows: readonly Flight[]): OutlierScorer {
  const batch = batchOf(rows);
  const schema = [...batch.columns].map(([name, { type }]) => ({ name, type }));
  const columns = Object.fromEntries(schema.map(({ name }) => [name, { role: 'input' as const }]));
  const builder = new FrameBuilder(schema, { columns }, cpuKernels);
  builder.add(batch);
  const frame = builder.finish();
  const profiler = new Profiler(frame, cpuKernels);
  profiler.add(batch);
  return new OutlierScorer({ frame, reference: profiler.profile });
}

test('flights against other flights: no more stand out than the level says', () => {
  const random = randomFrom(20261109);
  const levels = [0.01, 0.001];
  const found = [0, 0];
  let rows = 0;
  for (let split = 0; split < 5; split++) {
    const isReference = flights.map(() => random() < 0.5);
    const scorer = scorerOf(flights.filter((_, i) => isReference[i]));
    const { pValues } = scorer.score(batchOf(flights.filter((_, i) => !isReference[i])));
    rows += pValues.length;
    for (const p of pValues)
      levels.forEach((level, at) => {
        if (p <= level) found[at]!++;
      });
  }
  levels.forEach((level, at) => {
    // of halves of one sample: a fifth more at most
    expect(found[at]! / rows).toBeLessThan(1.2 * level);
  });
  expect(found[0]).toBeGreaterThan(0);
});

test('flights with a column in the wrong unit, and an airport that nobody knew', () => {
  const scorer = scorerOf(flights.slice(0, 15_000));
  const later = flights.slice(15_000, 15_100);
  const inSeconds = scorer.score(batchOf(later.map((row) => ({ ...row, distance: row.distance * 1_609 }))));
  expect(inSeconds.pValues.filter((p) => p <= 0.001).length).toBeGreaterThan(95);
  // as unlikely as airports with a single flight are frequent, over five features
  const flightsOf = new Map<string, number>();
  for (const { origin } of flights.slice(0, 15_000)) flightsOf.set(origin, (flightsOf.get(origin) ?? 0) + 1);
  const single = [...flightsOf.values()].filter((count) => count === 1).length;
  const unknown = scorer.score(batchOf(later.map((row) => ({ ...row, origin: 'XXX' }))));
  const expected = (5 * (single + 1)) / 15_001;
  expect(expected).toBeLessThan(0.01);
  for (const p of unknown.pValues) expect(p).toBeLessThanOrEqual(expected + 1e-12);
});
