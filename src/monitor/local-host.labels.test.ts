// SPDX-License-Identifier: Apache-2.0
/** The distribution of labels that come by themselves: rated, told, and silent where there is nothing to say. */
import { describe, expect, test } from 'vitest';
import { FrameBuilder } from '../baseline/frame-builder.js';
import type { Batch } from '../columns/batch.js';
import type { Column } from '../columns/column.js';
import { uniform } from '../engine/testing/tables.js';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { encodeBaseline } from '../profile/baseline-file.js';
import { Profiler } from '../profile/profile.js';
import { Disk } from './core/testing/disk.js';
import { chunkOf, type OpenHost, openHost, rowsOf, START } from './core/testing/rows.js';
import type { HostConfig } from './host.js';
import type { WindowVerdict } from './window-verdict.js';

const NAMES = ['on time', 'late'];

/** Some are late; of the reference some are not known. */
function outcomesOf(rows: number, { seed, late = 0.2, unknown = 0 }: Record<string, number>): Int32Array {
  const random = uniform(seed!);
  return Int32Array.from({ length: rows }, () => {
    const isUnknown = random() < unknown;
    return isUnknown ? -1 : Number(random() < late);
  });
}

function withLabels(batch: Batch, codes: Int32Array): Batch {
  const columns = new Map<string, Column>(batch.columns);
  columns.set('arrived', { type: 'string', codes, dictionary: NAMES });
  return { rows: batch.rows, columns };
}

function baselineOf(unknown = 0): ArrayBuffer {
  const batch = withLabels(rowsOf({ rows: 20_000, seed: 1 }), outcomesOf(20_000, { seed: 2, unknown }));
  const schema = [...batch.columns].map(([name, { type }]) => ({ name, type }));
  const builder = new FrameBuilder(schema, {
    columns: { score: { role: 'prediction' }, arrived: { role: 'label' } },
  });
  builder.add(batch);
  const frame = builder.finish();
  const profiler = new Profiler(frame, cpuKernels);
  profiler.add(batch);
  return encodeBaseline({
    name: 'labelled',
    createdBy: 'test',
    frame,
    profile: profiler.profile,
    windows: [],
  });
}

const baseline = baselineOf();

/** Rows from place `from` on with ids, and labels of as many of them as asked for, `after` the rows. */
async function send(
  { host }: Pick<OpenHost, 'host'>,
  options: { from: number; rows?: number; late?: number; labels?: number; version?: string },
): Promise<void> {
  const { from, rows = 500, late = 0.2, labels = rows, version = '' } = options;
  const ids = Array.from({ length: rows }, (_, row) => from + row);
  await host.chunk(
    chunkOf(rowsOf({ rows: rows - 1, seed: 10 + from }), {
      start: START + from * 1_000,
      ids: ids.slice(0, -1),
      version,
    }),
  );
  const codes = outcomesOf(rows, { seed: 900 + from, late });
  const told = ids.slice(0, -1).slice(0, labels);
  await host.labels({ ids: told, values: told.map((_, i) => NAMES[codes[i]!]!) });
  await host.chunk(
    chunkOf(rowsOf({ rows: 1, seed: 5 + from }), {
      start: START + (from + rows - 1) * 1_000,
      ids: ids.slice(-1),
      version,
    }),
  );
}

/** Of any weight: that 500 rows are few is said of every such window. */
const failed = ({ checks }: WindowVerdict): string[] =>
  checks.filter(({ severity }) => severity !== 'info').map(({ check, feature }) => `${check} ${feature}`);

const label = ({ features }: WindowVerdict) => features.find(({ name }) => name === 'arrived')!;

