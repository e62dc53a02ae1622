// SPDX-License-Identifier: Apache-2.0
import type { Chunk } from '../host.js';
import { Counters, type RowCounts } from './counters.js';
import type { Operation } from './operation.js';

/** Rows that nobody measured: of a monitor that cannot, and those that did not reach the tab that leads. */
export class LostRows {
  readonly #counters = new Counters();
  #onTheWay: Chunk | null = null;

  get counts(): RowCounts {
    return this.#counters.counts;
  }

  /** Here they end. */
  add(operation: Operation): void {
    if (operation.kind === 'chunk') this.#counters.lose(operation.chunk);
  }

  /** They were sent, and did not arrive. */
  addOnTheWay(operation: Operation): void {
    if (operation.kind === 'chunk') this.#onTheWay = leftOut(operation.chunk, this.#onTheWay);
  }

  /** What is sent next tells of those that did not arrive, so that they count as left out. */
  toldBy(operation: Operation): Operation {
    const lost = this.#onTheWay;
    if (operation.kind !== 'chunk' || lost === null) return operation;
    this.#onTheWay = null;
    const { chunk } = operation;
    const { skipped, refused } = chunk;
    return {
      kind: 'chunk',
      chunk: { ...chunk, skipped: skipped + lost.skipped, refused: refused + lost.refused },
    };
  }
}

/** A chunk without a row: it tells that those of `chunk` were left out, and those that `before` tells of. */
export function leftOut({ batch, version, skipped, refused }: Chunk, before: Chunk | null): Chunk {
  return {
    batch: { rows: 0, columns: new Map() },
    times: new Float64Array(),
    ids: null,
    version,
    slices: null,
    skipped: skipped + Math.max(0, batch.rows || 0) + (before?.skipped ?? 0),
    refused: refused + (before?.refused ?? 0),
  };
}
