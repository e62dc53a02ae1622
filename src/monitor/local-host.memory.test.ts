// SPDX-License-Identifier: Apache-2.0
/** What a host remembers: across reloads, kills at any commit, and baselines. */
import { describe, expect, test } from 'vitest';
import { cpuKernels } from '../kernels/cpu/cpu.js';
import { decodeBaseline } from '../profile/baseline-file.js';
import { decodeProfile } from '../profile/codec.js';
import { Disk } from './core/testing/disk.js';
import { baselineFileOf, chunkOf, cutChunk, openHost, rowsOf, START } from './core/testing/rows.js';
import type { HostConfig } from './host.js';
import type { WindowPoint } from './snapshot.js';

const baseline = baselineFileOf(rowsOf({ rows: 4_000, seed: 1 }));
const WINDOWS: HostConfig['windows'] = [
  { rows: 500 },
  { rows: 600, step: 200 },
  { every: '10m', step: '5m' },
];

const points = (windows: readonly WindowPoint[]) =>
  windows.map(({ start, end, rows, rating, version }) => ({ start, end, rows, rating, version }));

describe('a reload', () => {
  test('changes nothing: windows that were open go on, series and verdicts are there', async () => {
    const whole = chunkOf(rowsOf({ rows: 4_000, seed: 2 }), {
      ids: Array.from({ length: 4_000 }, (_, i) => i),
    });
    const config: Partial<HostConfig> = { baseline, windows: WINDOWS };
    const alone = await openHost(config);
    await alone.host.chunk(whole);
    await alone.host.flush();
    const expected = await alone.host.snapshot();

    const disk = new Disk();
    for (const part of cutChunk(whole, [130, 1_111, 1_112, 1_850])) {
      const { host } = await openHost(config, { openStore: async () => disk.open() });
      await host.chunk(part);
      await host.close();
    }
    const { host } = await openHost(config, { openStore: async () => disk.open() });
    const found = await host.snapshot();
    expect(found.rows).toEqual(expected.rows);
    found.series.forEach((series, i) => {
      const { spec, windows, features, open, latest } = expected.series[i];
      expect(series.spec).toBe(spec);
      expect(points(series.windows)).toEqual(points(windows));
      expect(series.open).toEqual(open);
      expect(series.latest?.window.start).toBe(latest?.window.start);
      series.features.forEach(({ values, threshold, metric }, k) => {
        expect(metric).toBe(features[k].metric);
        expect(threshold).toBeCloseTo(features[k].threshold, 12);
        values.forEach((value, at) => {
          expect(value).toBeCloseTo(features[k].values[at], 12);
        });
      });
    });
    const ids = found.series.flatMap(({ windows }) => windows.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('after a kill at any commit: the history is that of some moment, and goes on', async () => {
    const whole = chunkOf(rowsOf({ rows: 1_500, seed: 3 }));
    const config: Partial<HostConfig> = { baseline, windows: WINDOWS };
    const parts = cutChunk(whole, [300, 700, 900, 1_250]);
    const alone = await openHost(config);
    await alone.host.chunk(whole);
    await alone.host.flush();
    const expected = await alone.host.snapshot();
    for (let kill = 0; kill <= parts.length; kill++) {
      const disk = new Disk();
      const first = await openHost(config, { openStore: async () => disk.open(kill) });
      for (const part of parts) {
        await first.host.chunk(part);
        await first.host.flush();
      }
      expect(first.errors.length).toBe(kill < parts.length ? 1 : 0);
      const again = await openHost(config, { openStore: async () => disk.open() });
      const { rows } = await again.host.snapshot();
      const kept = parts.slice(0, kill).reduce((sum, { batch }) => sum + batch.rows, 0);
      expect(rows.measured).toBe(kept);
      for (const part of parts.slice(kill)) await again.host.chunk(part);
      await again.host.flush();
      const found = await again.host.snapshot();
      found.series.forEach(({ windows }, i) => {
        expect(points(windows)).toEqual(points(expected.series[i].windows));
      });
      expect(again.errors).toEqual([]);
    }
  });

  test('with a baseline of another model: one clear error, and a fresh history', async () => {
    const disk = new Disk();
    const first = await openHost({ baseline }, { openStore: async () => disk.open() });
    await first.host.chunk(chunkOf(rowsOf({ rows: 2_500, seed: 2 })));
    await first.host.close();
    const other = baselineFileOf(rowsOf({ rows: 3_000, seed: 9 }), 'the next model');
    const second = await openHost({ baseline: other }, { openStore: async () => disk.open() });
    await second.host.chunk(chunkOf(rowsOf({ rows: 1_200, seed: 2 })));
    await second.host.flush();
    expect(second.errors).toHaveLength(1);
    expect(second.errors[0]).toMatchObject({ name: 'BaselineMismatchError' });
    expect(second.errors[0].message).toContain('"made up"');
    expect(second.errors[0].message).toContain('"the next model"');
    const snapshot = await second.host.snapshot();
    expect(snapshot.rows.measured).toBe(1_200);
    expect(snapshot.series[0].windows).toHaveLength(1);
    await second.host.close();
    const third = await openHost({ baseline: other }, { openStore: async () => disk.open() });
    await third.host.flush();
    expect(third.errors).toEqual([]);
    expect((await third.host.snapshot()).series[0].windows).toHaveLength(1);
  });

  test('of a damaged history: what cannot be read is told, and the rest works', async () => {
    const disk = new Disk();
    const first = await openHost({ baseline }, { openStore: async () => disk.open() });
    await first.host.chunk(chunkOf(rowsOf({ rows: 2_500, seed: 2 })));
    await first.host.close();
    const saved = (await disk.open().state('open/1,000 rows')) as {
      open: { block: { profile: Uint8Array } }[];
    };
    saved.open[0].block.profile[40] ^= 255;
    await disk.open().commit({ states: [{ key: 'open/1,000 rows', value: saved }] });
    const second = await openHost({ baseline }, { openStore: async () => disk.open() });
    await second.host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 4 })));
    await second.host.flush();
    expect(second.errors.map(({ name }) => name)).toEqual(['CodecError']);
    expect(second.verdicts.map(({ window }) => window.rows)).toEqual([1_000]);
  });
});

