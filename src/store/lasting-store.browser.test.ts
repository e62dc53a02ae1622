// SPDX-License-Identifier: Apache-2.0
import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { databaseName, MIGRATIONS } from './schema.js';
import { newName, opened, told } from './testing/opened-store.js';
import { windowOf } from './testing/stored-windows.js';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('where IndexedDB cannot be had', () => {
  test('it is memory, and the reason is told', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const store = await opened({ name: newName() });
    expect([store.kind, store.reason]).toEqual(['memory', 'there is no IndexedDB here']);
  });

  test.each([
    ['SecurityError', /IndexedDB is forbidden here \(no\)/],
    ['InvalidStateError', /IndexedDB does not open \(InvalidStateError: no\)/],
    ['QuotaExceededError', /storage that the browser gives this site is full/],
  ])('a browser that answers with %s', async (error, reason) => {
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(() => {
      throw new DOMException('no', error);
    });
    const store = await opened({ name: newName() });
    expect(store.kind).toBe('memory');
    expect(store.reason).toMatch(reason);
    await store.commit({ windows: [windowOf(1)] });
    expect(await store.windows()).toEqual([windowOf(1)]);
  });

  test('a browser that never answers', async () => {
    const open = IDBFactory.prototype.open;
    vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function (this: IDBFactory, ...args) {
      return Object.assign(open.apply(this, args), { addEventListener: () => {} });
    });
    const store = await opened({ name: newName(), openPatienceMs: 50 });
    expect([store.kind, store.reason]).toEqual(['memory', 'IndexedDB gave no answer within 0.05 s']);
  });

  test('a browser that opens and then refuses to write', async () => {
    const name = newName();
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('read only', 'InvalidStateError');
    });
    const store = await opened({ name });
    expect(store.kind).toBe('memory');
    expect(store.reason).toMatch(/IndexedDB failed \(InvalidStateError: read only\)/);
  });

  test('a transaction that hangs makes it memory, and the commit is done', async () => {
    const name = newName();
    const store = await opened({ name, patienceMs: 100 });
    await store.commit({ windows: [windowOf(1)] });
    // Of another connection, and it does not end.
    const other = await openDB(databaseName(name), MIGRATIONS.length);
    const { store: busy } = other.transaction('windows', 'readwrite');
    let isBusy = true;
    const keepBusy = async () => {
      while (isBusy) await busy.get('');
    };
    const ended = keepBusy();
    await store.commit({ windows: [windowOf(2)] });
    expect(store.kind).toBe('memory');
    expect(store.reason).toBe('IndexedDB gave no answer within 0.1 s');
    expect(await store.windows()).toEqual([windowOf(2)]);
    isBusy = false;
    await ended;
    // What was given up is not in the database either.
    expect(await other.getAllKeys('windows')).toEqual([windowOf(1).id]);
    other.close();
  });
});

describe('a connection that ends', () => {
  test('because somebody deletes the database: it begins anew, and the deletion does not wait', async () => {
    const name = newName();
    const store = await opened({ name });
    await store.commit({ windows: [windowOf(1)] });
    await deleteDB(databaseName(name));
    expect(await store.windows()).toEqual([]);
    await store.commit({ windows: [windowOf(2)] });
    expect(store.kind).toBe('indexedDB');
    expect(await store.windows()).toEqual([windowOf(2)]);
    expect(told).toEqual([]);
  });

  test('for no reason that we know: it is opened again, and what was asked for is done', async () => {
    const store = await opened({ name: newName() });
    await store.commit({ windows: [windowOf(1)] });
    const transaction = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(function (
      this: IDBDatabase,
      ...args
    ) {
      this.close();
      return transaction.apply(this, args);
    });
    await store.commit({ windows: [windowOf(2)] });
    expect(store.kind).toBe('indexedDB');
    expect(await store.windows()).toEqual([windowOf(1), windowOf(2)]);
  });
});

