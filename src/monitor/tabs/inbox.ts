// SPDX-License-Identifier: Apache-2.0

import type { SentItem } from './protocol.js';
import type { TabItem, TabsSaved } from './role.js';

/** Bounds of what the leader holds uncommitted; what is beyond comes again. */
const MOST_ITEMS = 1024;
const MOST_BYTES = 16 << 20;
/** Items that are committed together. */
const BATCH = 64;
/** Tabs whose last sequence is remembered. */
const MOST_TABS = 256;

export interface Batch<T> {
  readonly items: readonly TabItem<T>[];
  /** What to save with them, and what is true once they are committed. */
  readonly saved: TabsSaved;
  /** Last sequence of each tab in the batch. */
  readonly reached: ReadonlyMap<string, number>;
}

/** The leader's queue: takes each item of each tab once and in order. */
export class Inbox<T> {
  /** Committed, by tab; those heard of last come last. */
  #saved: TabsSaved;
  /** Committed, in the queue or under way. */
  #accepted: Map<string, number>;
  #queue: (TabItem<T> & { readonly bytes: number })[] = [];
  #bytes = 0;

  constructor(saved: unknown) {
    this.#saved = readSaved(saved);
    this.#accepted = new Map(Object.entries(this.#saved));
  }

  /** Sequence up to which all items of a tab are committed. */
  reached(tab: string): number {
    return this.#saved[tab] ?? 0;
  }

  get isEmpty(): boolean {
    return this.#queue.length === 0;
  }

  /** 'gap': an item before them is missing. 'full': there was no room for all. Both: they have to come again. */
  accept(tab: string, items: readonly SentItem<T>[]): 'accepted' | 'gap' | 'full' {
    for (const { sequence, after, bytes, value } of items) {
      const accepted = this.#accepted.get(tab) ?? 0;
      if (sequence <= accepted) continue;
      if (after !== null && after > accepted) return 'gap';
      if (this.#queue.length >= MOST_ITEMS || this.#bytes > MOST_BYTES) return 'full';
      this.#queue.push({ tab, sequence, value, bytes });
      this.#bytes += bytes;
      this.#accepted.set(tab, sequence);
    }
    return 'accepted';
  }

  /** The next items to commit; null when there are none. */
  next(): Batch<T> | null {
    if (this.#queue.length === 0) return null;
    const batch = this.#queue.splice(0, BATCH);
    const reached = new Map<string, number>();
    for (const { tab, sequence, bytes } of batch) {
      reached.set(tab, sequence);
      this.#bytes -= bytes;
    }
    const kept = Object.entries(this.#saved).filter(([tab]) => !reached.has(tab));
    const saved = Object.fromEntries([...kept, ...reached].slice(-MOST_TABS));
    const items = batch.map(({ tab, sequence, value }) => ({ tab, sequence, value }));
    return { items, saved, reached };
  }

  done(batch: Batch<T>): void {
    this.#saved = batch.saved;
  }

  /** A batch was not committed: what is queued is forgotten, since it comes again, in order. Gives the tabs it came from. */
  failed(batch: Batch<T>): Set<string> {
    const tabs = new Set([...batch.items, ...this.#queue].map(({ tab }) => tab));
    this.#queue = [];
    this.#bytes = 0;
    this.#accepted = new Map(Object.entries(this.#saved));
    return tabs;
  }
}

/** What was saved, as far as it makes sense. */
function readSaved(saved: unknown): TabsSaved {
  if (typeof saved !== 'object' || saved === null) return {};
  const entries = Object.entries(saved).filter(([, sequence]) => Number.isSafeInteger(sequence));
  return Object.fromEntries(entries.slice(-MOST_TABS));
}
