// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { DriftglassError } from '../../errors.js';
import { createMonitor } from '../create-monitor.js';
import type { Monitor, MonitorOptions } from '../monitor.js';
import { RecordingHost } from './testing/recording-host.js';

const made: Monitor[] = [];
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await Promise.all(made.splice(0).map((monitor) => monitor.dispose()));
});

function monitorOf(options: MonitorOptions = {}, host = new RecordingHost()) {
  const errors: Error[] = [];
  const monitor = createMonitor({ host: () => host, onError: (error) => errors.push(error), ...options });
  made.push(monitor);
  return { monitor, host, errors, told: () => errors.map(({ message }) => message) };
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('start', () => {
  test('synchronous: nothing of the host is asked for before the app had its turn, and rows are kept', async () => {
    const host = vi.fn(() => new RecordingHost());
    const monitor = createMonitor({ host });
    made.push(monitor);
    monitor.observe({ a: 1 });
    monitor.label('p', 1);
    expect(host).not.toHaveBeenCalled();
    expect((await monitor.snapshot()).state).toBe('starting');
    expect((await monitor.snapshot()).rows).toMatchObject({ observed: 1, waiting: 1 });
    await monitor.ready;
    await monitor.flush();
    expect(host.mock.results[0].value.heard).toEqual(['chunk of 1', 'labels p=1', 'flush']);
  });

  test('what the host is told', async () => {
    const { monitor, host } = monitorOf({
      name: 'flights',
      windows: [{ every: '1h' }],
      labels: { expire: '2d', most: 5 },
      exporter: () => {},
    });
    await monitor.ready;
    expect(host.config).toMatchObject({
      name: 'flights',
      baseline: null,
      reference: { first: 5_000 },
      windows: [{ every: '1h' }],
      settings: {},
      store: 'indexedDB',
      storeBytes: 8 * 2 ** 20,
      labels: { expireMs: 2 * 86_400_000, most: 5 },
      exports: true,
    });
  });

  test('the bytes of a baseline are a copy: what the app gave stays its own', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const { monitor, host } = monitorOf({ baseline: bytes });
    await monitor.ready;
    expect(host.config?.reference).toBe('baseline');
    expect(new Uint8Array(host.config?.baseline as ArrayBuffer)).toEqual(bytes);
    structuredClone(host.config?.baseline, { transfer: [host.config?.baseline as ArrayBuffer] });
    expect(bytes).toEqual(Uint8Array.of(1, 2, 3));
  });

  test.each<[string, MonitorOptions | (() => MonitorOptions), RegExp]>([
    [
      'that no server has',
      { baseline: 'http://127.0.0.1:9/none' },
      /^the baseline http:\/\/127\.0\.0\.1:9\/none cannot be read: /,
    ],
    [
      'whose promise is broken',
      () => ({ baseline: Promise.reject(new Error('offline')) }),
      /^the baseline cannot be read: offline$/,
    ],
    ['with settings that mean nothing', { labels: { expire: 'soon' as never } }, /^"soon" is no duration/],
    [
      'with a host that cannot be made',
      {
        host: () => {
          throw new Error('no host');
        },
      },
      /^no host$/,
    ],
  ])('a baseline %s: told once, nothing is measured, and rows are counted', async (_, options, message) => {
    const { monitor, told } = monitorOf(typeof options === 'function' ? options() : options);
    monitor.observe([{ a: 1 }, { a: 2 }]);
    const { state, reason, sentence } = await monitor.ready;
    expect(state).toBe('failed');
    expect(reason).toMatch(message);
    expect(sentence).toMatch(/^Nothing is measured: /);
    monitor.observe({ a: 3 });
    await monitor.flush();
    expect(told()).toEqual([reason]);
    expect((await monitor.snapshot()).rows).toEqual({
      observed: 2,
      measured: 0,
      skipped: 2,
      waiting: 0,
      late: 0,
      refused: 0,
    });
    expect(await monitor.report()).toBeNull();
  });

  test('a host that refuses to open', async () => {
    const host = new RecordingHost();
    host.failure = new DriftglassError('CodecError', 'this is no baseline');
    const { monitor, errors } = monitorOf({}, host);
    expect((await monitor.ready).state).toBe('failed');
    expect(errors).toEqual([host.failure]);
  });

  test('options that cannot be read', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const monitor = createMonitor({
      get name(): string {
        throw new Error('mine');
      },
    });
    expect((await monitor.ready).state).toBe('failed');
    expect(warn).toHaveBeenCalledExactlyOnceWith('driftglass: Error: mine');
  });

  test('disposed of before it started: the host is never made', async () => {
    const host = vi.fn(() => new RecordingHost());
    const monitor = createMonitor({ host });
    await monitor.dispose();
    expect((await monitor.ready).state).toBe('disposed');
    await wait(80);
    expect(host).not.toHaveBeenCalled();
  });
});

