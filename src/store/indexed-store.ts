// SPDX-License-Identifier: Apache-2.0
import type { StoreNames } from 'idb';
import { DriftglassError } from '../errors.js';
import { estimateBytes, windowBytes } from './estimate-bytes.js';
import { makeRoom } from './make-room.js';
import { overLimit } from './memory-store.js';
import { inTimeOrder, matching } from './order.js';
import { isPayload, isTotals, isWindowRecord, recordOf } from './records.js';
import type { HistoryDatabase, HistorySchema, Totals, WindowPayload } from './schema.js';
import type { StoreChanges, StoredWindow, StoreQuery, StoreSize, WindowRecord } from './store.js';
import { within } from './within.js';

const ALL: StoreNames<HistorySchema>[] = ['windows', 'payloads', 'states', 'totals'];

export interface IndexedStoreOptions {
  readonly limitBytes: number;
  /** 'relaxed' by default: see docs/store.md. */
  readonly durability?: IDBTransactionDurability;
  /** How long one transaction may take. */
  readonly patienceMs?: number;
}

/** History in a database that is open. Throws what IndexedDB throws: lasting-store.ts makes sense of it. */
export class IndexedStore {
  readonly #database: HistoryDatabase;
  readonly #limit: number;
  readonly #durability: IDBTransactionDurability;
  readonly #patience: number;
  readonly #damaged = new Set<string>();
  readonly #writer = `${Date.now()} ${Math.random()}`;
  isTaken = false;
  /** Windows have gone since the totals were written. */
  #areTotalsOld = false;

  constructor(database: HistoryDatabase, options: IndexedStoreOptions) {
    this.#database = database;
    this.#limit = options.limitBytes;
    this.#durability = options.durability ?? 'relaxed';
    this.#patience = options.patienceMs ?? 30_000;
  }

