// SPDX-License-Identifier: Apache-2.0
import type { Chunk } from '../host.js';

export interface RowCounts {
  readonly observed: number;
  readonly measured: number;
  readonly skipped: number;
  readonly refused: number;
}

/** What became of all rows since the history began. */
export class Counters {
  #counts: RowCounts = { observed: 0, measured: 0, skipped: 0, refused: 0 };

  get counts(): RowCounts {
    return this.#counts;
  }

  add({ batch, skipped, refused }: Pick<Chunk, 'batch' | 'skipped' | 'refused'>, isMeasured: boolean): void {
    const rows = Number.isInteger(batch.rows) && batch.rows > 0 ? batch.rows : 0;
    const before = this.#counts;
    this.#counts = {
      observed: before.observed + rows + skipped + refused,
      measured: before.measured + (isMeasured ? rows : 0),
      skipped: before.skipped + skipped,
      refused: before.refused + refused + (isMeasured ? 0 : rows),
    };
  }

  /** A chunk that nobody can measure. */
  lose({ batch, skipped, refused }: Pick<Chunk, 'batch' | 'skipped' | 'refused'>): void {
    const empty = { ...batch, rows: 0 };
    this.add({ batch: empty, skipped: skipped + Math.max(0, batch.rows || 0), refused }, true);
  }

  restore(counts: RowCounts): void {
    this.#counts = counts;
  }
}
