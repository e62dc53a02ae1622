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
  readonly bytes: number;
  readonly windows: number;
}

/** History of one monitor. Implementations: memory, IndexedDB. */
export interface Store {
  readonly kind: 'memory' | 'indexedDB';
  /** Why it is memory where IndexedDB was asked for; empty otherwise. */
  readonly reason: string;
  /** In time order. */
  windows(query?: StoreQuery): Promise<readonly StoredWindow[]>;
  state(key: string): Promise<unknown>;
  /**
   * Durable when it resolves. When the quota is exceeded the oldest windows go first; if that does not help, rejects
   * with EngineError and nothing has changed.
   */
  commit(changes: StoreChanges): Promise<void>;
  size(): Promise<StoreSize>;
  close(): Promise<void>;
}
