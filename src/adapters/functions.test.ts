// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { countOf, recordingMonitor, total } from '../../test/adapters/recording-monitor.js';
import { unwatch, watchFunction } from './functions.js';

const everything = { sampling: { share: 1 } };

class Scorer {
  readonly #weight = 2;
  score(row: { age: number }): number {
    return this.#weight * row.age;
  }
}

describe('a watched function', () => {
  test('gives what the function gives, and its rows are observed', () => {
    const { monitor, observed, calls, problems, column } = recordingMonitor();
    const scorer = new Scorer();
    const watched = watchFunction(scorer.score, monitor, {
      inputs: (row) => row,
      outputs: (score) => ({ score, embedding: [score, 1] }),
      ids: (row) => `id ${row.age}`,
      times: () => 17,
      version: '2',
      slices: () => ({ country: 'CH' }),
      backend: 'js',
      ...everything,
    });
    expect(watched.call(scorer, { age: 21 })).toBe(42);
    expect(watched.name).toBe('score');
    expect(column('age')).toEqual([21]);
    expect(column('score')).toEqual([42]);
    expect(observed[0]!.options).toEqual({
      ids: 'id 21',
      times: 17,
      version: '2',
      slices: { country: 'CH' },
    });
    expect(calls).toEqual([{ ms: expect.any(Number), rows: 1, backend: 'js' }]);
    expect(problems).toEqual([]);
  });

  test('is of a version that its arguments tell, and of slices that are always the same', () => {
    const { monitor, observed, problems } = recordingMonitor();
    const watched = watchFunction((row: { age: number }) => row.age, monitor, {
      inputs: (row) => row,
      version: (row) => `v${row.age}`,
      slices: { country: 'CH' },
      ...everything,
    });
    watched({ age: 3 });
    expect(observed[0]?.options).toMatchObject({ version: 'v3', slices: { country: 'CH' } });
    expect(problems).toEqual([]);
  });

  test('that is async gives what it gives, and both times', async () => {
    const { monitor, calls, column } = recordingMonitor();
    const promise = Promise.resolve([1, Number.NaN]);
    const watched = watchFunction((_: string[]) => promise, monitor, {
      inputs: (texts) => ({ columns: { text: texts } }),
      outputs: (scores) => ({ matrix: scores, names: ['score'] }),
      ...everything,
    });
    expect(await watched(['a', 'b'])).toBe(await promise);
    expect(column('text')).toEqual(['a', 'b']);
    expect(calls).toEqual([{ ms: expect.any(Number), rows: 2, nonFinite: true }]);
  });

  test('throws and rejects as it does', async () => {
    const { monitor, calls, observed, problems } = recordingMonitor();
    const error = new Error('no');
    const thrower = watchFunction(
      () => {
        throw error;
      },
      monitor,
      everything,
    );
    expect(thrower).toThrow(error);
    const rejecter = watchFunction(() => Promise.reject(error), monitor, everything);
    await expect(rejecter()).rejects.toBe(error);
    expect(calls.map(({ failed }) => failed)).toEqual([true, true]);
    expect(observed).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each([
    ['looked at', everything],
    ['gone by', {}],
  ])(
    'whose promise is rejected: the page hears of it where the app does not listen (%s)',
    async (_, options) => {
      const { monitor } = recordingMonitor();
      const unheard: unknown[] = [];
      const listen = (error: unknown) => void unheard.push(error);
      process.on('unhandledRejection', listen);
      const others = process.listeners('unhandledRejection').filter((listener) => listener !== listen);
      for (const other of others) process.off('unhandledRejection', other);
      try {
        const watched = watchFunction((x: number) => Promise.reject(x), monitor, options);
        // So many that some go by.
        const calls = Array.from({ length: 200 }, (__, i) => i);
        for (const i of calls) void watched(i);
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(unheard).toEqual(calls);
        for (const i of calls) watched(-i).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(unheard).toEqual(calls);
      } finally {
        process.off('unhandledRejection', listen);
        for (const other of others) process.on('unhandledRejection', other);
      }
    },
  );

  test('is given back the very thing that is more than a promise, and that is asked once', async () => {
    const { monitor, calls, column } = recordingMonitor();
    let asked = 0;
    const query = {
      cancel: () => 'cancelled',
      // biome-ignore lint/suspicious/noThenProperty: as libraries have them
      then: (done: (x: number) => void) => {
        asked++;
        done(3);
      },
    };
    const watched = watchFunction(() => query, monitor, { outputs: (x) => ({ x }), ...everything });
    expect(watched()).toBe(query);
    expect(asked).toBe(1);
    expect(column('x')).toEqual([3]);
    expect(calls).toHaveLength(1);
  });

  test('tells what watching took, less what the monitor counts itself', () => {
    const { monitor, calls } = recordingMonitor();
    const busy = (ms: number) => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    const slow = { ...monitor, observe: () => busy(40) };
    const watched = watchFunction((x: number) => x, slow, {
      outputs: (x) => {
        busy(5);
        return { x };
      },
      ...everything,
    });
    for (let i = 0; i < 4; i++) watched(i);
    const own = calls.map(({ ownMs = 0 }) => ownMs);
    // What a call took is known after it has been told of.
    expect(own[0]).toBe(0);
    const latest = Math.min(...own.slice(1));
    expect(latest).toBeGreaterThanOrEqual(5);
    expect(latest).toBeLessThan(40);
  });

  test('works on when what names its rows throws', () => {
    const { monitor, problems } = recordingMonitor();
    const watched = watchFunction((x: number) => x + 1, monitor, {
      inputs: () => {
        throw new Error('ouch');
      },
      ...everything,
    });
    expect([watched(1), watched(2)]).toEqual([2, 3]);
    expect(problems.map(({ message }) => message)).toEqual(['the inputs of a call cannot be read: ouch']);
  });

  test('is watched until it is not', () => {
    const { monitor, calls } = recordingMonitor();
    const fn = () => 1;
    const watched = watchFunction(fn, monitor, everything);
    watched();
    unwatch(fn);
    expect(watched()).toBe(1);
    expect(calls).toHaveLength(1);
  });

  test('of no function gives it back, and says so', () => {
    const { monitor, problems } = recordingMonitor();
    expect(watchFunction(3 as never, monitor)).toBe(3);
    expect(problems).toHaveLength(1);
  });

  test('counts the calls that it left out', () => {
    const { monitor, calls, observed } = recordingMonitor();
    const until = performance.now() + 60;
    const watched = watchFunction((x: number) => x, monitor, { outputs: (x) => ({ x }) });
    let n = 0;
    for (; performance.now() < until || n < 2000; n++) watched(n);
    expect(observed.length).toBeGreaterThan(0);
    unwatch(watched);
    expect(total(calls)).toEqual({ calls: n, rows: n });
    expect(countOf(observed)).toBe(n);
    // Most went by without a look.
    expect(calls.length).toBeLessThan(n / 4);
  });

  test.each([
    ['as those that were measured have', undefined],
    ['as it is told', (xs: readonly number[]) => xs.length],
  ])('counts the rows of the calls that it left out: as many %s', (_, rows) => {
    const { monitor, calls, observed } = recordingMonitor();
    const watched = watchFunction((xs: readonly number[]) => xs, monitor, {
      outputs: (xs) => ({ columns: { x: xs } }),
      ...(rows && { rows }),
    });
    for (let i = 0; i < 2000; i++) watched([i, i, i]);
    unwatch(watched);
    expect(total(calls)).toEqual({ calls: 2000, rows: 6000 });
    expect(countOf(observed, 3)).toBe(6000);
    expect(observed.length).toBeLessThan(1000);
  });

  test('that answers after it is watched no more was left out', async () => {
    const { monitor, calls, observed, column } = recordingMonitor();
    const answers: (() => void)[] = [];
    const watched = watchFunction(() => new Promise<void>((resolve) => answers.push(resolve)), monitor, {
      outputs: () => ({ x: 1 }),
    });
    const given = Array.from({ length: 100 }, () => watched());
    unwatch(watched);
    for (const answer of answers) answer();
    await Promise.all(given);
    expect(total(calls)).toEqual({ calls: 100, rows: 100 });
    expect(countOf(observed)).toBe(100);
    expect(column('x')).toEqual([]);
  });

  test('counts the calls that failed while nobody looked', async () => {
    const { monitor, calls } = recordingMonitor();
    const watched = watchFunction((x: number) => {
      if (x % 2 === 1) throw new Error('odd');
      return x % 4 === 2 ? Promise.reject(new Error('even')) : x;
    }, monitor);
    const n = 4_000;
    for (let i = 0; i < n; i++) {
      try {
        await watched(i);
      } catch {
        // The app's to handle.
      }
    }
    unwatch(watched);
    expect(total(calls)).toEqual({ calls: n, rows: n });
    expect(calls.filter(({ failed }) => failed)).toHaveLength((3 * n) / 4);
  });
});