  /**
   * Takes the writing over, and adds everything up anew: proves that the database can be read and written, and mends sums
   * that do not hold. Locks alone do not do: a tab that was frozen and has lost its lock may wake in the midst of a commit.
   */
  async takeOver(): Promise<void> {
    await this.#write(['windows', 'states', 'totals'], async (transaction) => {
      const records = await this.#records(transaction.objectStore('windows'));
      const states: Record<string, number> = {};
      const kept = transaction.objectStore('states');
      for (const key of await kept.getAllKeys()) {
        const value = await this.#read(`state ${key}`, () => kept.get(key));
        states[key] = estimateBytes(value);
      }
      const totals = { writer: this.#writer, states, ...addedUp(records, states) };
      await transaction.objectStore('totals').put(totals, 'all');
    });
  }

  windows(query: StoreQuery = {}): Promise<readonly StoredWindow[]> {
    return this.#inTime(async () => {
      const transaction = this.#database.transaction(['windows', 'payloads'], 'readonly');
      transaction.done.catch(() => undefined);
      const records = inTimeOrder(await this.#records(transaction.objectStore('windows')));
      const payloads = transaction.objectStore('payloads');
      const found = await Promise.all(
        matching(records, query).map(async (record) => {
          const payload = await this.#read(`window ${record.id}`, () => payloads.get(record.id));
          return isPayload(payload) ? stored(record, payload) : this.#damage(`window ${record.id}`);
        }),
      );
      return found.filter((window) => window !== undefined);
    });
  }

  records(): Promise<readonly WindowRecord[]> {
    return this.#inTime(async () => {
      const transaction = this.#database.transaction('windows', 'readonly');
      transaction.done.catch(() => undefined);
      return inTimeOrder(await this.#records(transaction.store));
    });
  }

  state(key: string): Promise<unknown> {
    return this.#inTime(() => this.#read(`state ${key}`, () => this.#database.get('states', key)));
  }

  /** What windows and states there are, to go on elsewhere. */
  async everything(): Promise<Required<StoreChanges>> {
    const windows = await this.windows();
    const keys = await this.#inTime(() => this.#database.getAllKeys('states'));
    const states = await Promise.all(keys.map(async (key) => ({ key, value: await this.state(key) })));
    return { windows, removed: [], states };
  }

  async commit(changes: StoreChanges): Promise<void> {
    const { windows = [], removed = [], states = [] } = changes;
    await this.#write(ALL, async (transaction) => {
      const records = transaction.objectStore('windows');
      const payloads = transaction.objectStore('payloads');
      const totals = await this.#totals(transaction.objectStore('totals'), records);
      let { windows: count, bytes } = totals;
      const remove = async (id: string) => {
        const record = await this.#read(`window ${id}`, () => records.get(id));
        // One request at a time: one that nobody awaits would be an unhandled rejection when the next one throws.
        await records.delete(id);
        await payloads.delete(id);
        if (!isWindowRecord(record)) return;
        count--;
        bytes -= record.bytes;
      };
      for (const id of removed) await remove(id);
      for (const window of windows) {
        await remove(window.id);
        const size = windowBytes(window);
        const { id, profile, outcomes, verdict } = window;
        await records.put(recordOf(window, size));
        await payloads.put({ profile, outcomes, verdict }, id);
        this.#damaged.delete(`window ${id}`);
        count++;
        bytes += size;
      }
      const sizes = { ...totals.states };
      for (const { key, value } of states) {
        const size = estimateBytes(value);
        await transaction.objectStore('states').put(value, key);
        this.#damaged.delete(`state ${key}`);
        bytes += size - (sizes[key] ?? 0);
        sizes[key] = size;
      }
      if (bytes > this.#limit) {
        const fresh = new Set(windows.map(({ id }) => id));
        const freed = await makeRoom(records, payloads, { bytes: bytes - this.#limit, keep: fresh });
        count -= freed.windows;
        bytes -= freed.bytes;
        if (bytes > this.#limit) throw overLimit(this.#limit);
      }
      await transaction.objectStore('totals').put({ ...totals, windows: count, bytes, states: sizes }, 'all');
    });
    this.#areTotalsOld = false;
  }

  /**
   * Removes the oldest windows until so many bytes are free. Gives how many went. The transaction only removes, since a
   * browser whose quota is used up takes not even new sums: they are made up for by the next commit.
   */
  async free(bytes: number): Promise<number> {
    let gone = 0;
    await this.#write(['windows', 'payloads', 'totals'], async (transaction) => {
      const records = transaction.objectStore('windows');
      await this.#totals(transaction.objectStore('totals'), records);
      const freed = await makeRoom(records, transaction.objectStore('payloads'), {
        bytes,
        keep: new Set(),
      });
      gone = freed.windows;
    });
    this.#areTotalsOld ||= gone > 0;
    return gone;
  }

  async size(): Promise<StoreSize> {
    const records = this.#areTotalsOld ? await this.records() : null;
    const totals = await this.#inTime(() => this.#database.get('totals', 'all'));
    const known = isTotals(totals) ? totals : { windows: 0, bytes: 0, states: {} };
    const { bytes, windows } = records ? addedUp(records, known.states) : known;
    return { bytes, windows, damaged: this.#damaged.size };
  }

  close(): void {
    this.#database.close();
  }

  /** One transaction: all of `work` or nothing of it, whatever goes wrong in it. */
  async #write<Names extends StoreNames<HistorySchema>[]>(
    names: Names,
    work: (transaction: ReturnType<typeof this.begin<Names>>) => Promise<void>,
  ): Promise<void> {
    const transaction = this.begin(names);
    const done = transaction.done;
    done.catch(() => undefined);
    let isWorkDone = false;
    try {
      await this.#inTime(async () => {
        await work(transaction);
        isWorkDone = true;
        await done;
      });
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // It has ended: because of the error, or well after all, just as the patience ran out.
        if (!isWorkDone) throw transaction.error ?? error;
        return done;
      }
      throw error;
    }
  }

  begin<Names extends StoreNames<HistorySchema>[]>(names: Names) {
    return this.#database.transaction(names, 'readwrite', { durability: this.#durability });
  }

  async #records(from: RecordReader): Promise<WindowRecord[]> {
    let records: (WindowRecord | undefined)[];
    try {
      records = await from.getAll();
    } catch {
      // One value that cannot be read spoils them all: read them one by one.
      const keys = await from.getAllKeys();
      records = await Promise.all(keys.map((id) => this.#read(`window ${id}`, () => from.get(id))));
    }
    return records.filter((record) => {
      if (isWindowRecord(record)) return true;
      // Without a value it has been counted already.
      if (record !== undefined) this.#damage(`window ${String((record as { id?: unknown }).id)}`);
      return false;
    }) as WindowRecord[];
  }

  /** Throws EngineError where another connection has taken over. */
  async #totals(
    from: { get(key: 'all'): Promise<Totals | undefined> },
    records: RecordReader,
  ): Promise<Totals> {
    const totals = await from.get('all');
    this.isTaken = !isTotals(totals) || totals.writer !== this.#writer;
    if (!isTotals(totals) || this.isTaken)
      throw new DriftglassError('EngineError', 'the history is kept by another tab now');
    return this.#areTotalsOld
      ? { ...totals, ...addedUp(await this.#records(records), totals.states) }
      : totals;
  }

  /** The value, or undefined and one more damaged when the browser cannot read it back. */
  async #read<T>(what: string, get: () => Promise<T>): Promise<T | undefined> {
    try {
      return await get();
    } catch (error) {
      const { name } = error as Error;
      // Chromium and Firefox: DataError, DataCloneError or NotReadableError for a value; all else is the transaction's.
      if (!['DataError', 'DataCloneError', 'NotReadableError', 'NotFoundError'].includes(name)) throw error;
      return this.#damage(what);
    }
  }

  #damage(what: string): undefined {
    this.#damaged.add(what);
  }

  #inTime<T>(work: () => Promise<T>): Promise<T> {
    return within(work(), this.#patience);
  }
}

interface RecordReader {
  getAll(): Promise<WindowRecord[]>;
  getAllKeys(): Promise<string[]>;
  get(id: string): Promise<WindowRecord | undefined>;
}

function stored(record: WindowRecord, payload: WindowPayload): StoredWindow {
  const { bytes: _, ...facts } = record;
  return { ...facts, ...payload };
}

function addedUp(
  records: readonly WindowRecord[],
  states: Totals['states'],
): Pick<Totals, 'windows' | 'bytes'> {
  const bytes = [...records.map((record) => record.bytes), ...Object.values(states)];
  return { windows: records.length, bytes: bytes.reduce((sum, size) => sum + size, 0) };
}
