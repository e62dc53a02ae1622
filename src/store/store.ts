// SPDX-License-Identifier: Apache-2.0
/** What a monitor remembers: windows, alerts, predictions that wait for labels, and what was open when it stopped. */

/** A judged window, or several of one kind that were merged by hour, day or week. */
export interface StoredWindow {
  /** Within the monitor: "<spec>/<start>/<sequence>", or "<spec>/<unit>/<start>" when merged. */
  readonly id: string;
  readonly spec: string;
  /** ms, event time. */
  readonly start: number;
  readonly end: number;
  readonly rows: number;
  readonly frameId: string;
  /** 'window' while whole; else the calendar unit it was merged to. */
  readonly grain: 'window' | 'hour' | 'day' | 'week';
  /** The encoded profile. */
  readonly profile: Uint8Array<ArrayBuffer>;
  /** Encoded outcomes; empty without labels. */
  readonly outcomes: Uint8Array<ArrayBuffer>;
  /** The verdict and whatever else the monitor wants back, as structured-cloneable data; null when merged. */
  readonly verdict: unknown;
}

/** A stored window without its payload. */
export interface WindowRecord
  extends Pick<StoredWindow, 'id' | 'spec' | 'start' | 'end' | 'rows' | 'frameId' | 'grain'> {
  /** Of record and payload, see windowBytes. */
  readonly bytes: number;
}

/** Small states under a name: open windows, alerts, labels waiting, settings, system. Structured-cloneable. */
export interface StoredState {
  readonly key: string;
  readonly value: unknown;
}

/** One transaction: all of it happens or none. */
export interface StoreChanges {
  readonly windows?: readonly StoredWindow[];
  readonly removed?: readonly string[];
  readonly states?: readonly StoredState[];
}

export interface StoreQuery {
  readonly spec?: string;
  /** Windows that end after `from` and start before `to`. */
  readonly from?: number;
  readonly to?: number;
  /** The newest so many. */
  readonly last?: number;
}

export interface StoreSize {
  /** Payloads as they are, everything else estimated; what the browser adds for itself is not in it. */
  readonly bytes: number;
  readonly windows: number;
  /** Records that could not be read since it was opened: skipped, and replaced by what comes under the same id. */
  readonly damaged: number;
}

/** History of one monitor. Implementations: memory, IndexedDB. */
export interface Store {
  /** Read both anew each time: a store that can write no more goes on in memory, with what it held, and says why. */
  readonly kind: 'memory' | 'indexedDB';
  /** Why it is memory where IndexedDB was asked for; empty otherwise. */
  readonly reason: string;
  /** Another tab has opened this history since, and writes it: every commit of this one is refused. */
  readonly isTaken: boolean;
  /** In time order. */
  windows(query?: StoreQuery): Promise<readonly StoredWindow[]>;
  /** All of them, in time order, without their payloads: what retention plans by. */
  records(): Promise<readonly WindowRecord[]>;
  state(key: string): Promise<unknown>;
  /**
   * Once it resolves, and `kind` is "indexedDB", the changes outlive the tab and the browser; a power cut may take the last
   * seconds, whole commits only. When the limit or the quota is exceeded the oldest windows go first. A quota that stays
   * exceeded makes it a store in memory that holds the changes. Rejects with EngineError, nothing changed, when the changes
   * alone are over the limit or hold what cannot be cloned, and when the same history has been opened again since: the
   * latest to open it is the one that writes.
   */
  commit(changes: StoreChanges): Promise<void>;
  size(): Promise<StoreSize>;
  close(): Promise<void>;
}
