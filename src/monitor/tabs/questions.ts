// SPDX-License-Identifier: Apache-2.0
import { DriftglassError } from '../../errors.js';

/** Questions that may wait for an answer at once, and how long each may, ms. */
const MOST = 16;
const PATIENCE_MS = 5_000;

interface Waiting {
  readonly about: unknown;
  readonly settle: (value: unknown, error: Error | null) => void;
}

/** What a tab asks the one that leads: each question is answered, or given up after a while. */
export class Questions {
  readonly #waiting = new Map<number, Waiting>();
  #count = 0;

  /** `post` sends it, if there is anybody to hear. Rejects with EngineError where no answer has come within `patienceMs`. */
  ask(
    about: unknown,
    post: (question: number, about: unknown) => void,
    patienceMs = PATIENCE_MS,
  ): Promise<unknown> {
    if (this.#waiting.size >= MOST)
      return Promise.reject(
        new DriftglassError('EngineError', `more than ${MOST} questions to another tab wait`),
      );
    const question = ++this.#count;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.answered(question, null, 'the tab that keeps the history does not answer'),
        patienceMs,
      );
      this.#waiting.set(question, {
        about,
        settle: (value, error) => {
          clearTimeout(timer);
          if (error === null) resolve(value);
          else reject(error);
        },
      });
      post(question, about);
    });
  }

  answered(question: number, value: unknown, error: string): void {
    const waiting = this.#waiting.get(question);
    this.#waiting.delete(question);
    waiting?.settle(value, error === '' ? null : new DriftglassError('EngineError', error));
  }

  /** Another leader has come, which has not heard them. */
  again(post: (question: number, about: unknown) => void): void {
    for (const [question, { about }] of this.#waiting) post(question, about);
  }

  /** Nobody will answer. */
  giveUp(reason: string): void {
    for (const question of [...this.#waiting.keys()]) this.answered(question, null, reason);
  }
}