describe('values that were damaged', () => {
  test('are skipped and counted; the rest is there, and what comes under their id mends them', async () => {
    const name = newName();
    const store = await opened({ name });
    await store.commit({
      windows: [0, 1, 2, 3, 4].map((i) => windowOf(i)),
      states: [{ key: 'a', value: 1 }],
    });
    await store.close();
    const raw = await openDB(databaseName(name), MIGRATIONS.length);
    await raw.put('windows', { ...(await raw.get('windows', windowOf(0).id)), start: 'noon' });
    await raw.put('windows', { id: 'nothing else' });
    await raw.put('payloads', { profile: 'none' }, windowOf(1).id);
    await raw.delete('payloads', windowOf(2).id);
    await raw.put('totals', 'a lot', 'all');
    raw.close();
    const again = await opened({ name });
    expect(again.kind).toBe('indexedDB');
    expect(await again.windows()).toEqual([windowOf(3), windowOf(4)]);
    expect(await again.windows()).toEqual([windowOf(3), windowOf(4)]);
    expect((await again.size()).damaged).toBe(4);
    await again.commit({ windows: [windowOf(0), windowOf(1)] });
    expect(await again.windows()).toEqual([0, 1, 3, 4].map((i) => windowOf(i)));
    expect((await again.size()).damaged).toBe(2);
  });

  test('one that the browser cannot read back does not keep the others', async () => {
    const store = await opened({ name: newName() });
    await store.commit({ windows: [0, 1, 2].map((i) => windowOf(i)), states: [{ key: 'a', value: 1 }] });
    const getAll = IDBObjectStore.prototype.getAll;
    const get = IDBObjectStore.prototype.get;
    /** A request that fails as one does whose value cannot be deserialized, and leaves the transaction alone. */
    const failing = (from: IDBObjectStore): IDBRequest => {
      const request = get.call(from, 'never');
      const listen = request.addEventListener.bind(request);
      request.addEventListener = (type: string, listener: never) =>
        listen(type === 'error' ? 'success' : 'error', listener);
      Object.defineProperty(request, 'error', { value: new DOMException('cannot be read', 'DataError') });
      return request;
    };
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(function (this: IDBObjectStore, ...args) {
      return this.name === 'windows' ? failing(this) : getAll.apply(this, args);
    });
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (this: IDBObjectStore, key) {
      return key === windowOf(1).id && this.name === 'windows' ? failing(this) : get.call(this, key);
    });
    expect(await store.windows()).toEqual([windowOf(0), windowOf(2)]);
    expect(await store.size()).toMatchObject({ damaged: 1 });
    expect(store.kind).toBe('indexedDB');
  });
});

describe('when the quota is exceeded', () => {
  /** Refuses to add to payloads as long as `full` says so, as a browser does: the transaction is aborted. */
  function browserThatIsFull(full: () => boolean | Promise<boolean>): void {
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (this: IDBObjectStore, ...args) {
      if (this.name === 'payloads' && full()) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, args);
    });
  }

  test('the oldest windows go first', async () => {
    const store = await opened({ name: newName() });
    await store.commit({ windows: Array.from({ length: 20 }, (_, i) => windowOf(i)) });
    let refusals = 2;
    browserThatIsFull(() => refusals-- > 0);
    await store.commit({ windows: [windowOf(20)] });
    expect(store.kind).toBe('indexedDB');
    const left = (await store.windows()).map(({ id }) => id);
    expect(left.at(-1)).toBe(windowOf(20).id);
    expect(left.length).toBeLessThan(20);
    expect(left.length).toBeGreaterThan(10);
    expect(left).toEqual(Array.from({ length: left.length }, (_, i) => windowOf(21 - left.length + i).id));
    expect((await store.size()).windows).toBe(left.length);
  });

  test('and where that does not help it goes on in memory, with the changes and what was left', async () => {
    const store = await opened({ name: newName() });
    await store.commit({
      windows: Array.from({ length: 100 }, (_, i) => windowOf(i)),
      states: [{ key: 'a', value: 1 }],
    });
    browserThatIsFull(() => true);
    await store.commit({ windows: [windowOf(100)] });
    expect(store.kind).toBe('memory');
    expect(store.reason).toMatch(/storage that the browser gives this site is full/);
    expect(told).toHaveLength(1);
    const left = (await store.windows()).map(({ id }) => id);
    expect(left.at(-1)).toBe(windowOf(100).id);
    // Not the whole history is given for one window.
    expect(left.length).toBeGreaterThan(60);
    expect(await store.state('a')).toBe(1);
  });
});