describe('without a baseline', () => {
  test('the first rows are learned, the rest is judged against them', async () => {
    const { host, verdicts } = await openHost({ reference: { first: 3_000 }, windows: [{ rows: 1_000 }] });
    await host.chunk(chunkOf(rowsOf({ rows: 2_000, seed: 1 })));
    expect(await host.snapshot()).toMatchObject({ state: 'learning', rating: 'notRated', baseline: null });
    await host.chunk(chunkOf(rowsOf({ rows: 2_500, seed: 2 })));
    await host.chunk(chunkOf(rowsOf({ rows: 2_500, seed: 3, shift: 1 })));
    await host.flush();
    const snapshot = await host.snapshot();
    expect(snapshot).toMatchObject({ state: 'running', rows: { measured: 7_000 } });
    expect(snapshot.reference.label).toBe('the first 3,000 rows of production');
    expect(verdicts.map(({ rating }) => rating === 'drift')).toEqual([false, true, true, true]);
  });

  test('what was gathered and what was learned survive', async () => {
    const disk = new Disk();
    const config: Partial<HostConfig> = { reference: { first: 3_000 } };
    const rows = chunkOf(rowsOf({ rows: 4_200, seed: 1 }));
    const frames = new Set<string>();
    for (const part of cutChunk(rows, [1_000, 2_000, 3_500])) {
      const { host, errors } = await openHost(config, { openStore: async () => disk.open() });
      await host.chunk(part);
      await host.close();
      const { baseline: learned } = await host.snapshot();
      if (learned !== null) frames.add(learned.id);
      expect(errors).toEqual([]);
    }
    expect(frames.size).toBe(1);
    const { host } = await openHost(config, { openStore: async () => disk.open() });
    expect(await host.snapshot()).toMatchObject({ rows: { measured: 4_200 }, reference: { rows: 3_000 } });
    expect((await host.snapshot()).series[0].windows).toHaveLength(1);
  });
});

