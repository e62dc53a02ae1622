// SPDX-License-Identifier: Apache-2.0
import { Inbox } from './inbox.js';
import type { SentItem } from './protocol.js';
import type { TabItem, TabsSaved } from './role.js';

export interface CommitterEvents<T> {
  /** See TabsRole.take. */
  take(items: readonly TabItem<T>[], saved: TabsSaved): Promise<void>;
  /** All items of a tab up to a sequence are committed. */
  committed(tab: string, sequence: number): void;
  /** The uncommitted items of a tab have to come again. */
  again(tab: string): void;
}

/** Before items that could not be committed come again: whatever made it fail may last. */
const PAUSE_MS = 1_000;

/** The leader's side: takes items in, commits one batch after the other, and says what is done. */
export class Committer<T> {
  readonly #inbox: Inbox<T>;
  readonly #events: CommitterEvents<T>;
  #running: Promise<void> | null = null;
  /** Tabs for whose items there was no room. */
  readonly #refused = new Set<string>();
  #ended = false;

  constructor(saved: unknown, events: CommitterEvents<T>) {
    this.#inbox = new Inbox(saved);
    this.#events = events;
  }

  /** Sequence up to which all items of a tab are committed. */
  reached(tab: string): number {
    return this.#inbox.reached(tab);
  }

  /** What is missing or has no room is asked for again: at once, or when there is room. */
  accept(tab: string, items: readonly SentItem<T>[]): void {
    const accepted = this.#inbox.accept(tab, items);
    if (accepted === 'gap') this.#events.again(tab);
    if (accepted === 'full') this.#refused.add(tab);
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  /** Resolves when nothing is being committed. What is queued is left to the next leader, and so is saying what is done. */
  end(): Promise<void> {
    this.#ended = true;
    return this.#running ?? Promise.resolve();
  }

  async #run(): Promise<void> {
    // Not in the midst of what the caller does.
    await Promise.resolve();
    for (let batch = this.#inbox.next(); batch && !this.#ended; batch = this.#inbox.next()) {
      try {
        await this.#events.take(batch.items, batch.saved);
      } catch {
        const tabs = this.#inbox.failed(batch);
        setTimeout(() => {
          if (!this.#ended) for (const tab of tabs) this.#events.again(tab);
        }, PAUSE_MS);
        return;
      }
      if (this.#ended) return;
      this.#inbox.done(batch);
      for (const [tab, sequence] of batch.reached) this.#events.committed(tab, sequence);
      if (!this.#inbox.isEmpty) continue;
      const refused = [...this.#refused];
      this.#refused.clear();
      for (const tab of refused) this.#events.again(tab);
    }
  }
}
