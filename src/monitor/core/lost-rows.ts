// SPDX-License-Identifier: Apache-2.0
import { Counters, type RowCounts } from './counters.js';
import type { Operation } from './operation.js';

/** Rows that nobody measured: of a monitor that cannot, and those that did not reach the tab that leads. */
export class LostRows {
  readonly #counters = new Counters();
  #onTheWay = 0;

  get counts(): RowCounts {
    return this.#counters.counts;
  }

  /** Here they end. */
  add(operation: Operation): void {
    if (operation.kind === 'chunk') this.#counters.lose(operation.chunk);
  }

  /** They were sent, and did not arrive. */
  addOnTheWay(operation: Operation): void {
    if (operation.kind !== 'chunk') return;
    this.#onTheWay += operation.chunk.batch.rows + operation.chunk.skipped;
  }

  /** What is sent next tells of those that did not arrive, so that they count as left out. */
  toldBy(operation: Operation): Operation {
    if (operation.kind !== 'chunk' || this.#onTheWay === 0) return operation;
    const skipped = operation.chunk.skipped + this.#onTheWay;
    this.#onTheWay = 0;
    return { kind: 'chunk', chunk: { ...operation.chunk, skipped } };
  }
}
