// SPDX-License-Identifier: Apache-2.0
import { DriftglassError, isDriftglassError } from '../errors.js';
import { estimateBytes, windowBytes } from './estimate-bytes.js';
import { IndexedStore, type IndexedStoreOptions } from './indexed-store.js';
import { cloned, MemoryStore } from './memory-store.js';
import { openDatabase } from './open-database.js';
import type { Migration } from './schema.js';
import type { Store, StoreChanges, StoredWindow, StoreQuery, StoreSize, WindowRecord } from './store.js';

export interface LastingStoreOptions extends IndexedStoreOptions {
  readonly name: string;
  readonly migrations?: readonly Migration[];
  readonly openPatienceMs?: number;
  /** Told once, when it goes on in memory. */
  readonly onFallback?: (error: DriftglassError) => void;
}

/** Rounds of making room when the quota is exceeded; each frees twice as much as the one before. */
const ROUNDS = 4;

/** IndexedDB as long as it works; from the moment that it does not, memory with what it held. One call runs at a time. */
export class LastingStore implements Store {
  readonly #options: LastingStoreOptions;
  #indexed: IndexedStore | null = null;
  /** The connection was closed by the browser or by a deletion: to be opened anew. */
  #gone = false;
  #memory: MemoryStore | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(options: LastingStoreOptions) {
    this.#options = options;
  }

  /** Never rejects. */
  static async open(options: LastingStoreOptions): Promise<LastingStore> {
    const store = new LastingStore(options);
    try {
      await store.#connect();
    } catch (error) {
      await store.#fall(reasonOf(error));
    }
    return store;
  }

  get kind(): 'memory' | 'indexedDB' {
    return this.#memory ? 'memory' : 'indexedDB';
  }

  get reason(): string {
    return this.#memory?.reason ?? '';
  }

  get isTaken(): boolean {
    return this.#indexed?.isTaken ?? false;
  }

  windows(query: StoreQuery = {}): Promise<readonly StoredWindow[]> {
    return this.#run((store) => store.windows(query));
  }

  records(): Promise<readonly WindowRecord[]> {
    return this.#run((store) => store.records());
  }

  state(key: string): Promise<unknown> {
    return this.#run((store) => store.state(key));
  }

  commit(changes: StoreChanges): Promise<void> {
    // Cloned at once, so that what the caller changes later is not in it, and so that all stores refuse the same.
    let own: StoreChanges;
    try {
      own = { ...cloned(changes), removed: [...(changes.removed ?? [])] };
    } catch (error) {
      return Promise.reject(error);
    }
    return this.#run((store) =>
      store instanceof IndexedStore ? this.#write(store, own) : store.commit(own),
    );
  }

  size(): Promise<StoreSize> {
    return this.#run((store) => store.size());
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.#next(async () => this.#indexed?.close());
  }

  /** Calls after another; one that IndexedDB fails is done again, on a new connection or in memory. */
  #run<T>(call: (store: IndexedStore | MemoryStore) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new DriftglassError('EngineError', 'the history is closed'));
    return this.#next(async () => {
      for (let tried = 0; ; tried++) {
        if (this.#memory) return call(this.#memory);
        try {
          if (this.#gone) await this.#connect();
          return await call(this.#indexed!);
        } catch (error) {
          if (isDriftglassError(error)) throw error;
          // A connection that is closed without a word can be opened anew, once.
          if (tried === 0 && !isQuota(error) && !isTimeout(error)) this.#disconnect();
          else await this.#fall(reasonOf(error), { readable: !isTimeout(error) });
        }
      }
    });
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#queue.then(work);
    this.#queue = next.catch(() => undefined);
    return next;
  }

  /** Commits; over the quota the oldest windows go first, in transactions of their own, since a browser counts what is added. */
  async #write(store: IndexedStore, changes: StoreChanges): Promise<void> {
    let room = 0;
    for (let round = 0; ; round++) {
      try {
        return await store.commit(changes);
      } catch (error) {
        if (!isQuota(error) || round === ROUNDS) throw error;
        room = room === 0 ? 2 * bytesOf(changes) : 2 * room;
        if ((await store.free(room)) === 0) throw error;
      }
    }
  }

  async #connect(): Promise<void> {
    const { name, migrations, openPatienceMs } = this.#options;
    const database = await openDatabase({
      name,
      ...(migrations && { migrations }),
      ...(openPatienceMs !== undefined && { patienceMs: openPatienceMs }),
      onNewer: () => {
        void this.#next(() => this.#fall('another tab brings the history to a newer version of driftglass'));
      },
      onGone: () => {
        this.#gone = true;
      },
    });
    this.#gone = false;
    this.#indexed = new IndexedStore(database, this.#options);
    await this.#indexed.takeOver();
  }

  #disconnect(): void {
    this.#indexed?.close();
    this.#gone = true;
  }

  /** Goes on in memory, with what can still be read. */
  async #fall(reason: string, { readable = true } = {}): Promise<void> {
    if (this.#memory) return;
    const { limitBytes, onFallback } = this.#options;
    const memory = new MemoryStore({ limitBytes, reason });
    try {
      if (this.#indexed && readable && !this.#gone) await memory.commit(await this.#indexed.everything());
    } catch {
      // It starts empty then.
    }
    this.#indexed?.close();
    this.#indexed = null;
    this.#memory = memory;
    onFallback?.(new DriftglassError('EngineError', `the history is kept in memory only: ${reason}`));
  }
}

function bytesOf({ windows = [], states = [] }: StoreChanges): number {
  let bytes = 0;
  for (const window of windows) bytes += windowBytes(window);
  for (const { value } of states) bytes += estimateBytes(value);
  return bytes;
}

function isQuota(error: unknown): boolean {
  return (error as Error).name === 'QuotaExceededError';
}

function isTimeout(error: unknown): boolean {
  return (error as Error).name === 'Timeout';
}

function reasonOf(error: unknown): string {
  if (isQuota(error)) return 'the storage that the browser gives this site is full';
  const { name, message } = error as Error;
  if (name === 'Error') return message;
  return isTimeout(error) ? `IndexedDB gave ${message}` : `IndexedDB failed (${name}: ${message})`;
}
