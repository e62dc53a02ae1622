// SPDX-License-Identifier: Apache-2.0
import { Lease, type LeaseEvents } from './lease.js';
import type { Surroundings } from './surroundings.js';
import { type Said, TabLine, type TabLineEvents } from './tab-line.js';

export interface ConnectionEvents<T, N> extends LeaseEvents, TabLineEvents<T, N> {
  /** It is time to look whether the leader lives. */
  onTick(): void;
}

/** What a tab holds of the browser while it is among the others: a channel, the lock or a place in its queue, a timer. */
export class Connection<T, N> {
  readonly lease: Lease;
  /** Tabs that live, this one included, as far as is known. */
  count = 1;
  readonly #line: TabLine<T, N>;
  readonly #timer: ReturnType<typeof setInterval>;

  /** `id`: of the tab. @throws where there is no channel */
  constructor(
    { id, name, surroundings }: { id: string; name: string; surroundings: Surroundings },
    events: ConnectionEvents<T, N>,
  ) {
    this.#line = new TabLine<T, N>(id, surroundings.channel(name), events);
    this.lease = new Lease(surroundings.locks, name, events);
    this.#timer = setInterval(() => events.onTick(), surroundings.tickMs);
    // In Node a timer alone would keep the process running.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  /** False when the message holds what cannot be cloned. */
  post(message: Said<T, N>): boolean {
    return this.#line.post(message);
  }

  async recount(): Promise<void> {
    const count = await this.lease.count();
    if (count !== undefined) this.count = count;
  }

  close(): void {
    clearInterval(this.#timer);
    this.lease.giveBack();
    this.#line.close();
  }
}
