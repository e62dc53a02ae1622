// SPDX-License-Identifier: Apache-2.0
import type { MonitorOptions } from '../monitor.js';
import type { Audience } from './audience.js';
import type { Courier } from './courier.js';
import type { HostQuestions } from './host-questions.js';
import { watchPage } from './page-life.js';
import { Vitals } from './vitals.js';

/** What a monitor looks at beside rows while it runs: the page that comes and goes, and the system. */
export class Watching {
  readonly vitals: Vitals;
  readonly #audience: Audience;
  #unwatchPage: (() => void) | undefined;

  constructor({ system }: MonitorOptions, audience: Audience, questions: HostQuestions) {
    this.#audience = audience;
    this.vitals = new Vitals({
      watchesSystem: system !== false,
      send: (sample) => void questions.ask((host) => host.system(sample), undefined),
      tell: audience.errors.tell,
    });
  }

  start(courier: Courier): void {
    // The page may never be heard of again: what is left goes to the host, and what it gave us to the app's exporter, now.
    this.#unwatchPage ??= watchPage(() => {
      courier.send();
      this.vitals.hand();
      this.#audience.exportOpen();
    });
    this.vitals.start();
  }

  /** Stops, and what it has seen by then is told. */
  rest(): void {
    this.vitals.hand();
    this.stop();
  }

  stop(): void {
    this.#unwatchPage?.();
    this.#unwatchPage = undefined;
    this.vitals.stop();
  }
}