describe('labels that come by themselves', () => {
  test('a shift of them with inputs as ever is rated and told, and over when they are as before', async () => {
    const open = await openHost({ baseline, windows: [{ rows: 500 }] });
    // with three inputs it takes forty windows to tell a shift from one visitor
    for (let i = 0; i < 40; i++) await send(open, { from: i * 500 });
    await open.host.flush();
    expect(open.verdicts.map(({ rating }) => rating)).not.toContain('drift');
    expect(open.verdicts.every((verdict) => label(verdict).rating !== 'notRated')).toBe(true);
    for (let i = 40; i < 46; i++) await send(open, { from: i * 500, late: 0.5 });
    await open.host.flush();
    const drifting = open.verdicts
      .slice(40)
      .map(({ features }) => features.filter(({ rating }) => rating === 'drift').map(({ name }) => name));
    expect(drifting).toEqual(Array(6).fill(['arrived']));
    expect(open.verdicts.at(-1)!.rating).toBe('drift');
    expect(failed(open.verdicts.at(-1)!)).toEqual([]);
    const alerts = open.news.flatMap(({ alerts }) => alerts);
    expect(alerts.map(({ state, subject }) => [state, subject.name])).toEqual([['raised', 'arrived']]);
    for (let i = 46; i < 58; i++) await send(open, { from: i * 500 });
    await open.host.flush();
    expect(open.news.flatMap(({ alerts }) => alerts).map(({ state }) => state)).toEqual([
      'raised',
      'recovered',
    ]);
  });

  test('without any the label is not rated, and nothing is missing', async () => {
    const open = await openHost({ baseline, windows: [{ rows: 500 }] });
    for (let i = 0; i < 12; i++) await send(open, { from: i * 500, labels: 0 });
    await open.host.flush();
    expect(open.verdicts.map((verdict) => [verdict.rating === 'drift', failed(verdict)])).toEqual(
      Array(12).fill([false, []]),
    );
    expect(label(open.verdicts[0]!)).toMatchObject({
      rating: 'notRated',
      sentence: 'Not rated: no label came while these rows did.',
    });
    expect(open.news.flatMap(({ alerts }) => alerts)).toEqual([]);
    expect(open.errors).toEqual([]);
  });

  test('a window without any leaves the threshold of their series as it was', async () => {
    const open = await openHost({ baseline, windows: [{ rows: 500 }] });
    await send(open, { from: 0 });
    await send(open, { from: 500, labels: 0 });
    await open.host.flush();
    const [series] = (await open.host.snapshot()).series;
    const { threshold, values, ratings } = series!.features.find(({ name }) => name === 'arrived')!;
    expect(threshold).toBeGreaterThan(0);
    expect([ratings[1], values[1]]).toEqual(['notRated', Number.NaN]);
  });

  test('a few of them say nothing, and leave the window as it is', async () => {
    const open = await openHost({ baseline, windows: [{ rows: 5_000 }] });
    await send(open, { from: 0, rows: 5_000, labels: 12 });
    await open.host.flush();
    expect(open.verdicts[0]!.rating).toBe('stable');
    expect(label(open.verdicts[0]!).rating).toBe('unknown');
    expect(open.verdicts[0]!.sentence).toBe('Nothing drifted.');
  });

  test('what the reference does not know is not missed in them', async () => {
    const open = await openHost({ baseline: baselineOf(0.3), windows: [{ rows: 500 }] });
    for (let i = 0; i < 8; i++) await send(open, { from: i * 500 });
    await open.host.flush();
    expect(open.verdicts.map((verdict) => label(verdict).rating)).not.toContain('drift');
    expect(open.verdicts.map((verdict) => [verdict.rating === 'drift', failed(verdict)])).toEqual(
      Array(8).fill([false, []]),
    );
    expect(open.news.flatMap(({ alerts }) => alerts)).toEqual([]);
  });

  test('true and 1 stand for the class that they mean', async () => {
    const open = await openHost({ baseline, windows: [{ rows: 500 }] });
    await open.host.chunk(
      chunkOf(rowsOf({ rows: 499, seed: 3 }), { ids: Array.from({ length: 499 }, (_, i) => i) }),
    );
    const codes = outcomesOf(499, { seed: 4 });
    await open.host.labels({
      ids: Array.from(codes, (_, i) => i),
      values: Array.from(codes, (code, i) => (i % 2 === 0 ? code === 1 : code)),
    });
    await open.host.chunk(chunkOf(rowsOf({ rows: 1, seed: 5 }), { start: START + 1e6 }));
    await open.host.flush();
    expect(open.verdicts[0]!.rating).not.toBe('drift');
    expect(label(open.verdicts[0]!).rating).not.toBe('notRated');
  });

  test('count in every kind of window that was open when they came, and once', async () => {
    const windows: HostConfig['windows'] = [{ rows: 500 }, { rows: 1_000, step: 500 }, { every: '1h' }];
    const open = await openHost({ baseline, windows, exports: true });
    const counted = new Map<string, number[]>();
    for (let i = 0; i < 8; i++) await send(open, { from: i * 500, late: 0.5 });
    await open.host.flush();
    for (const verdict of open.verdicts) {
      const { spec } = verdict.window;
      const report = await open.host.report(spec);
      expect(report).not.toBeNull();
      counted.set(spec, [...(counted.get(spec) ?? []), verdict.window.rows]);
      expect(label(verdict).rating).toBe('drift');
    }
    expect([...counted.keys()]).toEqual(['500 rows', '1,000 rows every 500', '1 h']);
    const rowsIn = async (spec: string): Promise<number | undefined> =>
      (await open.host.report(spec))?.features.find(({ name }) => name === 'arrived')?.current.rows;
    expect(await rowsIn('500 rows')).toBe(499);
    expect(await rowsIn('1,000 rows every 500')).toBe(998);
  });

  test('that come after their prediction has left are counted as unknown, and nowhere else', async () => {
    const open = await openHost({
      baseline,
      windows: [{ rows: 500 }],
      labels: { expireMs: 60_000, most: 1_000 },
    });
    await open.host.chunk(
      chunkOf(rowsOf({ rows: 499, seed: 3 }), { ids: Array.from({ length: 499 }, (_, i) => i) }),
    );
    open.clock.now = START + 120_000;
    await open.host.labels({ ids: [1, 2, 3], values: ['late', 'late', 'late'] });
    await open.host.chunk(chunkOf(rowsOf({ rows: 1, seed: 5 }), { start: START + 1e6 }));
    await open.host.flush();
    expect((await open.host.snapshot()).labels).toEqual({ joined: 0, waiting: 0, expired: 499, unknown: 3 });
    expect(label(open.verdicts[0]!).rating).toBe('notRated');
  });

  test('in a column of their own they are measured there, and not again', async () => {
    const open = await openHost({ baseline, windows: [{ rows: 500 }] });
    const ids = Array.from({ length: 1_000 }, (_, i) => i);
    const codes = outcomesOf(1_000, { seed: 8 });
    const rows = withLabels(rowsOf({ rows: 1_000, seed: 3 }), codes);
    await open.host.chunk(chunkOf(rows, { ids }));
    await open.host.labels({ ids, values: Array.from(codes, (code) => NAMES[code]!) });
    await open.host.chunk(
      chunkOf(withLabels(rowsOf({ rows: 500, seed: 4 }), outcomesOf(500, { seed: 9 })), {
        start: START + 1e6,
      }),
    );
    await open.host.flush();
    const report = await open.host.report('500 rows');
    expect(report?.features.find(({ name }) => name === 'arrived')?.current.rows).toBe(500);
    expect((await open.host.snapshot()).labels.joined).toBe(1_000);
  });

  test('survive a reload, those included that no row has come after', async () => {
    const disk = new Disk();
    const config: Partial<HostConfig> = { baseline, windows: [{ rows: 1_000 }] };
    const first = await openHost(config, { openStore: async () => disk.open() });
    const ids = Array.from({ length: 400 }, (_, i) => i);
    await first.host.chunk(chunkOf(rowsOf({ rows: 400, seed: 3 }), { ids }));
    await first.host.labels({ ids: ids.slice(0, 150), values: ids.slice(0, 150).map(() => 'late') });
    await first.host.flush();
    await first.host.labels({ ids: ids.slice(150, 300), values: ids.slice(150, 300).map(() => 'late') });
    await first.host.close();
    const second = await openHost(config, { openStore: async () => disk.open() });
    await second.host.labels({ ids: ids.slice(300), values: ids.slice(300).map(() => 'late') });
    await second.host.chunk(chunkOf(rowsOf({ rows: 600, seed: 4 }), { start: START + 1e6 }));
    await second.host.flush();
    const report = await second.host.report('1,000 rows');
    expect(report?.features.find(({ name }) => name === 'arrived')?.current.rows).toBe(400);
    expect(label(second.verdicts[0]!).rating).toBe('drift');
    expect(second.errors).toEqual([]);
  });

  test('are held against those of a marked span where that is the reference', async () => {
    const open = await openHost({ baseline, windows: [{ rows: 500 }] });
    for (let i = 0; i < 6; i++) await send(open, { from: i * 500, late: 0.6 });
    await open.host.flush();
    expect(label(open.verdicts.at(-1)!).rating).toBe('drift');
    await open.host.setReference({ healthy: { from: START, to: START + 2_600_000 } });
    await send(open, { from: 3_000, late: 0.6 });
    await send(open, { from: 3_500, late: 0.05 });
    await open.host.flush();
    expect(open.verdicts.slice(-2).map((verdict) => label(verdict).rating === 'drift')).toEqual([
      false,
      true,
    ]);
  });
});
