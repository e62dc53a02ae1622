// SPDX-License-Identifier: Apache-2.0
/** Vectors beside other columns: times, roles, settings, pictures, exports. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { reportSchema } from '../report/schema.js';
import type { Progress } from './protocol.js';
import { featureOf, opened } from './testing/engines.js';
import { vectorTable } from './testing/vector-tables.js';

const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(reportSchema);
const settings = { embeddings: { size: 'small' } } as const;
const size = { rows: 2_000, dimension: 12 } as const;
const before = { ...size, start: '2024-01-01', days: 40 } as const;
const after = { ...size, start: '2024-02-10', days: 40 } as const;

describe('a table of vectors, times, numbers and labels', () => {
  const reference = vectorTable('before.arrow', { ...before, seed: 1 });
  const turned = vectorTable('after.arrow', { ...after, seed: 2, turn: 0.5, missing: 0.05 });

  it('rates each column, window by window, and draws the embedding', async () => {
    const engine = await opened(reference, turned);
    const report = await engine.compare({ settings });
    const { verdict, series, embedding, current } = featureOf(report, 'e');
    expect(report.summary.drift).toEqual(['e']);
    expect(verdict.sentence).toMatch(/mean moved/);
    expect(current.missing / current.rows).toBeCloseTo(0.05, 1);
    expect(current).toMatchObject({ dimension: 12, rows: 2_000 });
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const days = series!.values.filter((_, i) => report.windows[i]!.side === 'current');
    const half = days.length >> 1;
    expect(mean(days.slice(half + 1))).toBeGreaterThan(mean(days.slice(0, half)) + 0.1);
    expect(
      series!.values.filter((value, i) => report.windows[i]!.side === 'current' && !(value >= 0)),
    ).toEqual([]);
    expect(embedding!.shift.mean.length).toBeGreaterThan(0);
    expect(embedding!.shift.clusters.map(({ label }) => label)).toContain('density where most rows are');
    expect(embedding!.projections.length).toBeGreaterThan(0);

    const { map, typical, missed, projections } = await engine.embedding('e');
    expect(map!.axes[0].name).toBe('most discriminating');
    expect(map!.current.x.length).toBe(map!.current.row.length);
    expect(map!.current.row.length).toBe(2_000 - current.missing);
    expect([...map!.current.x, ...map!.current.y, ...map!.reference.x].every(Number.isFinite)).toBe(true);
    expect(map!.colours!.map(({ name }) => name).sort()).toEqual(['label', 'price', 'when']);
    expect([...map!.colours!.find(({ name }) => name === 'label')!.categories!].sort()).toEqual([
      'bag',
      'shirt',
      'shoe',
    ]);
    expect(projections.length).toBeGreaterThan(0);
    // Most rows that are new are of the half that moved.
    const ofTheLate = typical.filter(({ row }) => row >= 1_000).length;
    expect(ofTheLate).toBeGreaterThan(0.8 * typical.length);
    // The reference's rows that the current side lacks, told by what they hold there.
    expect(missed!.length).toBeGreaterThan(0);
    expect(missed!.every(({ score }, i) => score > 0 && score <= (missed![i - 1]?.score ?? 1))).toBe(true);
    const [rare] = (await engine.rows([missed![0]!.row], 'reference')).rows;
    expect(rare!.cells[0]).toMatch(/^2024-0[12]/);
    expect((await engine.rows([0], 'reference')).rows[0]!.cells[0]).toMatch(/^2024-01-01/);
    expect((await engine.embedding('e', 'components')).map!.axes.map(({ name }) => name)).toEqual([
      'component 1',
      'component 2',
    ]);
    const table = await engine.rows([1_999, 0]);
    expect(table.columns).toEqual(['when', 'price', 'label', 'e']);
    expect(table.rows.map(({ row }) => row)).toEqual([0, 1_999]);
    expect(table.rows[1]!.cells[3]).toMatch(/^(-?[\d.]+(e-\d+)?, ){3}… \(12\)$|^$/);
    await expect(engine.embedding('price')).rejects.toMatchObject({ name: 'SettingsError' });
  });

  it('is exported as JSON that its schema describes, and as CSV', async () => {
    const engine = await opened(reference, turned);
    await engine.compare({ settings });
    const { data } = await engine.exportAs('json');
    validate(JSON.parse(data as string));
    expect(validate.errors ?? []).toEqual([]);
    expect(data).not.toMatch(/:\s*(NaN|-?Infinity)/);
    const csv = (await engine.exportAs('csv')).data as string;
    expect(csv).toMatch(/^e,/m);
    expect(csv).not.toMatch(/,(NaN|undefined|-?Infinity)(,|$)/m);
  });

  it('is rated anew under another tolerance, level and role, without reading or measuring again', async () => {
    const engine = await opened(reference, turned);
    const first = featureOf(await engine.compare({ settings }), 'e');
    const lenient = await engine.rerate({ ...settings, tolerances: { combined: 5, missing: 0.5 } });
    expect(featureOf(lenient, 'e').verdict.rating).not.toBe('drift');
    const strict = await engine.rerate({ ...settings, level: 1e-4 });
    expect(featureOf(strict, 'e').verdict.rating).toBe('drift');
    expect(featureOf(strict, 'e').distances.combined!.value).toBe(first.distances.combined!.value);
    const ignored = await engine.rerate({ ...settings, columns: { e: { role: 'ignore' } } });
    expect(ignored.summary.notRated.map(({ name }) => name)).toContain('e');
    const prediction = await engine.rerate({ ...settings, columns: { e: { role: 'prediction' } } });
    expect(prediction.features[0]).toMatchObject({ name: 'e', role: 'prediction' });
  });

  it('leaves the earlier report when a run is cancelled in the middle', async () => {
    const engine = await opened(reference, turned);
    const report = await engine.compare({ settings });
    const cancel = new AbortController();
    const onProgress = ({ phase }: Progress) => phase === 'measuring' && cancel.abort();
    await expect(
      engine.compare({ settings, signal: cancel.signal, onProgress, memoryBudget: 1 }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect((await engine.embedding('e')).map!.current.row.length).toBeGreaterThan(1_000);
    expect(featureOf(await engine.rerate(settings), 'e').verdict).toEqual(featureOf(report, 'e').verdict);
  });
});

describe('days that hang together', () => {
  it('are natural variation: what differs no more than days do is no drift', async () => {
    const dayEffect = 0.25;
    const reference = vectorTable('a.arrow', { ...before, seed: 11, dayEffect });
    const current = vectorTable('b.arrow', { ...after, seed: 12, dayEffect });
    const natural = await (await opened(reference, current)).compare({ settings });
    expect(featureOf(natural, 'e').verdict.rating).not.toBe('drift');
    expect(featureOf(natural, 'e').verdict.tests[0]!.pMethod).toContain('design effect');
    // The same rows without their times would be taken for independent ones.
    const blind = await (await opened(reference, current)).compare({ settings: { ...settings, time: null } });
    expect(featureOf(blind, 'e').verdict.tests[0]!.adjustedPValue).toBeLessThan(
      featureOf(natural, 'e').verdict.tests[0]!.adjustedPValue,
    );
    const moved = vectorTable('c.arrow', { ...after, seed: 13, dayEffect, shift: 2 });
    const drifted = await (await opened(reference, moved)).compare({ settings });
    expect(featureOf(drifted, 'e').verdict.rating).toBe('drift');
  });
});
