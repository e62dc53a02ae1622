// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { monitorOf } from './testing/monitor-of.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('rows', () => {
  test('go in a task of their own, together, after at most a moment', async () => {
    const { monitor, host } = monitorOf();
    await monitor.ready;
    for (let i = 0; i < 50; i++) monitor.observe({ a: i });
    expect(host.heard).toEqual([]);
    await expect.poll(() => host.heard).toEqual(['chunk of 50']);
  });

  test('go sooner where they are many or large', async () => {
    const { monitor, host } = monitorOf();
    await monitor.ready;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    monitor.observe({ columns: { a: new Float32Array(5_000) } });
    expect(host.heard).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(host.heard).toEqual(['chunk of 5000']);
    monitor.observe({ a: 1 });
    vi.advanceTimersByTime(100);
    expect(host.heard).toHaveLength(1);
    vi.advanceTimersByTime(250);
    expect(host.heard).toEqual(['chunk of 5000', 'chunk of 1']);
    await monitor.flush();
    monitor.observe({ matrix: new Float32Array(2 ** 18), embedding: 'e', dimension: 1_024 });
    vi.advanceTimersByTime(100);
    expect(host.heard.at(-1)).toBe('chunk of 256');
  });

  test('at most two chunks are under way; what waits meanwhile is a bounded, uniform sample', async () => {
    const { monitor, host } = monitorOf({ queueRows: 100 });
    await monitor.ready;
    host.hold();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    for (let tick = 0; tick < 6; tick++) {
      for (let i = 0; i < 50; i++) monitor.observe({ a: i });
      vi.advanceTimersByTime(400);
    }
    vi.useRealTimers();
    expect(host.heard).toEqual(['chunk of 50', 'chunk of 50']);
    const { rows } = await monitor.snapshot();
    expect(rows).toEqual({ observed: 300, measured: 0, skipped: 100, waiting: 200, late: 0, refused: 0 });
    host.release();
    await monitor.flush();
    expect(host.mostUnderWay).toBe(2);
    expect(host.chunks.map(({ batch, skipped }) => [batch.rows, skipped])).toEqual([
      [50, 0],
      [50, 0],
      [100, 100],
    ]);
    expect((await monitor.snapshot()).rows).toEqual({
      observed: 300,
      measured: 200,
      skipped: 100,
      waiting: 0,
      late: 0,
      refused: 0,
    });
  });

  test('ten thousand calls in one tick: bounded, counted, the rest measured', async () => {
    const { monitor, host } = monitorOf({ queueRows: 500 });
    await monitor.ready;
    const cpu = process.cpuUsage();
    for (let i = 0; i < 10_000; i++) monitor.observe({ a: i, b: `word ${i}`, c: [i, i] }, { ids: i });
    const { user, system } = process.cpuUsage(cpu);
    await monitor.flush();
    expect(host.chunks.map(({ batch, skipped }) => [batch.rows, skipped])).toEqual([[500, 9_500]]);
    const [{ batch, ids }] = host.chunks;
    const words = batch.columns.get('b');
    const values = batch.columns.get('a');
    // Still whole rows, in their order, and no more texts than a small multiple of the rows.
    expect(values?.type === 'number' && words?.type === 'string').toBe(true);
    if (values?.type !== 'number' || words?.type !== 'string') return;
    expect([...values.values]).toEqual(ids);
    expect([...words.codes].map((code) => words.dictionary[code])).toEqual(ids?.map((id) => `word ${id}`));
    expect([...values.values]).toEqual([...values.values].sort((a, b) => a - b));
    expect(words.dictionary.length).toBeLessThan(1_100);
    expect((user + system) / 1000).toBeLessThan(500);
  });

  test('counts add up, whatever happens', async () => {
    const act = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ kind: fc.constant('rows' as const), rows: fc.integer({ min: 0, max: 90 }) }),
      },
      fc.record({
        kind: fc.constantFrom('bad' as const, 'left out' as const),
        rows: fc.integer({ min: 1, max: 9 }),
      }),
      fc.record({
        kind: fc.constantFrom('hold', 'release', 'fail', 'heal', 'send', 'turn', 'pause', 'resume'),
        rows: fc.constant(0),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), async (acts) => {
        const { monitor, host } = monitorOf({ queueRows: 100 });
        await monitor.ready;
        let observed = 0;
        let isPaused = false;
        const check = async (): Promise<void> => {
          const { rows } = await monitor.snapshot();
          expect(rows.observed).toBe(observed);
          expect(rows.measured + rows.skipped + rows.refused + rows.waiting).toBe(observed);
          expect(rows.waiting).toBeGreaterThanOrEqual(0);
        };
        for (const { kind, rows } of acts) {
          if (kind === 'rows')
            monitor.observe({ columns: { a: new Float32Array(rows) } }, { version: `v${rows % 3}` });
          else if (kind === 'bad') monitor.observe(new Array(rows).fill(5) as never);
          else if (kind === 'left out') monitor.observe([], { skipped: rows });
          else if (kind === 'hold') host.hold();
          else if (kind === 'release') host.release();
          else if (kind === 'fail') host.chunkFailure = new Error('broken');
          else if (kind === 'heal') host.chunkFailure = null;
          else if (kind === 'send') void monitor.flush();
          else if (kind === 'turn') await wait(0);
          else if (kind === 'pause') isPaused = monitor.pause() ?? true;
          else isPaused = monitor.resume() ?? false;
          if (!isPaused) observed += rows;
          await check();
        }
        host.release();
        monitor.resume();
        await monitor.flush();
        await check();
        expect((await monitor.snapshot()).rows.waiting).toBe(0);
        await monitor.dispose();
        expect((await monitor.snapshot()).rows.observed).toBe(observed);
      }),
      { numRuns: 40 },
    );
  });
});

