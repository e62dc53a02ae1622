// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import type { MonitorSource } from '../../monitor/follow.js';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import { SystemBook } from '../../monitor/system/system-book.js';
import { addLatency, emptyLatency, LATENCY_BINS } from '../../profile/latency.js';
import { exportMetrics } from '../otel.js';
import { Durations } from './durations.js';
import { COUNTERS, DURATION, GAUGES } from './instruments.js';
import type { BatchResult, Meter } from './meter.js';
import { observationsOf } from './observations.js';

function snapshotOf(more: Partial<MonitorSnapshot> = {}): MonitorSnapshot {
  return {
    name: 'shop',
    at: 0,
    state: 'running',
    reason: '',
    rating: 'stable',
    sentence: '',
    rows: { observed: 5, measured: 4, skipped: 1, waiting: 0, late: 0, refused: 0 },
    baseline: null,
    reference: { spec: 'baseline', label: '', rows: 0 },
    engine: { place: '', kernels: '', notes: [] },
    store: { kind: 'memory', reason: '', bytes: 0, limit: 0, tabs: 1, leader: true },
    series: [],
    alerts: [],
    annotations: [],
    outliers: [],
    labels: { joined: 0, waiting: 0, expired: 0, unknown: 0 },
    outcomes: null,
    metrics: [],
    system: new SystemBook('').snapshot(),
    ...more,
  };
}

describe('names', () => {
  test('one namespace, no unit in a name, a unit and a description for each', () => {
    const all = [...Object.values(GAUGES), ...Object.values(COUNTERS)];
    for (const { name, unit, description } of all) {
      expect(name).toMatch(/^driftglass(\.[a-z]+(_[a-z]+)*)+$/);
      expect(name).not.toMatch(/second|byte|ratio|total|count$/);
      expect(unit).toMatch(/^(1|By|\{[a-z]+\})$/);
      expect(description).not.toBe('');
    }
    expect(new Set([DURATION, ...all.map(({ name }) => name)]).size).toBe(all.length + 1);
  });
});

describe('observations', () => {
  test('are bounded: 64 features, 64 metrics, names of 128 characters', () => {
    const features = Array.from({ length: 200 }, (_, i) => ({
      name: `${'n'.repeat(500)}${i}`,
      role: 'input' as const,
      metric: 'kolmogorovSmirnov',
      values: [0.5],
      ratings: ['drift' as const],
      threshold: 0.1,
      thresholdFrom: '',
    }));
    const window = {
      id: '',
      spec: '',
      start: 0,
      end: 0,
      rows: 1,
      skipped: 0,
      late: 0,
      version: '',
      rating: 'drift' as const,
      metrics: {},
    };
    const latest = {
      window,
      rating: 'drift' as const,
      sentence: '',
      features: [],
      checks: [],
      reference: { label: '', rows: 0 },
    };
    const metrics = Array.from({ length: 100 }, (_, i) => ({
      name: `m${i}`,
      count: 1,
      mean: i,
      min: i,
      max: i,
    }));
    const found = observationsOf(
      snapshotOf({ metrics, series: [{ spec: '1 h', windows: [window], features, latest, open: null }] }),
    );
    expect(found.filter(({ instrument }) => instrument === 'distance')).toHaveLength(64);
    expect(found.filter(({ instrument }) => instrument === 'metric')).toHaveLength(64);
    for (const { attributes } of found)
      for (const value of Object.values(attributes)) expect(String(value).length).toBeLessThanOrEqual(128);
  });

  test('what is not a number is left out', () => {
    const found = observationsOf(
      snapshotOf({ metrics: [{ name: 'a', count: 0, mean: Number.NaN, min: 0, max: 0 }] }),
    );
    expect(found.some(({ instrument }) => instrument === 'metric' || instrument === 'heap')).toBe(false);
    expect(found.every(({ value }) => Number.isFinite(value))).toBe(true);
  });
});

