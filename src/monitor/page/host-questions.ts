// SPDX-License-Identifier: Apache-2.0
import type { MonitorHost } from '../host.js';
import { asError } from './courier.js';
import type { RunningHost } from './running-host.js';

/** What is asked of a host that may die before it answers: whoever waits is then given what there is otherwise. */
export class HostQuestions {
  readonly #asked = new Set<() => void>();
  readonly #running: () => RunningHost | null;
  readonly #tell: (error: Error) => void;

  /** `running`: the host that can be asked now; null where there is none. */
  constructor(running: () => RunningHost | null, tell: (error: Error) => void) {
    this.#running = running;
    this.#tell = tell;
  }

  /** Never rejects: what goes wrong is told. */
  async ask<T>(question: (host: MonitorHost) => Promise<T>, otherwise: T): Promise<T> {
    const running = this.#running();
    if (running === null) return otherwise;
    let giveUp: (() => void) | undefined;
    try {
      return await new Promise<T>((resolve, reject) => {
        // Not a race with `died`: that would remember every question for as long as the host lives.
        giveUp = () => resolve(otherwise);
        this.#asked.add(giveUp);
        question(running.host).then(resolve, reject);
      });
    } catch (error) {
      if (this.#running() === running) this.#tell(asError(error));
      return otherwise;
    } finally {
      if (giveUp !== undefined) this.#asked.delete(giveUp);
    }
  }

  /** Whoever waits for a host that is no more waits no longer. */
  giveUp(): void {
    for (const giveUp of [...this.#asked]) giveUp();
  }
}
