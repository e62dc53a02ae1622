// SPDX-License-Identifier: Apache-2.0
import { afterEach, describe, expect, test, vi } from 'vitest';
import { windowBytes } from './estimate-bytes.js';
import { openStore, type StoreOptions } from './open-store.js';
import type { Store } from './store.js';
import { HOUR, windowOf } from './testing/stored-windows.js';

let count = 0;
const open: Store[] = [];

async function opened(options: Partial<StoreOptions> & Pick<StoreOptions, 'kind'>): Promise<Store> {
  const store = await openStore({ name: `contract ${count++}`, limitBytes: 1 << 20, ...options });
  open.push(store);
  return store;
}

afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

const ids = (windows: readonly { id: string }[]) => windows.map(({ id }) => id);

describe.each(['memory', 'indexedDB'] as const)('a store in %s', (kind) => {
  test('says what it is', async () => {
    const store = await opened({ kind });
    expect(store.kind).toBe(kind);
    expect(store.reason).toBe('');
    expect(await store.windows()).toEqual([]);
    expect(await store.state('alerts')).toBeUndefined();
    expect(await store.size()).toEqual({ bytes: 0, windows: 0, damaged: 0 });
  });

  test('gives back what was committed, in time order', async () => {
    const store = await opened({ kind });
    const windows = [windowOf(11), windowOf(2), windowOf(10)];
    await store.commit({ windows, states: [{ key: 'alerts', value: { open: [1, 2], at: new Date(5) } }] });
    expect(await store.windows()).toEqual([windowOf(2), windowOf(10), windowOf(11)]);
    expect(await store.state('alerts')).toEqual({ open: [1, 2], at: new Date(5) });
  });

  test('orders windows of one instant by sequence', async () => {
    const store = await opened({ kind });
    const windows = [12, 9, 10].map((sequence) => windowOf(sequence, { start: 0, end: 1 }));
    await store.commit({ windows });
    expect(ids(await store.windows())).toEqual(['1 h/0/9', '1 h/0/10', '1 h/0/12']);
  });

  test('answers queries by kind, time and number', async () => {
    const store = await opened({ kind });
    const other = windowOf(1, { spec: '1,000 rows' });
    await store.commit({ windows: [0, 1, 2, 3].map((i) => windowOf(i)).concat(other) });
    const starts = async (query: Parameters<Store['windows']>[0]) =>
      (await store.windows(query)).map(({ start }) => start / HOUR);
    expect(await starts({ spec: '1 h' })).toEqual([0, 1, 2, 3]);
    expect(await starts({ spec: '1,000 rows' })).toEqual([1]);
    // The end is no part of a window.
    expect(await starts({ spec: '1 h', from: HOUR, to: 3 * HOUR })).toEqual([1, 2]);
    expect(await starts({ spec: '1 h', from: HOUR - 1, to: 3 * HOUR + 1 })).toEqual([0, 1, 2, 3]);
    expect(await starts({ spec: '1 h', last: 2 })).toEqual([2, 3]);
    expect(await starts({ spec: '1 h', to: 2 * HOUR, last: 1 })).toEqual([1]);
    expect(await starts({ last: 0 })).toEqual([]);
    expect(await starts({ spec: 'none' })).toEqual([]);
  });

  test('replaces by id, removes, and counts bytes exactly as if it had been written once', async () => {
    const store = await opened({ kind });
    const long = windowOf(1, { profile: new Uint8Array(5000), verdict: 'x'.repeat(300) });
    await store.commit({ windows: [windowOf(0), long], states: [{ key: 'a', value: 'y'.repeat(1000) }] });
    await store.commit({
      windows: [windowOf(1)],
      removed: [windowOf(0).id, 'never there'],
      states: [{ key: 'a', value: 'y' }],
    });
    const fresh = await opened({ kind });
    await fresh.commit({ windows: [windowOf(1)], states: [{ key: 'a', value: 'y' }] });
    expect(await store.size()).toEqual(await fresh.size());
    expect((await store.size()).bytes).toBe(windowBytes(windowOf(1)) + 5);
    expect(await store.windows()).toEqual([windowOf(1)]);
  });

  test('an id that is removed and written in one commit stays', async () => {
    const store = await opened({ kind });
    await store.commit({ windows: [windowOf(1)] });
    const merged = windowOf(1, { rows: 7 });
    await store.commit({ windows: [merged], removed: [merged.id] });
    expect(await store.windows()).toEqual([merged]);
  });

  test('keeps a copy: what the caller changes later is not in it, nor what it does with what it got', async () => {
    const store = await opened({ kind });
    const window = windowOf(1);
    const value = { list: [1] };
    const written = store.commit({ windows: [window], states: [{ key: 'a', value }] });
    window.profile.fill(9);
    value.list.push(2);
    await written;
    expect(await store.windows()).toEqual([windowOf(1)]);
    expect(await store.state('a')).toEqual({ list: [1] });
    (await store.windows())[0]!.profile.fill(7);
    expect(await store.windows()).toEqual([windowOf(1)]);
  });

  test('over the limit the oldest leave, never what has just come', async () => {
    const one = windowBytes(windowOf(1));
    const store = await opened({ kind, limitBytes: 4 * one + 20 });
    await store.commit({ windows: [3, 1, 2, 4].map((i) => windowOf(i)) });
    // The oldest of all, and yet it stays: it has just come.
    const late = windowOf(0, { id: windowOf(9).id });
    await store.commit({ windows: [late, windowOf(5)] });
    expect(await store.windows()).toEqual([late, ...[3, 4, 5].map((i) => windowOf(i))]);
    expect(await store.size()).toMatchObject({ windows: 4 });
    expect((await store.size()).bytes).toBeLessThanOrEqual(4 * one + 20);
  });

  test('refuses a commit that alone is over the limit, and keeps what it had', async () => {
    const one = windowBytes(windowOf(1));
    const store = await opened({ kind, limitBytes: 2 * one });
    await store.commit({ windows: [windowOf(1)], states: [{ key: 'a', value: 1 }] });
    const before = await store.size();
    await expect(store.commit({ windows: [2, 3, 4].map((i) => windowOf(i)) })).rejects.toMatchObject({
      name: 'EngineError',
      message: expect.stringContaining('over the limit'),
    });
    await expect(store.commit({ states: [{ key: 'a', value: 'x'.repeat(3 * one) }] })).rejects.toMatchObject({
      name: 'EngineError',
    });
    expect(store.kind).toBe(kind);
    expect(await store.size()).toEqual(before);
    expect(await store.windows()).toEqual([windowOf(1)]);
    expect(await store.state('a')).toBe(1);
  });

  test('refuses what cannot be cloned, whole', async () => {
    const store = await opened({ kind });
    const states = [
      { key: 'good', value: 1 },
      { key: 'bad', value: () => 1 },
    ];
    await expect(store.commit({ windows: [windowOf(1)], states })).rejects.toMatchObject({
      name: 'EngineError',
    });
    expect(store.kind).toBe(kind);
    expect(await store.windows()).toEqual([]);
    expect(await store.state('good')).toBeUndefined();
  });

  test('many commits at once all arrive, in their order', async () => {
    const store = await opened({ kind });
    const commits = Array.from({ length: 40 }, (_, i) =>
      store.commit({ windows: [windowOf(i)], states: [{ key: 'last', value: i }] }),
    );
    await Promise.all(commits);
    expect(await store.state('last')).toBe(39);
    expect((await store.windows()).length).toBe(40);
  });
});

