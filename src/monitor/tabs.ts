// SPDX-License-Identifier: Apache-2.0
/**
 * Several tabs of one app, one history. One tab leads: it alone opens the store. The others measure their rows and hand
 * the leader what they measured (encoded block profiles and their facts), which it takes up and commits, each item exactly
 * once. When the leader ends or dies another takes over and loads what was committed. Runs wherever the monitor runs: page
 * or worker. The leader holds a Web Lock, which the browser frees however the tab ends; the rest goes over a BroadcastChannel.
 * One state machine, hence one long file: lease, outbox, inbox and commits are in files of their own.
 */
import { Committer } from './tabs/committer.js';
import { Lease } from './tabs/lease.js';
import { Outbox } from './tabs/outbox.js';
import { isTabMessage, PROTOCOL, type TabMessage } from './tabs/protocol.js';
import type { TabsRole } from './tabs/role.js';
import { type Channel, findSurroundings, randomId, type Surroundings } from './tabs/surroundings.js';

export interface TabsOptions<T, N> {
  /** Of the monitor. */
  readonly name: string;
  readonly role: TabsRole<T, N>;
  /** For tests; the browser's own by default. */
  readonly surroundings?: Surroundings | string;
}

type State = 'starting' | 'following' | 'leading' | 'suspended' | 'closed';

export class Tabs<T, N> {
  readonly id = randomId();
  readonly #name: string;
  readonly #role: TabsRole<T, N>;
  readonly #outbox = new Outbox<T>();
  #surroundings: Surroundings | null;
  #reason = '';
  #state: State = 'starting';
  #channel: Channel | null = null;
  #committer: Committer<T> | null = null;
  #lease: Lease | null = null;
  #loading: Promise<void> | null = null;
  #leaderKnown = false;
  #silentTicks = 0;
  #count = 1;
  #timer: ReturnType<typeof setInterval> | undefined;
  #settle: () => void = () => {};
  readonly #settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });
  #drained: (() => void)[] = [];

  constructor({ name, role, surroundings = findSurroundings() }: TabsOptions<T, N>) {
    this.#name = `driftglass:${name}`;
    this.#role = role;
    this.#surroundings = typeof surroundings === 'string' ? null : surroundings;
    if (typeof surroundings === 'string') this.#leadAlone(surroundings);
    else void this.#join(surroundings);
  }

  /** Resolves when it is known whether this tab leads; where it does, after `lead` has resolved. */
  get settled(): Promise<void> {
    return this.#settled;
  }

  /** Whether this tab writes the history, or is about to. */
  get leader(): boolean {
    return this.#state === 'leading';
  }

  /** False where tabs cannot find each other. */
  get shared(): boolean {
    return this.#surroundings !== null;
  }

  /** Why not; empty otherwise. */
  get reason(): string {
    return this.#reason;
  }

  /** Tabs of this monitor that live, this one included, as far as is known. */
  get count(): number {
    return this.#count;
  }

  /** Items that are not committed, as far as this tab knows. */
  get waiting(): number {
    return this.#outbox.length;
  }

