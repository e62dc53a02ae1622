import { afterEach, describe, expect, test, vi } from 'vitest';

import { monitorOf } from './testing/monitor-of.js';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

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

  test('errors, until unsubscribing; another who listens goes on', async () => {
    const { monitor, host, told } = monitorOf();
    await monitor.ready;
    const heard: string[] = [];
    const end = monitor.onError(({ message }) => heard.push(message));
    host.tell({ errors: [{ name: 'EngineError', message: 'first' }] });
    end();
    end();
    host.tell({ errors: [{ name: 'EngineError', message: 'second' }] });
    expect(heard).toEqual(['first']);
    expect(told()).toEqual(['first', 'second']);
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

  test('200 causes are told, no more', async () => {
    const { monitor, host, told } = monitorOf();
    await monitor.ready;
    const letters = [...'abcdefghijklmnop'];
    const messages = letters.flatMap((one) => letters.map((other) => `${one} ${other}`));
    host.tell({ errors: messages.map((message) => ({ name: 'EngineError', message })) });
    expect(told()).toEqual(messages.slice(0, 200));
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