describe('references', () => {
  test('{ last }: each window is held against the span before it', async () => {
    const { host, verdicts } = await openHost({
      baseline,
      reference: { last: '1h' },
      windows: [{ every: '20m', lateness: 0 }],
    });
    // 6,000 rows a second apart: the shift comes half-way and is usual an hour later
    await host.chunk(chunkOf(rowsOf({ rows: 6_000, seed: 2 })));
    await host.chunk(chunkOf(rowsOf({ rows: 9_000, seed: 3, shift: 1 }), { start: START + 6_000_000 }));
    await host.flush();
    const [first, ...others] = verdicts;
    expect(first).toMatchObject({ rating: 'notRated', sentence: expect.stringContaining('no reference') });
    const drifting = others.map(({ rating }) => rating === 'drift');
    expect(drifting).toEqual([...Array(4).fill(false), ...Array(3).fill(true), ...Array(4).fill(false)]);
    expect(others[2].reference).toEqual({ label: 'the 1 h before', rows: 3_600 });
  });

  test('{ healthy }: a marked span of the history, switched to while running', async () => {
    const { host, verdicts } = await openHost({ baseline, windows: [{ rows: 500 }] });
    await host.chunk(chunkOf(rowsOf({ rows: 3_000, seed: 2, shift: 1 })));
    await host.flush();
    expect(verdicts.at(-1)?.rating).toBe('drift');
    await host.setReference({ healthy: { from: START, to: START + 2_500_000 } });
    await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 3, shift: 1 }), { start: START + 3_000_000 }));
    await host.chunk(chunkOf(rowsOf({ rows: 500, seed: 4 }), { start: START + 4_000_000 }));
    await host.flush();
    expect(verdicts.slice(-3).map(({ rating }) => rating === 'drift')).toEqual([false, false, true]);
    expect((await host.snapshot()).reference).toMatchObject({ rows: 2_500 });
    expect(verdicts.at(-1)?.reference.label).toBe(
      'production from 2026-03-02 08:00 UTC to 2026-03-02 08:41 UTC',
    );
  });
});

describe('exports', () => {
  test('closed and open windows as profiles in small parts, without anybody’s value', async () => {
    const { host, news } = await openHost({ baseline, windows: [{ rows: 1_000 }], exports: true });
    const rows = rowsOf({ rows: 1_600, seed: 2, unseen: 0.01 });
    const speed = rows.columns.get('speed') as { values: Float64Array };
    speed.values[3] = 123_456.789;
    await host.chunk(chunkOf(rows));
    await host.flush();
    const parts = news.flatMap(({ exports }) => exports);
    expect(parts).toHaveLength(parts[0].of);
    expect(parts.every(({ bytes }) => bytes.length <= 61_440)).toBe(true);
    expect(parts[0]).toMatchObject({ closed: true, window: { spec: '1,000 rows', rows: 1_000 } });
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.bytes.length, 0));
    parts.reduce((at, part) => {
      bytes.set(part.bytes, at);
      return at + part.bytes.length;
    }, 0);
    const { frame } = decodeBaseline(baseline);
    const profile = decodeProfile(bytes, frame);
    const part = profile.parts.get('speed');
    const city = profile.parts.get('city');
    if (part?.kind !== 'number' || city?.kind !== 'category') throw new Error('other kinds');
    expect(part.max).toBeLessThan(100);
    expect(part.binSums.every((sum) => Math.abs(sum) < 10_000)).toBe(true);
    expect([...city.unseenNames.keys()]).toEqual([expect.stringMatching(/^#[0-9a-f]{16}$/)]);
    expect(new TextDecoder('latin1').decode(bytes)).not.toContain('Bergen');
  });

  test('none without an exporter', async () => {
    const { host, news } = await openHost({ baseline });
    await host.chunk(chunkOf(rowsOf({ rows: 1_000, seed: 2 })));
    await host.flush();
    expect(news.flatMap(({ exports }) => exports)).toEqual([]);
  });
});

test('kernels that were given are used', async () => {
  const { host } = await openHost({ baseline }, { kernels: cpuKernels });
  expect((await host.snapshot()).engine.kernels).toBe('cpu');
});