  /** Hands an item to the leader, now or when there is one; in the leader it goes to its own `take`. `bytes` is its size. */
  send(value: T, bytes: number): void {
    if (this.#state === 'closed') return;
    for (const lost of this.#outbox.add(value, bytes)) this.#role.lost?.(lost);
    if (this.leader) this.#acceptOwn();
    else if (this.#leaderKnown && !this.#post({ type: 'items', items: this.#outbox.newest() }))
      this.#refuse();
  }

  /** Resolves when nothing waits any more, or when the time is over. */
  drained(patienceMs = 2_000): Promise<void> {
    if (this.waiting === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      this.#drained.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** The leader's: tells all followers. Does nothing elsewhere. */
  broadcast(news: N): void {
    if (this.leader && this.#count > 1) this.#post({ type: 'news', news });
  }

  /** Lets go of all that would keep the page out of the back-forward cache, until `resume`. What waits stays. */
  async suspend(): Promise<void> {
    if (this.#state === 'suspended' || this.#state === 'closed' || !this.shared) return;
    await this.#leave('suspended');
  }

  resume(): void {
    if (this.#state !== 'suspended' || !this.#surroundings) return;
    this.#state = 'starting';
    void this.#join(this.#surroundings);
  }

  /** Ends it; items that wait are lost: await `drained` before. Resolves when another tab may lead. */
  async close(): Promise<void> {
    if (this.#state !== 'closed') await this.#leave('closed');
  }

  async #join(surroundings: Surroundings): Promise<void> {
    try {
      this.#channel = surroundings.channel(this.#name);
      this.#channel.onmessage = ({ data }) => this.#hear(data);
      const lease = new Lease(surroundings.locks, this.#name, {
        onHeld: () => {
          this.#loading = this.#lead();
        },
        onStolen: () => void this.#deposed(),
        onTrouble: (error) => this.#noTabs(error),
      });
      this.#lease = lease;
      this.#post({ type: 'hello' });
      this.#timer = setInterval(() => this.#tick(), surroundings.tickMs);
      // In Node a timer alone would keep the process running.
      (this.#timer as { unref?: () => void }).unref?.();
      const held = await lease.tryNow();
      if (held || this.#lease !== lease) return;
      this.#state = 'following';
      this.#settle();
      lease.wait();
      // Only now is it among those that are counted.
      this.#post({ type: 'ping' });
      void this.#recount();
    } catch (error) {
      this.#noTabs(error);
    }
  }

  /** A frame without an origin of its own, or storage that is forbidden: Locks or the channel refuse. */
  #noTabs(error: unknown): void {
    if (this.#state !== 'starting' && this.#state !== 'following') return;
    const message = error instanceof Error ? error.message : String(error);
    this.#leadAlone(`tabs cannot find each other (${message})`);
  }

  async #lead(): Promise<void> {
    this.#state = 'leading';
    this.#leaderKnown = false;
    let saved: unknown;
    try {
      saved = await this.#role.lead({ shared: this.shared, reason: this.#reason });
    } catch {
      // Leads as if nothing had been saved.
    }
    if (!this.leader) return;
    this.#committer = this.#newCommitter(saved);
    this.#outbox.acknowledge(this.#committer.reached(this.id));
    void this.#recount();
    this.#settle();
    this.#post({ type: 'lead' });
    this.#welcome();
    this.#acceptOwn();
    this.#tellDrained();
  }

  #newCommitter(saved: unknown): Committer<T> {
    return new Committer<T>(saved, {
      take: (items, next) => this.#role.take(items, next),
      committed: (tab, sequence) => {
        if (tab !== this.id) this.#post({ type: 'ack', to: tab, sequence });
        else this.#outbox.acknowledge(sequence);
        this.#tellDrained();
      },
      again: (tab) => {
        if (tab !== this.id) this.#post({ type: 'again', to: tab });
        else this.#acceptOwn();
      },
    });
  }

  #leadAlone(reason: string): void {
    this.#disconnect();
    this.#surroundings = null;
    this.#reason = reason;
    this.#count = 1;
    this.#state = 'leading';
    // Not before the constructor has given this object to its owner.
    this.#loading = Promise.resolve().then(() => (this.leader ? this.#lead() : undefined));
  }

  async #deposed(): Promise<void> {
    if (!this.leader) return;
    await this.#stopLeading('following');
    if (this.#state !== 'following') return;
    this.#post({ type: 'hello' });
    this.#lease?.wait();
  }

  async #stopLeading(state: State): Promise<void> {
    this.#state = state;
    const committer = this.#committer;
    this.#committer = null;
    await this.#loading;
    await committer?.end();
    try {
      await this.#role.follow();
    } catch {
      // Its store is its own affair.
    }
  }

  async #leave(state: 'suspended' | 'closed'): Promise<void> {
    const lease = this.#lease;
    this.#lease = null;
    if (this.leader) await this.#stopLeading(state);
    this.#state = state;
    this.#post({ type: 'bye' });
    this.#disconnect();
    lease?.giveBack();
    this.#settle();
    if (state === 'closed') for (const tell of this.#drained.splice(0)) tell();
  }

  #disconnect(): void {
    clearInterval(this.#timer);
    this.#lease?.giveBack();
    this.#lease = null;
    this.#leaderKnown = false;
    if (this.#channel) this.#channel.onmessage = null;
    this.#channel?.close();
    this.#channel = null;
  }

  #hear(data: unknown): void {
    if (!isTabMessage(data)) return;
    if (data.v !== PROTOCOL) {
      // Its leader would not understand this tab's items.
      if (this.#state === 'following')
        this.#leadAlone('a tab with another version of driftglass keeps the history');
      return;
    }
    const message = data as TabMessage<T, N>;
    if ('to' in message && message.to !== undefined && message.to !== this.id) return;
    if (this.leader) this.#hearAsLeader(message);
    else if (this.#state === 'following' || this.#state === 'starting') this.#hearAsFollower(message);
  }

  #hearAsLeader(message: TabMessage<T, N>): void {
    const { from, type } = message;
    // There are two at least: from now on they are counted at every tick.
    if (type === 'hello' || type === 'ping') this.#count = Math.max(2, this.#count);
    if (type !== 'items') void this.#recount();
    const committer = this.#committer;
    if (!committer) return;
    if (type === 'hello' || type === 'ping') this.#post({ type: 'lead', to: from });
    if (type === 'hello') this.#welcome(from);
    if (type === 'items') {
      // Nothing of it may be new: an acknowledgement was lost with the leader before.
      this.#post({ type: 'ack', to: from, sequence: committer.reached(from) });
      committer.accept(from, message.items);
    }
  }

  #welcome(to?: string): void {
    const news = this.#role.welcome?.();
    if (news !== undefined) this.#post({ type: 'news', news, ...(to !== undefined && { to }) });
  }

  #hearAsFollower(message: TabMessage<T, N>): void {
    const fromLeader = ['lead', 'ack', 'again', 'news'].includes(message.type);
    if (fromLeader) this.#silentTicks = 0;
    switch (message.type) {
      case 'lead': {
        const isNew = !this.#leaderKnown || message.to === undefined;
        this.#leaderKnown = true;
        if (isNew) {
          void this.#recount();
          this.#sendAll();
        }
        return;
      }
      case 'again':
        this.#sendAll();
        return;
      case 'ack':
        this.#outbox.acknowledge(message.sequence);
        this.#tellDrained();
        return;
      case 'news':
        this.#role.hear(message.news);
        return;
      case 'hello':
      case 'bye':
        void this.#recount();
        return;
    }
  }

  #sendAll(): void {
    if (this.waiting === 0 || this.#post({ type: 'items', items: this.#outbox.all() })) return;
    this.#refuse();
    if (this.waiting > 0) this.#post({ type: 'items', items: this.#outbox.all() });
  }

  /** Drops what cannot be sent to another thread, lest it block what comes after. */
  #refuse(): void {
    for (const value of this.#outbox.refuse()) this.#role.lost?.(value);
    this.#tellDrained();
  }

  #acceptOwn(): void {
    if (this.waiting > 0) this.#committer?.accept(this.id, this.#outbox.all());
  }

  #tick(): void {
    if (this.#count > 1 || this.#state === 'following') void this.#recount();
    if (this.#state !== 'following') return;
    if (this.waiting === 0) {
      this.#silentTicks = 0;
      return;
    }
    this.#post({ type: 'ping' });
    // Acknowledgements and items may have been lost while a leader changed.
    if (this.#silentTicks === 0 && this.#leaderKnown) this.#sendAll();
    if (++this.#silentTicks <= this.#surroundings!.patience) return;
    // The leader is frozen with the lock in its hands.
    this.#silentTicks = 0;
    this.#lease?.steal();
  }

  async #recount(): Promise<void> {
    const count = await this.#lease?.count();
    if (count !== undefined) this.#count = count;
  }

  #tellDrained(): void {
    if (this.waiting === 0) for (const tell of this.#drained.splice(0)) tell();
  }

  /** False when the message holds what cannot be cloned. */
  #post(message: DistributiveOmit<TabMessage<T, N>, 'v' | 'from'>): boolean {
    try {
      this.#channel?.postMessage({ v: PROTOCOL, from: this.id, ...message });
      return true;
    } catch {
      return false;
    }
  }
}

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;