describe('rows', () => {
  test('go in a task of their own, together, after at most a moment', async () => {
    const { monitor, host } = monitorOf();
    await monitor.ready;
    for (let i = 0; i < 50; i++) monitor.observe({ a: i });
    expect(host.heard).toEqual([]);
    await expect.poll(() => host.heard).toEqual(['chunk of 50']);
  });

  test('go sooner where there are many', async () => {
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
    await wait(5);
    expect(host.heard).toEqual(['chunk of 1', 'metrics orders=3@1000 orders=4@7', 'mark release@5']);
    host.release();
    await flushed;
    expect(host.heard.slice(3)).toEqual(['labels p1=0.5 2=late', 'flush']);

    monitor.label(null as never, 1);
    monitor.label('p', {} as never);
    monitor.metric('orders', Number.NaN);
    expect(told()).toEqual([
      'label: the id is no string or number',
      'label: the value is no number, string or boolean',
      'metric "orders": its value or time is no finite number',
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

describe('what the app hears', () => {
  const verdict = { sentence: 'a verdict' } as never;
  const alert = { sentence: 'an alert' } as never;
  const outlier = { feature: 'a' } as never;

  test('verdicts, alerts, outliers and errors, each cause once; not after unsubscribing', async () => {
    const { monitor, host, told } = monitorOf();
    await monitor.ready;
    const heard: unknown[] = [];
    const ends = [
      monitor.onVerdict((news) => heard.push(news)),
      monitor.onAlert((news) => heard.push(news)),
      monitor.onOutlier((news) => heard.push(news)),
    ];
    const error = { name: 'EngineError', message: 'quota' };
    host.tell({ verdicts: [verdict], alerts: [alert], outliers: [outlier], errors: [error, error] });
    expect(heard).toEqual([verdict, alert, outlier]);
    expect(told()).toEqual(['quota']);
    for (const end of ends) end();
    host.tell({ verdicts: [verdict], errors: [error] });
    expect(heard).toHaveLength(3);
    expect(told()).toHaveLength(1);
  });

  test('callbacks that throw, now or later, go to onError once, and the others still hear', async () => {
    const { monitor, host, told } = monitorOf();
    await monitor.ready;
    const heard: unknown[] = [];
    monitor.onVerdict(() => {
      throw new Error('mine');
    });
    monitor.onVerdict(async () => {
      throw new Error('mine, later');
    });
    monitor.onVerdict((news) => heard.push(news));
    host.tell({ verdicts: [verdict, verdict] });
    await wait(0);
    expect(heard).toHaveLength(2);
    expect(told()).toEqual([
      "the app's onVerdict callback failed: mine",
      "the app's onVerdict callback failed: mine, later",
    ]);
  });

  test('an onError that throws is left alone', async () => {
    const { monitor, host } = monitorOf({
      onError: () => {
        throw new Error('worse');
      },
    });
    const heard: string[] = [];
    monitor.onError(({ message }) => heard.push(message));
    await monitor.ready;
    host.tell({ errors: [{ name: 'EngineError', message: 'quota' }] });
    monitor.problem(new Error('of an adapter'));
    monitor.observe(5 as never);
    monitor.observe(5 as never);
    expect(heard).toEqual(['quota', 'of an adapter', 'rows were refused: a number is no row']);
  });

  test('one error a cause: other lengths are the same one, other features are not', async () => {
    const { monitor, told } = monitorOf();
    for (const [name, length] of [
      ['a1', 2],
      ['a1', 3],
      ['a2', 3],
    ] as const)
      monitor.observe({ columns: { [name]: new Float32Array(length), z: new Float32Array(9) } });
    expect(told()).toEqual([
      'rows were refused: "z" has 9 values, expected 2 as "a1" has',
      'rows were refused: "z" has 9 values, expected 3 as "a2" has',
    ]);
    expect((await monitor.snapshot()).rows.refused).toBe(27);
  });

  test('snapshots are made only while somebody listens, and heard four times a second at most', async () => {
    const { monitor, host } = monitorOf();
    await monitor.ready;
    const first = vi.fn();
    const ends = [monitor.onUpdate(first), monitor.onUpdate(() => {})];
    const snapshot = await host.snapshot();
    for (let i = 0; i < 10; i++) host.tell({ snapshot: { ...snapshot, at: i } });
    expect(first).toHaveBeenCalledTimes(1);
    await wait(270);
    expect(first).toHaveBeenCalledTimes(2);
    expect(first.mock.lastCall?.[0].at).toBe(9);
    for (const end of ends) end();
    expect(host.heard).toEqual(['watched true', 'watched false']);
  });
});

describe('ends', () => {
  test('paused: rows are neither measured nor counted', async () => {
    const { monitor, host } = monitorOf();
    await monitor.ready;
    monitor.observe({ a: 1 });
    monitor.pause();
    monitor.observe({ a: 2 });
    expect((await monitor.snapshot()).state).toBe('paused');
    monitor.resume();
    monitor.observe({ a: 3 });
    await monitor.flush();
    expect((await monitor.snapshot()).state).toBe('running');
    expect((await monitor.snapshot()).rows).toMatchObject({ observed: 2, measured: 2 });
    expect(host.heard).toEqual(['chunk of 1', 'chunk of 1', 'flush']);
  });

  test('dispose hands over what waits and closes; then nothing does anything', async () => {
    const { monitor, host, errors } = monitorOf();
    await monitor.ready;
    const heard = vi.fn();
    monitor.onVerdict(heard);
    monitor.onUpdate(heard);
    monitor.observe({ a: 1 });
    await Promise.all([monitor.dispose(), monitor.dispose()]);
    expect(host.heard).toEqual(['watched true', 'chunk of 1', 'close']);
    heard.mockClear();
    monitor.observe({ a: 2 });
    monitor.observe(5 as never);
    monitor.label('a', 1);
    monitor.metric('m', 1);
    monitor.call({ ms: 1, rows: 1 });
    monitor.annotate('x');
    monitor.problem(new Error('late'));
    monitor.pause();
    monitor.resume();
    await monitor.flush();
    await monitor.setReference('baseline');
    host.tell({
      verdicts: [{} as never],
      errors: [{ name: 'x', message: 'y' }],
      snapshot: await host.snapshot(),
    });
    await wait(300);
    expect(heard).not.toHaveBeenCalled();
    expect(host.heard).toHaveLength(3);
    expect(errors).toEqual([]);
    const { state, rows } = await monitor.snapshot();
    expect({ state, rows }).toEqual({
      state: 'disposed',
      rows: { observed: 1, measured: 1, skipped: 0, waiting: 0, late: 0, refused: 0 },
    });
  });

  test('whoever waits for an answer when it ends waits no longer', async () => {
    const { monitor, host } = monitorOf();
    await monitor.ready;
    vi.spyOn(host, 'report').mockReturnValue(new Promise(() => {}));
    vi.spyOn(host, 'setReference').mockRejectedValue(new Error('no such window'));
    const asked = monitor.report();
    await monitor.setReference({ last: '1d' });
    await monitor.dispose();
    expect(await asked).toBeNull();
  });

  test('the reference is passed on', async () => {
    const { monitor, host } = monitorOf();
    await monitor.setReference({ last: '1d' });
    expect(host.heard).toEqual(['reference {"last":"1d"}']);
  });
});
