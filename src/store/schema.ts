// SPDX-License-Identifier: Apache-2.0
/** The database of a monitor, and how one of an older version becomes it. */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { StoredWindow, WindowRecord } from './store.js';

export type WindowPayload = Pick<StoredWindow, 'profile' | 'outcomes' | 'verdict'>;

/** Who writes, and sums over all records, kept in the same transaction as each change. */
export interface Totals {
  /** The connection that was opened last. Earlier ones must not write any more: they belong to tabs that end, or were frozen. */
  readonly writer: string;
  readonly windows: number;
  readonly bytes: number;
  /** Bytes of each state, by key; they are part of `bytes`. */
  readonly states: Readonly<Record<string, number>>;
}

export interface HistorySchema extends DBSchema {
  /** Apart from the payloads, so that retention and eviction read no megabytes. */
  windows: { key: string; value: WindowRecord; indexes: { end: number } };
  payloads: { key: string; value: WindowPayload };
  states: { key: string; value: unknown };
  totals: { key: 'all'; value: Totals };
}

export type HistoryDatabase = IDBPDatabase<HistorySchema>;
type UpgradeTransaction = IDBPTransaction<
  HistorySchema,
  ArrayLike<StoreNames<HistorySchema>>,
  'versionchange'
>;

/**
 * Brings a database up by one version, within the transaction that raises it: all steps that are due happen, or none. A
 * step may only await requests of the transaction.
 */
export type Migration = (database: HistoryDatabase, transaction: UpgradeTransaction) => void | Promise<void>;

/** MIGRATIONS[i] leads from version i to i + 1; version 0 is no database. Only ever append: released steps stay as they are. */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    database.createObjectStore('windows', { keyPath: 'id' }).createIndex('end', 'end');
    database.createObjectStore('payloads');
    database.createObjectStore('states');
    database.createObjectStore('totals');
  },
];

export function databaseName(monitor: string): string {
  return `driftglass:${monitor}`;
}
