// SPDX-License-Identifier: Apache-2.0
/**
 * Several tabs of one app, one history. One tab leads: it alone opens the store. The others measure their rows and hand
 * the leader what they measured (encoded block profiles and their facts), which it takes up and commits, each item exactly
 * once. When the leader ends or dies another takes over and loads what was committed. Runs wherever the monitor runs: page
 * or worker. The leader holds a Web Lock, which the browser frees however the tab ends; the rest goes over a BroadcastChannel.
 * The state machine of it is here; what a leader does, lease, outbox, inbox and commits are in files of their own.
 */
import { DriftglassError, messageOf } from '../errors.js';
import { Connection } from './tabs/connection.js';
import { Following } from './tabs/following.js';
import { Leadership } from './tabs/leadership.js';
import type { TabMessage } from './tabs/protocol.js';
import type { TabsRole } from './tabs/role.js';
import { findSurroundings, randomId, type Surroundings } from './tabs/surroundings.js';
import type { Said } from './tabs/tab-line.js';

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
  readonly #following: Following<T, N>;
  #surroundings: Surroundings | null;
  #reason = '';
  #state: State = 'starting';
  #connection: Connection<T, N> | null = null;
  #leadership: Leadership<T, N> | null = null;
  #loading: Promise<void> | null = null;
  /** Of the latest `suspend` or `close`. */
  #leaving: Promise<void> = Promise.resolve();
  #isAway = false;
  #settle: () => void = () => {};
  readonly #settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  constructor({ name, role, surroundings = findSurroundings() }: TabsOptions<T, N>) {
    this.#name = `driftglass:${name}`;
    this.#role = role;
    this.#following = new Following({
      role,
      post: (message) => this.#post(message),
      onCrowd: () => void this.#connection?.recount(),
    });
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
    return this.#connection?.count ?? 1;
  }

  /** Items that are not committed, as far as this tab knows. */
  get waiting(): number {
    return this.#following.outbox.length;
  }

  /** Hands an item to the leader, now or when there is one; in the leader it goes to its own `take`. `bytes` is its size. */
  send(value: T, bytes: number): void {
    if (this.#state === 'closed') return;
    for (const lost of this.#following.outbox.add(value, bytes)) this.#role.lost?.(lost);
    if (this.leader) this.#leadership?.acceptOwn();
    else this.#following.sendNewest();
  }

  /** Resolves when nothing waits any more, or when the time is over. */
  drained(patienceMs = 2_000): Promise<void> {
    return this.waiting === 0 ? Promise.resolve() : this.#following.drain.wait(patienceMs);
  }

  /**
   * What the leader says to a question, whichever tab leads by then. Rejects with EngineError where it has not answered within
   * `patienceMs`, or says why not.
   */
  async ask(about: unknown, patienceMs?: number): Promise<unknown> {
    if (this.#leadership !== null) return (await this.#role.answer?.(about)) ?? null;
    if (this.#state === 'closed' || this.#state === 'suspended')
      throw new DriftglassError('EngineError', 'this tab is being left, and asks no other');
    return this.#following.questions.ask(about, this.#following.postQuestion, patienceMs);
  }

  /** The leader's: tells all followers. Does nothing elsewhere. */
  broadcast(news: N): void {
    if (this.leader && this.count > 1) this.#post({ type: 'news', news });
  }

  /** Lets go of all that would keep the page out of the back-forward cache, until `resume`. What waits stays. */
  async suspend(): Promise<void> {
    if (this.#state === 'closed' || !this.shared) return;
    this.#isAway = true;
    await this.#rest();
  }

  /** The leader's, where another tab has opened the history since: lets go of the lock, and leads again when it comes round. */
  async standDown(): Promise<void> {
    if (!this.leader || !this.shared) return;
    await this.#rest();
    if (!this.#isAway) this.resume();
  }

  resume(): void {
    if (this.#state !== 'suspended') return;
    this.#isAway = false;
    // Not before it has left: what is still being let go of would go with what is taken anew.
    void this.#leaving.then(() => {
      if (this.#isAway || this.#state !== 'suspended' || this.#surroundings === null) return;
      this.#state = 'starting';
      void this.#join(this.#surroundings);
    });
  }

  /** Ends it; items that wait are lost: await `drained` before. Resolves when another tab may lead. */
  async close(): Promise<void> {
    this.#isAway = true;
    await this.#leaving;
    if (this.#state !== 'closed') this.#leaving = this.#leave('closed');
    await this.#leaving;
  }

  async #join(surroundings: Surroundings): Promise<void> {
    try {
      const connection = new Connection<T, N>(
        { id: this.id, name: this.#name, surroundings },
        {
          hear: (message) => this.#hear(message),
          stranger: () => {
            if (this.#state === 'following')
              this.#leadAlone('a tab with another version of driftglass keeps the history');
          },
          onHeld: () => {
            this.#loading = this.#lead();
          },
          onStolen: () => void this.#deposed(),
          onTrouble: (error) => this.#noTabs(error),
          onTick: () => this.#tick(),
        },
      );
      this.#connection = connection;
      this.#post({ type: 'hello' });
      const held = await connection.lease.tryNow();
      if (held || this.#connection !== connection) return;
      this.#state = 'following';
      this.#queue(connection);
    } catch (error) {
      this.#noTabs(error);
    }
  }

  /** A frame without an origin of its own, or storage that is forbidden: Locks or the channel refuse. */
  #noTabs(error: unknown): void {
    if (this.#state !== 'starting' && this.#state !== 'following') return;
    this.#leadAlone(`tabs cannot find each other (${messageOf(error)})`);
  }

  async #lead(): Promise<void> {
    this.#state = 'leading';
    this.#following.forgetLeader();
    // Given while this tab was frozen, the lock may be another's by now: asked anything, the browser says that first.
    await this.#connection?.recount();
    if (!this.leader) return;
    let saved: unknown;
    try {
      saved = await this.#role.lead({ shared: this.shared, reason: this.#reason });
    } catch {
      return void this.close();
    }
    if (!this.leader) return;
    const leadership = new Leadership<T, N>(saved, {
      id: this.id,
      role: this.#role,
      outbox: this.#following.outbox,
      post: (message) => this.#post(message),
      onOwn: () => this.#following.tellDrained(),
    });
    this.#leadership = leadership;
    void this.#connection?.recount();
    this.#settle();
    this.#post({ type: 'lead' });
    leadership.welcome();
    leadership.acceptOwn();
    this.#following.tellDrained();
    this.#following.answer((about) => this.ask(about));
  }

  #leadAlone(reason: string): void {
    this.#disconnect();
    this.#surroundings = null;
    this.#reason = reason;
    this.#state = 'leading';
    // Not before the constructor has given this object to its owner.
    this.#loading = Promise.resolve().then(() => (this.leader ? this.#lead() : undefined));
  }

  async #deposed(): Promise<void> {
    if (!this.leader) return;
    await this.#stopLeading('following');
    if (this.#state !== 'following' || this.#connection === null) return;
    this.#post({ type: 'hello' });
    this.#queue(this.#connection);
  }

  /** It follows until it is given the lock. */
  #queue(connection: Connection<T, N>): void {
    this.#settle();
    connection.lease.wait();
    // Only now is it among those that are counted.
    this.#post({ type: 'ping' });
    void connection.recount();
  }

  async #stopLeading(state: State): Promise<void> {
    this.#state = state;
    const leadership = this.#leadership;
    this.#leadership = null;
    await this.#loading;
    await leadership?.end();
    // Its store is its own affair.
    await Promise.resolve(this.#role.follow()).catch(() => {});
  }

  async #rest(): Promise<void> {
    if (this.#state !== 'suspended') this.#leaving = this.#leave('suspended');
    await this.#leaving;
  }

  async #leave(state: 'suspended' | 'closed'): Promise<void> {
    if (this.leader) await this.#stopLeading(state);
    this.#state = state;
    this.#post({ type: 'bye' });
    this.#disconnect();
    this.#following.questions.giveUp('this tab was left before another had answered');
    this.#settle();
    if (state === 'closed') this.#following.drain.done();
  }

  #disconnect(): void {
    this.#connection?.close();
    this.#connection = null;
    this.#following.forgetLeader();
  }

  #hear(message: TabMessage<T, N>): void {
    if (this.leader) this.#hearAsLeader(message);
    else if (this.#state === 'following' || this.#state === 'starting') this.#following.hear(message);
  }

  #hearAsLeader(message: TabMessage<T, N>): void {
    const { type } = message;
    const connection = this.#connection!;
    // There are two at least: from now on they are counted at every tick.
    if (type === 'hello' || type === 'ping') connection.count = Math.max(2, connection.count);
    if (type !== 'items') void connection.recount();
    this.#leadership?.hear(message);
  }

  #tick(): void {
    if (this.count > 1 || this.#state === 'following') void this.#connection?.recount();
    if (this.#state !== 'following' || !this.#following.tick(this.#surroundings!.patience)) return;
    // The leader is frozen with the lock in its hands.
    this.#connection?.lease.steal();
  }

  /** False when the message holds what cannot be cloned. */
  #post(message: Said<T, N>): boolean {
    return this.#connection?.post(message) ?? true;
  }
}