describe('a store in IndexedDB', () => {
  test('has everything after it was closed and opened again', async () => {
    const name = `reload ${count++}`;
    const first = await opened({ kind: 'indexedDB', name });
    await first.commit({
      windows: [windowOf(1), windowOf(2)],
      states: [{ key: 'settings', value: { a: 1 } }],
    });
    const before = await first.size();
    await first.close();
    const second = await opened({ kind: 'indexedDB', name });
    expect(await second.windows()).toEqual([windowOf(1), windowOf(2)]);
    expect(await second.state('settings')).toEqual({ a: 1 });
    expect(await second.size()).toEqual(before);
  });

  test('opened twice, the latter writes: the former belongs to a tab that ends or was frozen', async () => {
    const name = `twice ${count++}`;
    const first = await opened({ kind: 'indexedDB', name });
    await first.commit({ windows: [windowOf(1)] });
    const second = await opened({ kind: 'indexedDB', name });
    await second.commit({ windows: [windowOf(2)] });
    await expect(first.commit({ windows: [windowOf(3)], removed: [windowOf(1).id] })).rejects.toMatchObject({
      name: 'EngineError',
      message: 'the history is kept by another tab now',
    });
    expect([first.kind, first.isTaken, second.isTaken]).toEqual(['indexedDB', true, false]);
    await second.commit({ windows: [windowOf(4)] });
    const all = [1, 2, 4].map((i) => windowOf(i));
    expect(await second.windows()).toEqual(all);
    expect(await first.windows()).toEqual(all);
    expect((await second.size()).windows).toBe(3);
  });

  test('says that a commit is done when the transaction is, and not before', async () => {
    const store = await opened({ kind: 'indexedDB' });
    const order: string[] = [];
    const begin = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (this: IDBDatabase, ...how) {
      const transaction = begin.apply(this, how);
      transaction.addEventListener('complete', () => order.push('complete'));
      return transaction;
    });
    await store.commit({ windows: [windowOf(1)] }).then(() => order.push('acknowledged'));
    vi.restoreAllMocks();
    expect(order).toEqual(['complete', 'acknowledged']);
  });

  test('after close it refuses calls', async () => {
    const store = await opened({ kind: 'indexedDB' });
    await store.close();
    await expect(store.windows()).rejects.toMatchObject({ name: 'EngineError' });
  });

  test('monitors of different names do not see each other', async () => {
    const one = await opened({ kind: 'indexedDB' });
    const two = await opened({ kind: 'indexedDB' });
    await one.commit({ windows: [windowOf(1)] });
    expect(await two.windows()).toEqual([]);
  });
});
