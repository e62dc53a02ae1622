// SPDX-License-Identifier: Apache-2.0
import { Drain } from './drain.js';
import { Outbox } from './outbox.js';
import type { TabMessage } from './protocol.js';
import { Questions } from './questions.js';
import type { TabsRole } from './role.js';
import type { Said } from './tab-line.js';

export interface FollowingOptions<T, N> {
  readonly role: TabsRole<T, N>;
  readonly post: (message: Said<T, N>) => boolean;
  /** Tabs may have come or gone. */
  readonly onCrowd: () => void;
}

/** What a tab has for the one that leads, and does while another is that: items and questions wait until they are settled. */
export class Following<T, N> {
  readonly outbox = new Outbox<T>();
  readonly questions = new Questions();
  readonly drain = new Drain();
  readonly #options: FollowingOptions<T, N>;
  #leaderKnown = false;
  #silentTicks = 0;

  constructor(options: FollowingOptions<T, N>) {
    this.#options = options;
  }

  /** There is no leader any more that would hear. */
  forgetLeader(): void {
    this.#leaderKnown = false;
  }

  /** Sends the newest item, if anybody leads. */
  sendNewest(): void {
    if (this.#leaderKnown && !this.#options.post({ type: 'items', items: this.outbox.newest() }))
      this.#refuse();
  }

  readonly postQuestion = (question: number, about: unknown): void => {
    this.#options.post({ type: 'ask', question, about });
  };

  /** What was asked of another tab is this one's own to answer now. */
  answer(ask: (about: unknown) => Promise<unknown>): void {
    this.questions.again((question, about) => {
      ask(about).then(
        (value) => this.questions.answered(question, value, ''),
        (error: unknown) => this.questions.answered(question, null, String(Object(error).message)),
      );
    });
  }

  tellDrained(): void {
    if (this.outbox.length === 0) this.drain.done();
  }

  hear(message: TabMessage<T, N>): void {
    const fromLeader = ['lead', 'ack', 'again', 'news', 'answer'].includes(message.type);
    if (fromLeader) this.#silentTicks = 0;
    switch (message.type) {
      case 'lead': {
        const isNew = !this.#leaderKnown || message.to === undefined;
        this.#leaderKnown = true;
        if (isNew) {
          this.#options.onCrowd();
          this.#sendAll();
          this.questions.again(this.postQuestion);
        }
        return;
      }
      case 'again':
        this.#sendAll();
        return;
      case 'ack':
        this.outbox.acknowledge(message.sequence);
        this.tellDrained();
        return;
      case 'answer':
        this.questions.answered(message.question, message.value, message.error);
        return;
      case 'news':
        this.#options.role.hear(message.news);
        return;
      case 'hello':
      case 'bye':
        this.#options.onCrowd();
        return;
    }
  }

  /** Whether nothing has been heard of the leader for more than `patience` ticks, while items wait for it. */
  tick(patience: number): boolean {
    if (this.outbox.length === 0) {
      this.#silentTicks = 0;
      return false;
    }
    this.#options.post({ type: 'ping' });
    // Acknowledgements and items may have been lost while a leader changed.
    if (this.#silentTicks === 0 && this.#leaderKnown) this.#sendAll();
    if (++this.#silentTicks <= patience) return false;
    this.#silentTicks = 0;
    return true;
  }

  #sendAll(): void {
    const { post } = this.#options;
    const { outbox } = this;
    if (outbox.length === 0 || post({ type: 'items', items: outbox.all() })) return;
    this.#refuse();
    if (outbox.length > 0) post({ type: 'items', items: outbox.all() });
  }

  /** Drops what cannot be sent to another thread, lest it block what comes after. */
  #refuse(): void {
    for (const value of this.outbox.refuse()) this.#options.role.lost?.(value);
    this.tellDrained();
  }
}
