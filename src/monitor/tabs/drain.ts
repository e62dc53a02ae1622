// SPDX-License-Identifier: Apache-2.0

/** Those who wait until nothing waits for a leader any more. */
export class Drain {
  #waiting: (() => void)[] = [];

  /** Resolves with the next `done`, or when the time is over. */
  wait(patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  done(): void {
    for (const tell of this.#waiting.splice(0)) tell();
  }
}