describe('durations', () => {
  const histogram = (times: readonly number[]) => {
    const counts = emptyLatency();
    for (const ms of times) addLatency(counts, ms);
    return [...counts];
  };

  test('each call once, those before the start not at all', () => {
    const durations = new Durations();
    const seconds: number[] = [];
    const update = (times: readonly number[]) =>
      durations.update(histogram(times), (one) => seconds.push(one));
    update([5, 5]);
    expect(seconds).toEqual([]);
    update([5, 5, 5, 100]);
    expect(seconds).toHaveLength(2);
    expect(Math.abs(seconds[1]! / 0.1 - 1)).toBeLessThan(0.05);
    update([5, 5, 5, 100]);
    expect(seconds).toHaveLength(2);
    // a history that began anew
    update([7]);
    update([7, 7, 0.001, 1e9]);
    expect(seconds).toHaveLength(5);
    expect(seconds.every((one) => one > 0 && one < 700)).toBe(true);
  });

  test('many calls are handed on over several updates', () => {
    const durations = new Durations();
    let count = 0;
    durations.update(histogram([]), () => count++);
    const many = Array.from({ length: LATENCY_BINS }, (_, bin) => (bin === 50 ? 5_000 : 0));
    durations.update(many, () => count++);
    expect(count).toBe(2_000);
    for (let i = 0; i < 3; i++) durations.update(many, () => count++);
    expect(count).toBe(5_000);
  });
});

describe('an app is never hurt', () => {
  const source: MonitorSource = {
    name: 'shop',
    onUpdate: () => () => {},
    snapshot: async () => snapshotOf(),
  };

  test('a meter that throws is told once', () => {
    const errors: string[] = [];
    const meter = {} as Meter;
    const stop = exportMetrics(source, { meter, onError: ({ message }) => errors.push(message) });
    stop();
    expect(errors).toEqual([
      expect.stringMatching(/^metrics of "shop" cannot be exported: .*not a function/),
    ]);
    expect(() =>
      exportMetrics(source, {
        meter,
        onError: () => {
          throw new Error('mine');
        },
      }),
    ).not.toThrow();
  });

  test('what the browser tells of memory and long tasks, ours apart', () => {
    const system = new SystemBook('').snapshot();
    const found = observationsOf(
      snapshotOf({
        system: {
          ...system,
          total: { ...system.total, longTasks: 5, ownLongTasks: 2 },
          memory: { heap: 7, tensors: 1, tensorBytes: 96 },
        },
      }),
    );
    const told = (name: string) =>
      found.flatMap(({ instrument, value, attributes }) =>
        instrument === name ? [[value, attributes['driftglass.task.own'] ?? null]] : [],
      );
    expect(told('longTasks')).toEqual([
      [2, true],
      [3, false],
    ]);
    expect(told('heap')).toEqual([[7, null]]);
    expect(told('tensors')).toEqual([[96, null]]);
  });

  test('a snapshot that comes after the end is not told, and the monitor makes none for it', async () => {
    let observed = 0;
    let listening = 0;
    const heard: MonitorSource = {
      ...source,
      onUpdate: () => {
        listening++;
        return () => void listening--;
      },
    };
    let callback: ((result: BatchResult<string>) => void) | null = null;
    const meter: Meter<string, string> = {
      createHistogram: () => ({ record: () => {} }),
      createObservableGauge: (name) => name,
      createObservableCounter: (name) => name,
      addBatchObservableCallback: (given) => {
        callback = given;
      },
      removeBatchObservableCallback: () => {},
    };
    const collect = () => callback!({ observe: () => observed++ });
    const stop = exportMetrics(source, { meter });
    collect();
    expect(observed).toBe(0);
    await Promise.resolve();
    await Promise.resolve();
    collect();
    expect(observed).toBeGreaterThan(5);
    observed = 0;
    exportMetrics(heard, { meter })();
    expect(listening).toBe(0);
    await Promise.resolve();
    collect();
    expect(observed).toBe(0);
    stop();
  });
});
