// SPDX-License-Identifier: Apache-2.0
/** Whatever an app hands over: nothing is thrown into it, no promise rejects, and it is told why nothing is measured. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { baselineFileOf, observedOf, rowsOf } from './core/testing/rows.js';
import { createMonitor } from './create-monitor.js';
import { LocalHost } from './local-host.js';
import type { Monitor, MonitorOptions } from './monitor.js';

const baseline = baselineFileOf(rowsOf({ rows: 2_000, seed: 1 }));
const rows = observedOf(rowsOf({ rows: 50, seed: 2 }));

const thrower = (): never => {
  throw new Error('of the app');
};
/** Throws whatever is done with it. */
const hostile = (): object =>
  new Proxy(
    {},
    {
      get: thrower,
      has: thrower,
      ownKeys: thrower,
      getPrototypeOf: thrower,
      getOwnPropertyDescriptor: thrower,
    },
  );
const getter = (name: string): object => Object.defineProperty({}, name, { enumerable: true, get: thrower });

/** By name, so that a failure can be printed. */
const ABSURD: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  NaN: () => Number.NaN,
  '-Infinity': () => Number.NEGATIVE_INFINITY,
  '-1': () => -1,
  '0': () => 0,
  '2^53': () => 2 ** 53,
  bigint: () => 9n,
  'empty text': () => '',
  text: () => 'x',
  symbol: () => Symbol('s'),
  true: () => true,
  'no date': () => new Date(Number.NaN),
  bytes: () => new Uint8Array(3),
  list: () => [],
  'list of null': () => [null],
  'list of numbers': () => [1, 2],
  'list of objects': () => [{}, { rows: -1 }, { every: 'x' }],
  'too many windows': () => Array.from({ length: 20 }, (_, i) => ({ rows: i + 2 })),
  object: () => ({}),
  'object without a prototype': () => Object.create(null),
  'function that throws': () => thrower,
  'function of nothing': () => () => {},
  'promise that breaks': () => () => Promise.reject(new Error('of the app')),
  'object that refuses all': hostile,
  'getter of rows': () => getter('rows'),
  'getter of expire': () => getter('expire'),
  'getter of length': () => getter('length'),
  'getter of toString': () => getter('toString'),
  'getter of message': () => getter('message'),
  'getter of then': () => getter('then'),
  'reference of words': () => ({ first: 'x' }),
  'reference of nothing': () => ({ first: 0 }),
  'span of nothing': () => ({ healthy: { from: Number.NaN, to: 'x' } }),
  'span that is null': () => ({ healthy: null }),
  'last of words': () => ({ last: 'soon' }),
  'persistence of words': () => ({ persistence: { k: 'x', of: null }, recovery: Number.NaN }),
  'persistence that is null': () => ({ persistence: null, remindEvery: 'never' }),
  'labels of words': () => ({ expire: '1d', most: 'x', reference: 'x' }),
  'labels of nothing': () => ({ expire: '1d', most: Number.NaN, reference: { value: 'x', rows: -1 } }),
  'settings of words': () => ({ columns: 5, metrics: 'x', tolerance: 'x', level: 'x' }),
};
const ALL = Object.entries(ABSURD);

const OPTIONS = [
  'baseline',
  'reference',
  'windows',
  'settings',
  'alerts',
  'name',
  'store',
  'storeBytes',
  'labels',
  'queueRows',
  'system',
  'worker',
  'host',
  'exporter',
  'onError',
] as const satisfies (keyof MonitorOptions)[];

const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(() => {
  process.off('unhandledRejection', note);
  vi.restoreAllMocks();
});

/** Every method, each with what it is given; none may throw. */
async function callAll(monitor: Monitor, given: unknown): Promise<void> {
  const any = given as never;
  monitor.observe(any);
  monitor.observe(rows, any);
  monitor.label(any, any);
  monitor.label('p', any);
  monitor.metric(any, 1);
  monitor.metric('m', any, any);
  monitor.call(any);
  monitor.problem(any);
  monitor.annotate(any);
  monitor.annotate('x', any);
  const ends = [
    monitor.onVerdict(any),
    monitor.onAlert(any),
    monitor.onOutlier(any),
    monitor.onError(any),
    monitor.onUpdate(any),
  ];
  monitor.pause();
  monitor.resume();
  await Promise.all([
    monitor.embeddingPlan(any),
    monitor.report(any),
    monitor.setReference(any),
    monitor.snapshot(),
    monitor.flush(),
  ]);
  for (const end of ends) end();
}

/** Makes a monitor of these options and lets it take rows; what it says of them when it ends. */
async function outcomeOf(absurd: object): Promise<void> {
  const errors: Error[] = [];
  const monitor = createMonitor({
    baseline,
    store: 'memory',
    host: () => new LocalHost(),
    onError: (error: Error) => errors.push(error),
    ...absurd,
  });
  monitor.observe(rows);
  const { state, reason } = await monitor.ready;
  expect(['running', 'learning', 'failed', 'inert']).toContain(state);
  if (state === 'failed') expect(reason).not.toBe('');
  await monitor.flush();
  const { rows: counts } = await monitor.snapshot();
  // Where it has failed at once, before the rows came, they do not count.
  if (state === 'running') expect(counts.observed).toBe(50);
  expect(counts.measured + counts.skipped + counts.refused).toBe(counts.observed);
  await monitor.dispose();
  const told = errors.map(({ message }) => message);
  expect(new Set(told).size).toBe(told.length);
}

describe('whatever an app hands over', () => {
  test.each(OPTIONS)(
    'as "%s": createMonitor returns, `ready` tells how it stands, nothing is thrown',
    async (name) => {
      const outcomes = ALL.map(async ([what, make], i) => {
        await outcomeOf({ name: `${name} ${i}`, [name]: make() }).catch((error: unknown) => {
          throw new Error(`${name}: ${what}`, { cause: error });
        });
      });
      await Promise.all(outcomes);
      await settled();
      expect(unhandled).toEqual([]);
    },
  );

  test.each(OPTIONS)('as options of which "%s" cannot be read', async (name) => {
    const options = { host: () => new LocalHost(), store: 'memory' };
    const monitor = createMonitor(
      Object.defineProperty({ ...options }, name, { enumerable: true, get: thrower }) as MonitorOptions,
    );
    const { state, reason } = await monitor.ready;
    expect({ state, reason }).toEqual({ state: 'failed', reason: 'of the app' });
    await monitor.dispose();
    expect(unhandled).toEqual([]);
  });

  test('that is no options at all', async () => {
    for (const none of [null, 5, 'x', hostile(), Symbol('s')]) {
      const monitor = createMonitor(none as never);
      expect(['inert', 'failed']).toContain((await monitor.ready).state);
      await monitor.dispose();
    }
  });

  test('to its methods, before it has started, while it runs, and after its end', async () => {
    const calls = ALL.map(async ([what, make], i) => {
      try {
        const monitor = createMonitor({
          name: `methods ${i}`,
          baseline,
          store: 'memory',
          host: () => new LocalHost(),
          onError: () => {},
        });
        const early = callAll(monitor, make());
        await monitor.ready;
        await early;
        await callAll(monitor, make());
        monitor.observe(rows);
        await monitor.flush();
        expect(await monitor.snapshot()).toMatchObject({ state: 'running', rows: { waiting: 0 } });
        await monitor.dispose();
        await callAll(monitor, make());
      } catch (error) {
        throw new Error(what, { cause: error });
      }
    });
    await Promise.all(calls);
    await settled();
    expect(unhandled).toEqual([]);
  });
});

/** Until the process has told of promises that nobody has heard. */
function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done, 0));
}
