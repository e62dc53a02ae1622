// SPDX-License-Identifier: Apache-2.0
import { Committer } from './committer.js';
import type { Outbox } from './outbox.js';
import type { TabMessage } from './protocol.js';
import type { TabsRole } from './role.js';
import type { Said } from './tab-line.js';

export interface LeadershipOptions<T, N> {
  /** Of this tab. */
  readonly id: string;
  readonly role: TabsRole<T, N>;
  readonly outbox: Outbox<T>;
  readonly post: (message: Said<T, N>) => boolean;
  /** Items of this tab were committed. */
  readonly onOwn: () => void;
}

/** What a tab does while it leads: takes the items of all in, says what is done, answers questions. */
export class Leadership<T, N> {
  readonly #options: LeadershipOptions<T, N>;
  readonly #committer: Committer<T>;

  /** `saved`: how far an earlier leader had come. */
  constructor(saved: unknown, options: LeadershipOptions<T, N>) {
    const { id, role, outbox, post, onOwn } = options;
    this.#options = options;
    this.#committer = new Committer<T>(saved, {
      take: (items, next) => role.take(items, next),
      committed: (tab, sequence) => {
        if (tab !== id) post({ type: 'ack', to: tab, sequence });
        else outbox.acknowledge(sequence);
        onOwn();
      },
      again: (tab) => {
        if (tab !== id) post({ type: 'again', to: tab });
        else this.acceptOwn();
      },
    });
    outbox.acknowledge(this.#committer.reached(id));
  }

  hear(message: TabMessage<T, N>): void {
    const { post } = this.#options;
    const { from, type } = message;
    if (type === 'hello' || type === 'ping') post({ type: 'lead', to: from });
    if (type === 'hello') this.welcome(from);
    if (type === 'ask') void this.#answer(from, message.question, message.about);
    if (type === 'items') {
      // Nothing of it may be new: an acknowledgement was lost with the leader before.
      post({ type: 'ack', to: from, sequence: this.#committer.reached(from) });
      this.#committer.accept(from, message.items);
    }
  }

  /** What those who come should hear first. */
  welcome(to?: string): void {
    const { role, post } = this.#options;
    const news = role.welcome?.();
    if (news !== undefined) post({ type: 'news', news, ...(to !== undefined && { to }) });
  }

  acceptOwn(): void {
    const { id, outbox } = this.#options;
    if (outbox.length > 0) this.#committer.accept(id, outbox.all());
  }

  end(): Promise<void> {
    return this.#committer.end();
  }

  async #answer(to: string, question: number, about: unknown): Promise<void> {
    const { role, post } = this.#options;
    const reply = { type: 'answer', to, question } as const;
    let error = '';
    try {
      const value = (await role.answer?.(about)) ?? null;
      if (post({ ...reply, value, error })) return;
      error = 'the answer cannot be sent to another tab';
    } catch (cause) {
      error = cause instanceof Error ? cause.message : String(cause);
    }
    post({ ...reply, value: null, error });
  }
}
