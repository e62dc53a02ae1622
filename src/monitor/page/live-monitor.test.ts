import { afterEach, describe, expect, test, vi } from 'vitest';
import { DriftglassError } from '../../errors.js';
import { createMonitor } from '../create-monitor.js';
import type { MonitorOptions } from '../monitor.js';
import { findMonitor } from '../registry.js';
import { disposedOf, monitorOf } from './testing/monitor-of.js';
import { RecordingHost } from './testing/recording-host.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('start', () => {
  test('synchronous: nothing of the host is asked for before the app had its turn, and rows are kept', async () => {
    const host = vi.fn(() => new RecordingHost());
    const monitor = disposedOf(createMonitor({ host }));
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
    [
      'with settings that mean nothing',
      { labels: { expire: 'soon' as never } },
      /^labels\.expire: "soon" is no duration/,
    ],
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

  test('two of one name: told to the second, and both measure', async () => {
    const [first, second] = [monitorOf({ name: 'twin' }), monitorOf({ name: 'twin' })];
    for (const { monitor } of [first, second]) {
      monitor.observe({ a: 1 });
      await monitor.flush();
      expect((await monitor.snapshot()).rows.measured).toBe(1);
    }
    expect(first.told()).toEqual([]);
    expect(second.told()).toEqual([
      'there is a monitor named "twin" on this page already: give each a name of its own',
    ]);
    // Whoever asks by name is given the latter, also once the former has ended.
    await first.monitor.dispose();
    expect(findMonitor('twin')).toBe(second.monitor);
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
