// SPDX-License-Identifier: Apache-2.0
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../distances/special/random.js';
import { addLatency, emptyLatency } from '../../profile/latency.js';
import type { SubjectEvidence } from '../alerts/evidence.js';
import type { SystemSample } from '../host.js';
import { SystemBook } from './system-book.js';
import { addSample, emptySums, readSums } from './system-sums.js';

const START = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;

function sample(options: Partial<SystemSample> & { readonly ms?: readonly number[] } = {}): SystemSample {
  const { ms = [], ...rest } = options;
  const latency = emptyLatency();
  for (const time of ms) addLatency(latency, time);
  return {
    start: START,
    end: START + 5_000,
    latency,
    calls: ms.length,
    rows: 0,
    errors: 0,
    nonFinite: 0,
    longTasks: 0,
    ownLongTasks: 0,
    droppedFrames: 0,
    ownDroppedFrames: 0,
    ownMs: 0,
    backend: null,
    heap: null,
    tensors: null,
    tensorBytes: null,
    ...rest,
  };
}

const anySample = fc
  .record({
    start: fc.integer({ min: START, max: START + 200 * MINUTE }),
    ms: fc.array(fc.double({ min: 0, max: 1_000, noNaN: true }), { maxLength: 5 }),
    rows: fc.nat(1_000),
    errors: fc.nat(5),
    ownMs: fc.nat(50),
  })
  .map(({ start, ...rest }) => sample({ ...rest, start, end: start + 2_000 }));

test('samples add in any order, and their sums come back from the store', () => {
  fc.assert(
    fc.property(fc.array(anySample, { maxLength: 20 }), (samples) => {
      const [all, backwards] = [emptySums(), emptySums()];
      for (const one of samples) addSample(all, one);
      for (const one of samples.toReversed()) addSample(backwards, one);
      expect(backwards).toEqual(all);
      expect(readSums(structuredClone(all))).toEqual(all);
    }),
  );
});

describe('the book', () => {
  test('rates, quantiles and shares', () => {
    const book = new SystemBook('4 cores');
    const ms = [...Array(90).fill(10), ...Array(7).fill(40), ...Array(3).fill(100)];
    const counts = { rows: 512, errors: 1, nonFinite: 3, longTasks: 2, ownLongTasks: 1, droppedFrames: 9 };
    book.add(sample({ ms, ...counts, ownDroppedFrames: 4, ownMs: 50 }));
    const { total, minutes, device } = book.snapshot();
    expect(device).toBe('4 cores');
    expect(total).toMatchObject({ calls: 100, ...counts, ownDroppedFrames: 4, callsPerSecond: 20 });
    expect(total.ownShare).toBeCloseTo(0.01, 12);
    for (const [quantile, exact] of [
      [total.p50, 10],
      [total.p95, 40],
      [total.p99, 100],
    ] as const)
      expect(Math.abs(quantile / exact - 1)).toBeLessThan(0.05);
    expect(minutes).toEqual([{ start: START, ...total }]);
  });

  test('keeps the newest 60 minutes, in order, whatever the order of samples', () => {
    fc.assert(
      fc.property(fc.array(anySample, { minLength: 1, maxLength: 120 }), (samples) => {
        const book = new SystemBook('');
        for (const one of samples) book.add(one);
        const { minutes, total } = book.snapshot();
        const starts = minutes.map(({ start }) => start);
        const all = [...new Set(samples.map(({ start }) => Math.floor(start / MINUTE) * MINUTE))].sort();
        expect(starts).toEqual(all.slice(-60));
        expect(total.rows).toBe(samples.reduce((sum, { rows }) => sum + rows, 0));
        if (all.length <= 60) expect(minutes.reduce((sum, minute) => sum + minute.rows, 0)).toBe(total.rows);
      }),
    );
  });

  test('backends: the first is no change, the same is none, at most 20 are kept', () => {
    const book = new SystemBook('');
    book.add(sample({ backend: 'webgl', end: 1 }));
    book.add(sample({ backend: 'webgl', end: 2 }));
    book.add(sample({ backend: null, end: 3 }));
    expect(book.snapshot()).toMatchObject({ backend: 'webgl', backendChanges: [] });
    book.add(sample({ backend: 'cpu', end: 4 }));
    expect(book.snapshot().backendChanges).toEqual([{ at: 4, from: 'webgl', to: 'cpu' }]);
    for (let i = 0; i < 50; i++) book.add(sample({ backend: `b${i}`, end: 5 + i }));
    expect(book.snapshot().backendChanges).toHaveLength(20);
  });

  test('memory is the latest that was told', () => {
    const book = new SystemBook('');
    book.add(sample({ heap: 10, tensors: 3 }));
    book.add(sample({ heap: 20 }));
    expect(book.snapshot().memory).toEqual({ heap: 20, tensors: 3, tensorBytes: null });
  });

  test('what is stored comes back', () => {
    const book = new SystemBook('');
    expect(book.changed).toBe(false);
    for (let i = 0; i < 70; i++)
      book.add(sample({ start: START + i * MINUTE, end: START + i * MINUTE + 10, ms: [i], backend: 'cpu' }));
    expect(book.changed).toBe(true);
    const saved = structuredClone(book.save());
    expect(book.changed).toBe(false);
    expect(new SystemBook('', saved).snapshot()).toEqual(book.snapshot());
    book.add(sample());
    expect(new SystemBook('', saved).snapshot().total.calls).toBe(70);
  });

  test('what an earlier version stored, which did not tell whose the dropped frames were, comes back', () => {
    const book = new SystemBook('');
    book.add(sample({ ms: [5], droppedFrames: 3, ownDroppedFrames: 2 }));
    const saved = book.save() as { total: { ownDroppedFrames?: number } };
    delete saved.total.ownDroppedFrames;
    const { total } = new SystemBook('', saved).snapshot();
    expect(total).toMatchObject({ calls: 1, droppedFrames: 3, ownDroppedFrames: 0 });
  });

  test('what is not understood is left alone', () => {
    const none = new SystemBook('').snapshot();
    const damaged = new SystemBook('').save() as { total: { latency: Float64Array } };
    damaged.total.latency = new Float64Array(3);
    for (const saved of [null, 1, 'x', {}, { version: 2 }, { version: 1 }, damaged])
      expect(new SystemBook('', saved).snapshot()).toEqual(none);
  });

  test('a clock set back, and numbers that are none, do no harm', () => {
    const book = new SystemBook('');
    book.add(
      sample({ start: START, end: START - 1_000, calls: Number.NaN, rows: -4, latency: new Float64Array(2) }),
    );
    book.add(sample({ start: Number.NaN, end: Number.NaN, calls: 3 }));
    const { total, minutes } = book.snapshot();
    expect(total).toMatchObject({ calls: 3, rows: 0 });
    expect(total.p50).toBeNaN();
    expect(minutes).toHaveLength(1);
  });
});

