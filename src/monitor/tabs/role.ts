// SPDX-License-Identifier: Apache-2.0
/** What tabs ask of the monitor whose history they share. */

/** State under which the leader must commit what `take` gave it, in the same commit as what came of the items. */
export const TABS_STATE = 'tabs';

/** How far each tab's items have been committed, by tab: structured-cloneable, small, at most 256 tabs. */
export type TabsSaved = Readonly<Record<string, number>>;

/** What a tab hands over. */
export interface TabItem<T> {
  /** The tab that measured it; `sequence` counts from 1 in each. Together they are its identity. */
  readonly tab: string;
  readonly sequence: number;
  /** Structured-cloneable; an encoded profile is a Uint8Array in it. */
  readonly value: T;
}

/** What a tab does when it leads and when it follows. T: items for the leader; N: news of the leader. */
export interface TabsRole<T, N> {
  /**
   * This tab leads from now on: opens the store and loads. Gives back what the store has under TABS_STATE. Where tabs cannot
   * find each other, `shared` is false and `reason` says why: then the history belongs in memory, since others may write it
   * too. No item is taken before it has resolved; if it rejects, the tab is closed, so that another may lead.
   */
  lead(leading: { readonly shared: boolean; readonly reason: string }): Promise<unknown>;
  /**
   * The leader's: takes up items of all tabs, its own included, then commits what came of them together with `saved` under
   * TABS_STATE. Called one at a time. When it resolves the items are done with; when it rejects they come again.
   */
  take(items: readonly TabItem<T>[], saved: TabsSaved): Promise<void>;
  /** This tab led and does not now (it was frozen, or is being suspended): closes its store. Awaited before another leads. */
  follow(): Promise<void> | void;
  /** A follower's: news from the leader. */
  hear(news: N): void;
  /** The leader's: what a tab that has just come should hear; undefined for nothing. */
  welcome?(): N | undefined;
  /** The leader's: what a tab that follows has asked (structured-cloneable, as is the answer). */
  answer?(about: unknown): Promise<unknown>;
  /** A follower's item that had to leave because too much waits. */
  lost?(value: T): void;
}
