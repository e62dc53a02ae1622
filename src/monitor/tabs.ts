// SPDX-License-Identifier: Apache-2.0
/**
 * Several tabs of one app, one history. One tab leads: it alone opens the store. The others measure their rows and hand
 * the leader what they measured (encoded block profiles and their facts), which it takes up and commits. When the
 * leader ends or dies another takes over and loads what was committed. Runs wherever the monitor runs: page or worker.
 */

/** State under which the leader must commit what `take` gave it, in the same commit as what came of the items. */
export const TABS_STATE = 'tabs';

/** How far each tab's items have been committed, by tab: structured-cloneable, small, at most 256 tabs. */
export type TabsSaved = Readonly<Record<string, number>>;

/** What a follower hands over. Structured-cloneable; an encoded profile is a Uint8Array in it. */
export interface TabItem<T> {
  /** The tab that measured it; `sequence` counts from 1 in each. Together they are its identity. */
  readonly tab: string;
  readonly sequence: number;
  readonly value: T;
}

/** What a tab does when it leads and when it follows. T: items for the leader; N: news of the leader. */
export interface TabsRole<T, N> {
  /**
   * This tab leads from now on: opens the store and loads. Gives back what the store has under TABS_STATE. No item is
   * taken before it has resolved; if it rejects, the tab leads without memory of what came before.
   */
  lead(): Promise<unknown>;
  /**
   * The leader's: takes up items of other tabs (and those that this tab had not got rid of before it led), then commits what
   * came of them together with `saved` under TABS_STATE. Called one at a time. When it resolves the items are acknowledged;
   * when it rejects they come again later.
   */
  take(items: readonly TabItem<T>[], saved: TabsSaved): Promise<void>;
  /** A follower's: news that the leader has broadcast. */
  hear(news: N): void;
  /** This tab led and does no more (another one took over because this one was frozen): closes its store. */
  follow(): void;
}

export interface TabsOptions<T, N> {
  /** Of the monitor. */
  readonly name: string;
  readonly role: TabsRole<T, N>;
}

export class Tabs<T, N> {
  /** Resolves when it is known whether this tab leads; where it does, after `lead` has resolved. */
  readonly settled: Promise<void>;
  readonly #role: TabsRole<T, N>;

  constructor({ role }: TabsOptions<T, N>) {
    this.#role = role;
    this.settled = role.lead().then(
      () => undefined,
      () => undefined,
    );
  }

  /** Whether this tab writes the history. */
  get leader(): boolean {
    return true;
  }

  /** False where tabs cannot find each other (no Web Locks or no BroadcastChannel): then keep the history in memory. */
  get shared(): boolean {
    return false;
  }

  /** Why not; empty otherwise. */
  get reason(): string {
    return 'not built yet';
  }

  /** Tabs of this monitor that live, this one included. */
  get count(): number {
    return 1;
  }

  /** Items that no leader has acknowledged, and those that were dropped because too many waited. */
  get waiting(): number {
    return 0;
  }

  get dropped(): number {
    return 0;
  }

  /** A follower's: hands an item to the leader, now or when there is one; `bytes` is its size. Never blocks. */
  send(value: T, _bytes: number): void {
    void this.#role.take([{ tab: '', sequence: 0, value }], {});
  }

  /** The leader's: tells all followers. Nothing happens where there is none. */
  broadcast(_news: N): void {}

  /** Lets go of leadership while the page is frozen or in the back-forward cache, and comes back. */
  suspend(): void {}
  resume(): void {}

  /** Ends it. What waits is lost: hand it over before (await `drained`). */
  close(): void {}
}