describe('minutes against those before', () => {
  /** Minutes of `calls` calls with log-normal times. */
  function drive(
    book: SystemBook,
    options: { from: number; to: number; median: number; failing?: number; seed?: number; calls?: number },
  ) {
    const { from, to, median, failing = 0, seed = from + 1, calls = 60 } = options;
    const random = randomFrom(seed);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Array.from({ length: to - from }, (_, i) => {
      const start = START + (from + i) * MINUTE;
      const ms = Array.from({ length: calls }, () => median * Math.exp(0.5 * normal()));
      const errors = ms.filter(() => random() < failing).length;
      book.add(sample({ start, end: start + MINUTE - 1, ms, errors }));
      return book.judge();
    }).flat();
  }
  const speaking = (list: readonly SubjectEvidence[], name: string) =>
    list.filter(({ subject, low, threshold }) => subject.name === name && low > threshold);

  test('nothing is said while nothing changes: 3,000 minutes', () => {
    let minutes = 0;
    for (let run = 0; run < 10; run++) {
      const found = drive(new SystemBook(''), { from: 0, to: 300, median: 8, failing: 0.01, seed: run });
      minutes += found.length / 2;
      expect(speaking(found, 'latency')).toEqual([]);
      expect(speaking(found, 'failures').length).toBeLessThanOrEqual(1);
    }
    expect(minutes).toBeGreaterThan(2_900);
  });

  test('calls four times as slow, and failing ones, speak in every minute', () => {
    const book = new SystemBook('');
    drive(book, { from: 0, to: 20, median: 8 });
    const slow = drive(book, { from: 20, to: 31, median: 32 });
    expect(speaking(slow, 'latency').length).toBeGreaterThanOrEqual(9);
    expect(speaking(slow, 'latency')[0]!.sentence).toMatch(
      /^One call in twenty takes more than [6-9]\d ms; it was [12]\d ms before\.$/,
    );
    const failing = drive(book, { from: 31, to: 42, median: 32, failing: 0.3 });
    expect(speaking(failing, 'failures').length).toBeGreaterThanOrEqual(9);
    expect(speaking(failing, 'failures')[0]!.sentence).toMatch(
      /^\d\d.* % of the calls fail .* it was 0 % before\.$/,
    );
  });

  test('each minute once, once it is over, and not again after a restart', () => {
    const book = new SystemBook('');
    const found = drive(book, { from: 0, to: 10, median: 8 });
    const starts = found.map(({ start }) => (start - START) / MINUTE);
    // the first four make the 200 calls; the last is not over
    expect([...new Set(starts)]).toEqual([4, 5, 6, 7, 8]);
    expect(found).toHaveLength(10);
    expect(book.judge()).toEqual([]);
    const back = new SystemBook('', book.save());
    back.add(sample({ start: START + 10 * MINUTE, end: START + 11 * MINUTE - 1 }));
    expect(back.judge().map(({ start }) => (start - START) / MINUTE)).toEqual([9, 9]);
  });

  test('a clock that was a year ahead for a while: minutes are judged on, and those of then are gone', () => {
    const book = new SystemBook('');
    drive(book, { from: 0, to: 10, median: 8 });
    const YEAR = 525_600;
    drive(book, { from: YEAR, to: YEAR + 3, median: 8 });
    const found = drive(book, { from: 10, to: 20, median: 8 });
    const judged = new Set(found.map(({ start }) => (start - START) / MINUTE));
    // Minute 9 was over for whoever looked at the clock then.
    expect([...judged]).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18]);
    const starts = book.snapshot().minutes.map(({ start }) => (start - START) / MINUTE);
    expect(starts).toEqual(Array.from({ length: 20 }, (_, i) => i));
    // Counts of all calls stay: they were made.
    expect(book.snapshot().total.calls).toBe(23 * 60);
  });

  test('few calls say nothing', () => {
    expect(drive(new SystemBook(''), { from: 0, to: 40, median: 8, calls: 19 })).toEqual([]);
  });
});
