// SPDX-License-Identifier: Apache-2.0
import { messageOf } from '../errors.js';
import { type MonitorSource, WATCH_EVERY_MS } from './follow.js';
import { Line, type LineOptions, type Said } from './line.js';
import type { Unsubscribe } from './monitor.js';

const MOST_FOLLOWERS = 64;

/**
 * Lets other tabs of the same origin follow a monitor by its name, or whoever has the other end of a port. Snapshots are
 * made and sent only while somebody follows. Returns how to end it. While the page is in the back-forward cache nothing is
 * open that would keep it out.
 */
export function publishMonitor(monitor: MonitorSource, options: LineOptions = {}): Unsubscribe {
  const publisher = new Publisher(monitor, options);
  if (typeof document === 'undefined' || options.port !== undefined) {
    publisher.open();
    return () => publisher.close();
  }
  const stop = new AbortController();
  publisher.open();
  addEventListener('pagehide', () => publisher.close(), { signal: stop.signal });
  addEventListener('pageshow', () => publisher.open(), { signal: stop.signal });
  return () => {
    stop.abort();
    publisher.close();
  };
}

class Publisher {
  readonly #monitor: MonitorSource;
  readonly #options: LineOptions;
  /** When each was last heard of. */
  readonly #followers = new Map<string, number>();
  #line: Line | null = null;
  #leave: Unsubscribe | null = null;

  constructor(monitor: MonitorSource, options: LineOptions) {
    this.#monitor = monitor;
    this.#options = options;
  }

  open(): void {
    this.#line ??= new Line(this.#monitor.name, this.#options, (said) => this.#hear(said));
  }

  close(): void {
    this.#line?.close();
    this.#line = null;
    this.#followers.clear();
    this.#leave?.();
    this.#leave = null;
  }

  #hear(said: Said): void {
    if (said.kind === 'watch') this.#welcome(said.follower);
    else if (said.kind === 'leave') {
      this.#followers.delete(said.follower);
      this.#settle();
    } else if (said.kind === 'ask') void this.#answer(said);
  }

  #welcome(follower: string): void {
    if (!this.#followers.has(follower)) {
      if (this.#followers.size >= MOST_FOLLOWERS) return;
      // Whoever comes late must not wait for the next news.
      this.#monitor.snapshot().then(
        (snapshot) => this.#line?.say({ kind: 'snapshot', snapshot }),
        () => {},
      );
    }
    this.#followers.set(follower, performance.now());
    this.#settle();
  }

  /** Listens to the monitor while there are followers that have lately been heard of. */
  #settle(): void {
    const now = performance.now();
    for (const [follower, heard] of this.#followers)
      if (now - heard > 3 * WATCH_EVERY_MS) this.#followers.delete(follower);
    if (this.#followers.size === 0) {
      this.#leave?.();
      this.#leave = null;
      return;
    }
    this.#leave ??= this.#monitor.onUpdate((snapshot) => {
      this.#line?.say({ kind: 'snapshot', snapshot });
      this.#settle();
    });
  }

  async #answer({ follower, question, what, spec }: Extract<Said, { kind: 'ask' }>): Promise<void> {
    const reply = { kind: 'answer', follower, question } as const;
    try {
      const value =
        what === 'snapshot'
          ? await this.#monitor.snapshot()
          : await this.#monitor.report?.(spec === null ? undefined : spec);
      this.#line?.say({ ...reply, value: value ?? null, error: '' });
    } catch (error) {
      this.#line?.say({
        ...reply,
        value: null,
        error: messageOf(error),
      });
    }
  }
}
