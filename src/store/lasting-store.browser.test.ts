// SPDX-License-Identifier: Apache-2.0
import { deleteDB, openDB } from 'idb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { LastingStore, type LastingStoreOptions } from './lasting-store.js';
import { databaseName, MIGRATIONS, type Migration } from './schema.js';
import { windowOf } from './testing/stored-windows.js';

let count = 0;
const stores: LastingStore[] = [];
const told: string[] = [];

const newName = () => `lasting ${count++}`;

async function opened(options: Partial<LastingStoreOptions> & { name: string }): Promise<LastingStore> {
  const onFallback = (error: Error) => told.push(`${error.name}: ${error.message}`);
  const store = await LastingStore.open({ limitBytes: 1 << 20, onFallback, ...options });
  stores.push(store);
  return store;
}

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  for (const store of stores.splice(0)) await store.close();
  told.length = 0;
});

/** A database of version 0.9, so to speak: all in one object store, as no released version had it. */
const OLD: Migration[] = [
  (database) => {
    (database as never as IDBDatabase).createObjectStore('old', { keyPath: 'id' });
  },
];
const FROM_OLD: Migration[] = [
  ...OLD,
  async (database, transaction) => {
    await MIGRATIONS[0]!(database, transaction);
    const old = transaction as never as {
      objectStore(name: string): { getAll(): Promise<{ id: string }[]> };
    };
    for (const value of await old.objectStore('old').getAll())
      await transaction.objectStore('states').put(value, value.id);
    (database as never as IDBDatabase).deleteObjectStore('old');
  },
];

async function writeOld(name: string): Promise<void> {
  const database = await openDB(databaseName(name), 1, {
    upgrade: (fresh, _from, _to, transaction) => void OLD[0]!(fresh as never, transaction as never),
  });
  await database.put('old', { id: 'alerts', open: [1, 2] });
  await database.put('old', { id: 'labels', waiting: 7 });
  database.close();
}

describe('versions of the database', () => {
  test('an older one is brought up to date, with what it held', async () => {
    const name = newName();
    await writeOld(name);
    const store = await opened({ name, migrations: FROM_OLD });
    expect([store.kind, store.reason]).toEqual(['indexedDB', '']);
    expect(await store.state('alerts')).toEqual({ id: 'alerts', open: [1, 2] });
    expect((await store.size()).bytes).toBeGreaterThan(0);
    await store.commit({ windows: [windowOf(1)] });
    await store.close();
    const again = await opened({ name, migrations: FROM_OLD });
    expect(await again.windows()).toEqual([windowOf(1)]);
    expect(await again.state('labels')).toEqual({ id: 'labels', waiting: 7 });
  });

  test('a step that fails leaves the older one as it was, and the history goes to memory', async () => {
    const name = newName();
    await writeOld(name);
    const broken: Migration[] = [
      ...FROM_OLD.slice(0, 1),
      async (database, transaction) => {
        await FROM_OLD[1]!(database, transaction);
        throw new Error('a bug in this step');
      },
    ];
    const store = await opened({ name, migrations: broken });
    expect(store.kind).toBe('memory');
    expect(store.reason).toMatch(/could not be brought up to date \(a bug in this step\)/);
    const mended = await opened({ name, migrations: FROM_OLD });
    expect(mended.kind).toBe('indexedDB');
    expect(await mended.state('labels')).toEqual({ id: 'labels', waiting: 7 });
  });

  test('a newer one is refused by name, left as it is, and the history goes to memory', async () => {
    const name = newName();
    const newer = await openDB(databaseName(name), 9, {
      upgrade: (database) => void database.createObjectStore('new'),
    });
    newer.close();
    const store = await opened({ name });
    expect(store.kind).toBe('memory');
    expect(store.reason).toBe('the history was written by a newer version of driftglass');
    expect(told).toEqual([`EngineError: the history is kept in memory only: ${store.reason}`]);
    await store.commit({ windows: [windowOf(1)] });
    expect(await store.windows()).toEqual([windowOf(1)]);
    expect((await indexedDB.databases()).find((one) => one.name === databaseName(name))?.version).toBe(9);
  });

  test('a tab with a newer version is not kept waiting: this one goes on in memory with what it had', async () => {
    const name = newName();
    const older = await opened({ name, migrations: MIGRATIONS });
    await older.commit({ windows: [windowOf(1)], states: [{ key: 'a', value: 1 }] });
    const newer = await opened({ name, migrations: [...MIGRATIONS, () => {}] });
    expect(newer.kind).toBe('indexedDB');
    expect(await newer.windows()).toEqual([windowOf(1)]);
    await older.commit({ windows: [windowOf(2)] });
    expect(older.kind).toBe('memory');
    expect(older.reason).toMatch(/another tab brings the history to a newer version/);
    expect(await older.windows()).toEqual([windowOf(1), windowOf(2)]);
    expect(await older.state('a')).toBe(1);
    expect(await newer.windows()).toEqual([windowOf(1)]);
  });

  test('a tab that does not let go of an older version is waited for so long, then it is memory', async () => {
    const name = newName();
    await writeOld(name);
    // A page of whoever else: it does not listen to versionchange.
    const stubborn = await openDB(databaseName(name), 1);
    const store = await opened({ name, migrations: FROM_OLD, openPatienceMs: 200 });
    expect(store.kind).toBe('memory');
    expect(store.reason).toMatch(/another tab holds an older version/);
    stubborn.close();
    // The upgrade that nobody waits for any more does not happen behind our back.
    const later = await opened({ name, migrations: FROM_OLD });
    expect(later.kind).toBe('indexedDB');
    expect(await later.state('labels')).toEqual({ id: 'labels', waiting: 7 });
  });
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
