// SPDX-License-Identifier: Apache-2.0
/** Kinds, roles, orders and windows of real tables, as a person would have named them. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { bytesFromPath } from '../sources/bytes-node.js';
import { openSource } from '../sources/open.js';
import { FrameBuilder } from './frame-builder.js';

const DATA = '../shared/data';

async function frameOf(path: string) {
  const source = await openSource([await bytesFromPath(`${DATA}/${path}`)]);
  const builder = new FrameBuilder(source.schema, {}, cpuKernels);
  for await (const batch of source.read()) builder.add(batch);
  return builder.finish();
}

const named = (frame: Awaited<ReturnType<typeof frameOf>>, what: 'kind' | 'role', value: string) =>
  frame.features.filter((feature) => feature[what] === value).map(({ name }) => name);

if (!existsSync(DATA)) console.warn(`real-data.test.ts is skipped: ${DATA} is not there`);

describe.skipIf(!existsSync(DATA))('frames of real tables', { timeout: 60_000 }, () => {
  test('bike sharing by day', async () => {
    const frame = await frameOf('bike-sharing/day.csv');
    expect(named(frame, 'role', 'key')).toEqual(['instant']);
    expect(named(frame, 'kind', 'time')).toEqual(['dteday']);
    expect(named(frame, 'kind', 'number')).toEqual([
      'instant',
      'temp',
      'atemp',
      'hum',
      'windspeed',
      'casual',
      'registered',
      'cnt',
    ]);
    expect(named(frame, 'kind', 'category')).toEqual([
      'season',
      'yr',
      'mnth',
      'holiday',
      'weekday',
      'workingday',
      'weathersit',
    ]);
    expect(frame.windowing).toEqual({ column: 'dteday', unit: 'month' });
    // cnt = casual + registered.
    expect(frame.table.orders).toEqual([
      ['casual', 'cnt'],
      ['registered', 'cnt'],
    ]);
  });

  test('adult census', async () => {
    const frame = await frameOf('adult/adults.parquet');
    expect(named(frame, 'kind', 'number')).toEqual([
      'age',
      'fnlwgt',
      'capital-gain',
      'capital-loss',
      'hours-per-week',
    ]);
    expect(named(frame, 'role', 'label')).toEqual(['class']);
    expect(named(frame, 'role', 'key')).toEqual([]);
    expect(frame.windowing).toBeNull();
    expect(frame.table.orders).toEqual([]);
  });

  test('employment, with a model’s predictions', async () => {
    const frame = await frameOf('employment/employment_MA_reference.pq');
    expect(named(frame, 'role', 'key')).toEqual(['id']);
    expect(named(frame, 'role', 'prediction')).toEqual(['prediction', 'predicted_probability']);
    expect(named(frame, 'kind', 'number')).toEqual(['id', 'AGEP', 'year', 'predicted_probability']);
  });
});
