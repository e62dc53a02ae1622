// SPDX-License-Identifier: Apache-2.0
import { openDB } from 'idb';
import { describe, expect, test } from 'vitest';
import { databaseName, MIGRATIONS, type Migration } from './schema.js';
import { newName, opened, told } from './testing/opened-store.js';
import { windowOf } from './testing/stored-windows.js';

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