describe('labels, metrics, marks', () => {
  test('labels come after the rows that were there before them, metrics and marks in one go', async () => {
    vi.spyOn(Date, 'now').mockReturnValue(1_000);
    const { monitor, host, told } = monitorOf();
    await monitor.ready;
    host.hold();
    monitor.observe({ a: 1 }, { ids: 'p1' });
    monitor.label('p1', 0.5);
    monitor.label(2, 'late');
    monitor.metric('orders', 3);
    monitor.metric('orders', 4, 7);
    monitor.annotate('release', 5);
    const flushed = monitor.flush();
    await expect
      .poll(() => host.heard)
      .toEqual(['chunk of 1', 'metrics orders=3@1000 orders=4@7', 'mark release@5']);
    host.release();
    await flushed;
    expect(host.heard.slice(3)).toEqual(['labels p1=0.5 2=late', 'flush']);

    monitor.label(null as never, 1);
    monitor.label('p', {} as never);
    monitor.metric('orders', Number.NaN);
    monitor.metric({} as never, 1);
    monitor.annotate(7 as never);
    monitor.annotate('release', Number.NaN);
    expect(told()).toEqual([
      'label: the id is no string or number',
      'label: the value is no number, string or boolean',
      'metric "orders": its value or time is no finite number',
      'metric: the name is no text',
      'annotate: the text is no text',
      'annotate: the time is no finite number',
    ]);
    await monitor.flush();
    expect(host.heard.slice(5)).toEqual(['flush']);
    // A mark is a few words: what is longer would fill the history.
    monitor.annotate('x'.repeat(5_000), 9);
    await monitor.flush();
    expect(host.heard[6]).toBe(`mark ${'x'.repeat(1_000)}@9`);
  });

  test('what waits is bounded: labels and metrics beyond that are dropped and told once, marks are dropped', async () => {
    const { monitor, host, told } = monitorOf({ labels: { most: 3 } });
    for (let i = 0; i < 5; i++) monitor.label(i, 1);
    for (let i = 0; i < 10_002; i++) monitor.metric('m', i, 0);
    for (let i = 0; i < 1_002; i++) monitor.annotate('x', i);
    await monitor.ready;
    await monitor.flush();
    const heard = (kind: string) => host.heard.filter((one) => one.startsWith(kind));
    expect(heard('labels')).toEqual(['labels 0=1 1=1 2=1']);
    expect(heard('metrics').map((one) => one.split(' ').length)).toEqual([1 + 10_000]);
    expect(heard('mark ')).toHaveLength(1_000);
    expect(told()).toEqual([
      'labels were dropped: too many wait to be joined',
      'metrics were dropped: too many wait',
    ]);
  });

  test('calls of the model reach the host as one sample', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], now: 1_000 });
    const { monitor, host } = monitorOf();
    await monitor.ready;
    monitor.call({ ms: 5, rows: 8, backend: 'wasm', tensors: 3 });
    monitor.call({ ms: 7, rows: 8, failed: true, nonFinite: true });
    vi.advanceTimersByTime(10_000);
    expect(host.samples).toHaveLength(1);
    expect(host.samples[0]).toMatchObject({
      start: 1_000,
      end: 11_000,
      calls: 2,
      rows: 16,
      errors: 1,
      nonFinite: 1,
      backend: 'wasm',
      tensors: 3,
    });
    expect(host.samples[0].latency.reduce((sum, count) => sum + count, 0)).toBe(2);
    monitor.pause();
    vi.advanceTimersByTime(60_000);
    expect(host.samples).toHaveLength(1);
  });
});
