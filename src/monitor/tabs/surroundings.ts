// SPDX-License-Identifier: Apache-2.0
/** What tabs need of a browser, so that tests can give them a world of their own. */

export interface Channel {
  onmessage: ((event: MessageEvent) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

export interface Surroundings {
  readonly locks: Pick<LockManager, 'request' | 'query'>;
  readonly channel: (name: string) => Channel;
  /** Between looks at whether the leader lives, ms. */
  readonly tickMs: number;
  /** Ticks without a sign of the leader, while items wait for it, until another tab takes its place. */
  readonly patience: number;
}

/** The browser's own, or in words why tabs cannot find each other here. */
export function findSurroundings(): Surroundings | string {
  const locks = (globalThis.navigator as Navigator | undefined)?.locks;
  if (!locks && !globalThis.indexedDB) return 'there is no IndexedDB here';
  if (!locks) return 'there are no Web Locks here, which need a page served over https';
  if (typeof BroadcastChannel === 'undefined') return 'there is no BroadcastChannel here';
  // A minute: browsers let the timers of hidden pages rest for as long as that.
  return { locks, channel: (name) => new BroadcastChannel(name), tickMs: 5_000, patience: 12 };
}

/** Not crypto.randomUUID, which needs https too. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `t${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
