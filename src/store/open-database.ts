// SPDX-License-Identifier: Apache-2.0
import { type OpenDBCallbacks, openDB } from 'idb';
import {
  databaseName,
  type HistoryDatabase,
  type HistorySchema,
  MIGRATIONS,
  type Migration,
} from './schema.js';
import { Timeout, within } from './within.js';

export interface DatabaseOptions {
  readonly name: string;
  /** Another tab wants to raise the version; it waits until this connection is closed. */
  readonly onNewer: () => void;
  /** The connection is gone: somebody deletes the database, or the browser has closed it. It may be opened anew. */
  readonly onGone: () => void;
  readonly migrations?: readonly Migration[];
  readonly patienceMs?: number;
}

/** How long a browser may take to open a database; some never answer. */
const PATIENCE_MS = 5_000;

/** The database of a monitor, made or brought up to date where needed. Rejects with an Error whose message is for people. */
export async function openDatabase(options: DatabaseOptions): Promise<HistoryDatabase> {
  const { name, onNewer, onGone, migrations = MIGRATIONS, patienceMs = PATIENCE_MS } = options;
  let blocked = false;
  let late = false;
  let broken: unknown;
  try {
    if (!globalThis.indexedDB) throw new Error('there is no IndexedDB here');
    const callbacks: OpenDBCallbacks<HistorySchema> = {
      async upgrade(database, from, to, transaction) {
        try {
          // Nobody waits for it any more.
          if (late) throw new Error('too late');
          for (let version = from; version < (to ?? 0); version++) {
            await migrations[version]!(database, transaction);
          }
        } catch (error) {
          broken = error;
          transaction.done.catch(() => undefined);
          transaction.abort();
        }
      },
      blocked() {
        blocked = true;
      },
      blocking(_current, next, event) {
        if (next !== null) return onNewer();
        (event.target as IDBDatabase).close();
        onGone();
      },
      terminated: onGone,
    };
    const opening = openDB<HistorySchema>(databaseName(name), migrations.length, callbacks);
    opening.then(
      (database) => late && database.close(),
      () => undefined,
    );
    return await within(opening, patienceMs);
  } catch (error) {
    late = error instanceof Timeout;
    const reason = broken
      ? `the history of an older version could not be brought up to date (${(broken as Error).message})`
      : reasonOf(error, blocked);
    throw new Error(reason, { cause: error });
  }
}

function reasonOf(error: unknown, blocked: boolean): string {
  const { name, message } = error as Error;
  if (blocked) return 'another tab holds an older version of the history and does not let go of it';
  switch (name) {
    case 'Timeout':
      return `IndexedDB gave ${message}`;
    case 'VersionError':
      return 'the history was written by a newer version of driftglass';
    case 'SecurityError':
      return `IndexedDB is forbidden here (${message})`;
    case 'QuotaExceededError':
      return 'the storage that the browser gives this site is full';
    case 'Error':
      return message;
    default:
      return `IndexedDB does not open (${name}: ${message})`;
  }
}
