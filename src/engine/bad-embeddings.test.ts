// SPDX-License-Identifier: Apache-2.0
/** Vectors that cannot be compared, or hardly: told in words, and nothing else is lost. */
import { describe, expect, it } from 'vitest';
import type { FeatureReport, Report } from '../report/report.js';
import { npyBytes } from '../sources/fixtures/make-npy.js';
import type { FileSpec } from './protocol.js';
import { npyOf, vectorRows, vectorsFile } from './testing/embeddings.js';
import { featureOf, opened } from './testing/engines.js';
import { textFile } from './testing/tables.js';

const settings = { embeddings: { size: 'small' } } as const;
const dimension = 12;
const good = vectorsFile('good.npy', { rows: 600, dimension, seed: 1 });

function edited(name: string, edit: (rows: Float32Array) => void, rows = 600): FileSpec {
  const values = vectorRows({ rows, dimension, seed: 2 });
  edit(values);
  return npyOf(name, values, dimension);
}

const everyTenth = (values: Float32Array, edit: (from: number) => void): void => {
  for (let row = 0; row < values.length / dimension; row += 10) edit(row * dimension);
};

/** Numbers that a report must not hold, by place; what only windows may lack is not looked at. */
function odd(value: unknown, place: string): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${place} = ${value}`];
  if (typeof value === 'string')
    return /undefined|\[object|NaN (?!or)/.test(value) ? [`${place}: ${value}`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => odd(inner, `${place}.${key}`));
}

async function compared(
  reference: FileSpec,
  current: FileSpec,
  memoryBudget = 2 ** 28,
): Promise<{ report: Report; feature: FeatureReport }> {
  const engine = await opened(reference, current);
  const report = await engine.compare({ settings, memoryBudget });
  expect(odd(report, 'report')).toEqual([]);
  const { map, ...view } = await engine.embedding('embedding');
  expect(odd(view, 'view')).toEqual([]);
  expect([...(map?.current.x ?? []), ...(map?.reference.y ?? [])].every(Number.isFinite)).toBe(true);
  expect((await engine.exportAs('csv')).data).not.toMatch(/,(NaN|undefined|-?Infinity)(,|$)/m);
  return { report, feature: featureOf(report) };
}

const nothing = edited('nan.npy', (values) => values.fill(Number.NaN));

describe.each([
  ['kept', 2 ** 28],
  ['streamed', 1],
])('rows that are %s', (_, budget) => {
  it('of another length are the wrong type, which is drift', async () => {
    const other = vectorsFile('other.npy', { rows: 600, dimension: 10, seed: 1 });
    const { report, feature } = await compared(good, other, budget);
    expect(feature.verdict).toMatchObject({ rating: 'drift', metric: 'unparsable' });
    expect(feature.verdict.sentence).toContain('no vector of 12 numbers rose from 0 % to 100 %');
    expect(feature.verdict.advice).toContain('12 dimensions');
    expect(report.headline.title).toBe(`${feature.name} drifted.`);
    expect(feature.current.ragged).toBe(600);
    expect(report.checks.find(({ check }) => check === 'type')).toMatchObject({
      passed: false,
      observed: 'vectors of 10 numbers',
    });
    expect(report.notes.join()).toContain('600 current rows have another length than 12 and are left out.');
  });

  it('are NaN on the current side: drift where all are, and where a tenth is', async () => {
    const all = await compared(good, nothing, budget);
    expect(all.feature.verdict).toMatchObject({ rating: 'drift', metric: 'nan', value: 1 });
    const some = edited('some.npy', (values) =>
      everyTenth(values, (from) => {
        values[from + 3] = from % 20 === 0 ? Number.NaN : Number.NEGATIVE_INFINITY;
      }),
    );
    const { feature } = await compared(good, some, budget);
    expect(feature.verdict.tests.find(({ metric }) => metric === 'nan')).toMatchObject({ rating: 'drift' });
    expect(feature.verdict.tests.find(({ metric }) => metric === 'combined')!.rating).not.toBe('drift');
  });

  it('are NaN on the reference: not rated, with the reason', async () => {
    for (const current of [good, nothing]) {
      const { report } = await compared(nothing, current, budget);
      expect(report.summary.notRated).toEqual([
        { name: 'embedding', reason: 'no row of the reference side can be measured' },
      ]);
    }
  });

  it('are zeros, or all alike, or out of all proportion', async () => {
    const zeros = edited('zeros.npy', (values) => values.fill(0));
    expect((await compared(good, zeros, budget)).feature.verdict.rating).toBe('drift');
    expect((await compared(zeros, zeros, budget)).report.summary.drift).toEqual([]);
    const alike = edited('alike.npy', (values) => values.fill(0.5));
    expect((await compared(alike, good, budget)).feature.verdict.rating).toBe('drift');
    expect((await compared(alike, alike, budget)).report.summary.drift).toEqual([]);
    const huge = npyOf(
      'huge.npy',
      vectorRows({ rows: 600, dimension, seed: 2 }).map((x) => x * 1e30),
      dimension,
    );
    expect((await compared(good, huge, budget)).feature.verdict.rating).toBe('drift');
  });

  it('are few', async () => {
    const sizes = [
      [600, 1],
      [600, 2],
      [1, 600],
      [10, 600],
      [1, 1],
      [2, 2],
    ];
    for (const [m, n] of sizes) {
      const few = (rows: number, seed: number) => vectorsFile('few.npy', { rows, dimension, seed });
      const { feature } = await compared(few(m!, 3), few(n!, 4), budget);
      expect(feature.verdict.rating).toBe('unknown');
    }
  });
});

describe('vectors', () => {
  it('of whole numbers are read as floats, and the report says so', async () => {
    const at = (row: number, k: number) => ((row * 7_919 + k * 104_729 + ((row * k) % 13)) % 17) - 8;
    const buffer = npyBytes({ descr: '<i2', shape: [600, dimension], at }).buffer as ArrayBuffer;
    const { report } = await compared({ name: 'int.npy', buffer }, { name: 'int.npy', buffer });
    expect(report.summary.drift).toEqual([]);
    expect(report.notes.join()).toContain('whole numbers (int16) read as floats of 32 bits');
  });

  it('of 10,000 numbers are compared', async () => {
    const wide = (seed: number) => vectorsFile('wide.npy', { rows: 60, dimension: 10_000, seed });
    const { feature } = await compared(wide(1), wide(2));
    expect(feature.verdict.rating).toBe('unknown');
    expect(feature.current.dimension).toBe(10_000);
  });

  it('in a pickle are refused', async () => {
    const buffer = npyBytes({ descr: '|O', shape: [10, 12], at: () => 0 }).buffer as ArrayBuffer;
    await expect(opened(good, { name: 'p.npy', buffer })).rejects.toThrow(/p\.npy: .*pickle/);
  });

  it('are no numbers, and numbers no vectors', async () => {
    const engine = await opened(good, good);
    await expect(
      engine.compare({ settings: { ...settings, columns: { embedding: { kind: 'number' } } } }),
    ).rejects.toThrow('column "embedding" holds vectors of 12 numbers and cannot be compared as number');
    const csv = textFile('t.csv', `x,y\n${'1,2\n3,4\n'.repeat(100)}`);
    await expect(
      (await opened(csv, csv)).compare({ settings: { columns: { x: { kind: 'embedding' } } } }),
    ).rejects.toThrow('column "x" holds number values and cannot be compared as embedding');
  });
});
