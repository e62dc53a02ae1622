// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, test, vi } from 'vitest';
import { LATENCY_EDGES, latencyQuantile } from '../../profile/latency.js';
import type { SystemSample } from '../host.js';
import { monitorOf } from './testing/monitor-of.js';
import { Vitals } from './vitals.js';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const CALL = { ms: 8, rows: 4, backend: 'wasm' };

function vitalsOf() {
  vi.useFakeTimers({ now: 1_000_000 });
  const samples: SystemSample[] = [];
  const vitals = new Vitals({
    watchesSystem: false,
    send: (sample) => samples.push(sample),
    tell: (error) => {
      throw error;
    },
  });
  return { vitals, samples };
}

describe('a sample', () => {
  test('holds what calls told: counts, latency, backend, tensors and the heap', () => {
    const { vitals, samples } = vitalsOf();
    vi.stubGlobal('performance', { memory: { usedJSHeapSize: 7_000 } });
    vitals.start();
    vitals.call({ ...CALL, tensors: 3, tensorBytes: 96 });
    vitals.call({ ms: 40, rows: 4, calls: 3, failed: true, nonFinite: true });
    vitals.own(5, 7.5);
    vi.advanceTimersByTime(10_000);
    vitals.stop();
    const [{ latency, ...sample }] = samples as [SystemSample];
    expect(sample).toEqual({
      start: 1_000_000,
      end: 1_010_000,
      calls: 4,
      rows: 8,
      errors: 1,
      nonFinite: 1,
      longTasks: 0,
      ownLongTasks: 0,
      droppedFrames: 0,
      ownDroppedFrames: 0,
      ownMs: 2.5,
      backend: 'wasm',
      heap: 7_000,
      tensors: 3,
      tensorBytes: 96,
    });
    expect(latencyQuantile(latency, 0.25) / 8).toBeCloseTo(1, 1);
    expect(latencyQuantile(latency, 0.5) / 40).toBeCloseTo(1, 1);
    expect(latency).toHaveLength(LATENCY_EDGES.length + 1);
  });

  test('stands for the time that was looked at: not for a night that the machine slept through', () => {
    const { vitals, samples } = vitalsOf();
    vitals.start();
    vi.advanceTimersByTime(10_000);
    // The clock goes on and timers do not.
    vi.setSystemTime(1_010_000 + 8 * 3_600_000);
    vi.advanceTimersByTime(10_000);
    vitals.stop();
    const [before, after] = samples.map(({ start, end }) => end - start);
    expect(before).toBe(10_000);
    expect(after).toBe(75_000);
    expect(samples[1]!.end).toBe(1_020_000 + 8 * 3_600_000);
  });

  test('of a hidden page, whose timers come once a minute, stands for that minute', () => {
    const { vitals, samples } = vitalsOf();
    vitals.start();
    vi.setSystemTime(1_050_000);
    vi.advanceTimersByTime(10_000);
    vitals.stop();
    expect(samples.map(({ start, end }) => end - start)).toEqual([60_000]);
  });

  test('begins anew after a rest', () => {
    const { vitals, samples } = vitalsOf();
    vitals.start();
    vi.advanceTimersByTime(10_000);
    vitals.stop();
    vi.advanceTimersByTime(50_000);
    expect(samples).toHaveLength(1);
    vitals.start();
    vi.advanceTimersByTime(10_000);
    vitals.stop();
    expect(samples.map(({ start, end }) => end - start)).toEqual([10_000, 10_000]);
  });
});

test('the time that observe() takes is ours', async () => {
  const { monitor, host } = monitorOf();
  await monitor.ready;
  let now = 1_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const rows = { columns: { a: [1, 2, 3] } };
  Object.defineProperty(rows.columns, 'b', {
    enumerable: true,
    get: () => {
      now += 7;
      return [4, 5, 6];
    },
  });
  monitor.observe(rows);
  monitor.call({ ...CALL, ownMs: 2 });
  vi.spyOn(performance, 'now').mockRestore();
  await monitor.flush();
  expect(host.samples[0]!.ownMs).toBeGreaterThanOrEqual(9);
});

describe('calls that no sample has told yet', () => {
  test('are told by flush', async () => {
    const { monitor, host } = monitorOf();
    await monitor.ready;
    monitor.call(CALL);
    await monitor.flush();
    expect(host.samples.map(({ calls }) => calls)).toEqual([1]);
    // Nothing came since.
    await monitor.flush();
    expect(host.samples).toHaveLength(1);
  });

  test('are told when it is paused; those that come meanwhile are left out', async () => {
    const { monitor, host } = monitorOf();
    await monitor.ready;
    monitor.call(CALL);
    monitor.pause();
    monitor.call(CALL);
    monitor.resume();
    monitor.call(CALL);
    monitor.call(CALL);
    await monitor.flush();
    expect(host.samples.map(({ calls }) => calls)).toEqual([1, 2]);
  });

  test('are told when it is disposed of', async () => {
    const { monitor, host } = monitorOf();
    await monitor.ready;
    monitor.call(CALL);
    await monitor.dispose();
    expect(host.samples.map(({ calls }) => calls)).toEqual([1]);
  });
});
