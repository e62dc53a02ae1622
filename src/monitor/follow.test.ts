// SPDX-License-Identifier: Apache-2.0
import { afterEach, expect, test, vi } from 'vitest';
import { createMonitor } from './create-monitor.js';
import { followMonitor, type MonitorSource } from './follow.js';
import type { LineOptions } from './line.js';
import type { Monitor } from './monitor.js';
import { emptySnapshot } from './page/empty-snapshot.js';
import { publishMonitor } from './publish.js';
import { findMonitor, onMonitor, registerMonitor } from './registry.js';
import type { MonitorSnapshot } from './snapshot.js';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.useRealTimers();
});

/** A source whose news the test makes; `listeners` of it. */
function source(name: string) {
  const callbacks = new Set<(snapshot: MonitorSnapshot) => void>();
  const snapshotOf = (reason: string): MonitorSnapshot =>
    emptySnapshot({
      name,
      state: 'failed',
      reason,
      reference: 'baseline',
      store: 'memory',
      storeBytes: 0,
      device: '',
    });
  const made: MonitorSource = {
    name,
    onUpdate: (callback) => {
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    snapshot: async () => snapshotOf('asked'),
    report: async (spec) => {
      throw new Error(`no window of ${spec}`);
    },
  };
  return {
    source: made,
    get listeners() {
      return callbacks.size;
    },
    send: (reason: string) => {
      for (const callback of callbacks) callback(snapshotOf(reason));
    },
  };
}

function line(kind: 'channel' | 'port'): readonly [LineOptions, LineOptions] {
  if (kind === 'channel') return [{}, {}];
  const { port1, port2 } = new MessageChannel();
  ends.push(() => port1.close());
  return [{ port: port1 }, { port: port2 }];
}

test.each(['channel', 'port'] as const)('a monitor elsewhere is followed over a %s', async (kind) => {
  const [near, far] = line(kind);
  const published = source(`over ${kind}`);
  ends.push(publishMonitor(published.source, near));
  const follower = followMonitor(`over ${kind}`, far);
  expect((await follower.snapshot()).reason).toBe('asked');
  await expect(follower.report?.('1 h')).rejects.toThrow('no window of 1 h');
  expect(published.listeners).toBe(0);

  const heard: string[] = [];
  const stop = follower.onUpdate(({ reason }) => heard.push(reason));
  await expect.poll(() => heard).toEqual(['asked']);
  expect(published.listeners).toBe(1);
  published.send('news');
  await expect.poll(() => heard).toEqual(['asked', 'news']);
  stop();
  await expect.poll(() => published.listeners).toBe(0);
  published.send('unheard');
  expect(heard).toHaveLength(2);
});

test('a question that nobody answers is refused in time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const asked = expect(followMonitor('nobody').snapshot()).rejects.toThrow(
    'no monitor named "nobody" answers',
  );
  vi.advanceTimersByTime(5_000);
  await asked;
});

test('a follower that died without a word is forgotten', async () => {
  const [near, far] = line('port');
  const published = source('lonely');
  ends.push(publishMonitor(published.source, near));
  far.port?.postMessage({ driftglass: { kind: 'watch', follower: 'a' } });
  await expect.poll(() => published.listeners).toBe(1);
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 31_000);
  published.send('nobody listens');
  expect(published.listeners).toBe(0);
  vi.restoreAllMocks();
});

test('a monitor on the page is found by name, also one that comes later, and let go when disposed of', async () => {
  const heard: string[] = [];
  ends.push(onMonitor('late', ({ name }) => heard.push(name)));
  expect(findMonitor('late')).toBeUndefined();
  const updates: string[] = [];
  const follower = followMonitor('late');
  ends.push(follower.onUpdate(({ reason }) => updates.push(reason)));

  const { source: near, send } = source('late');
  const end = registerMonitor(near as Monitor);
  expect(heard).toEqual(['late']);
  expect(findMonitor('late')).toBe(near);
  send('near');
  expect(updates).toEqual(['near']);
  expect((await follower.snapshot()).reason).toBe('asked');
  end();
  expect(findMonitor('late')).toBeUndefined();
});

test('a monitor of createMonitor is registered until it is disposed of', async () => {
  const monitor = createMonitor({ name: 'mine', host: () => new Proxy({}, {}) as never });
  expect(findMonitor('mine')).toBe(monitor);
  await monitor.dispose();
  expect(findMonitor('mine')).toBeUndefined();
});
