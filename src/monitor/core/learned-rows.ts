// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import { sliceBatch } from '../../columns/slice-rows.js';
import type { Chunk, LabelBatch } from '../host.js';

/** What came, in order: rows (where they begin among all that were gathered), or labels. */
type Came =
  | {
      readonly from: number;
      readonly rows: number;
      readonly facts: Pick<Chunk, 'ids' | 'times' | 'version' | 'slices'>;
    }
  | { readonly labels: LabelBatch };

/** Who is told again what came while there was no frame. */
export interface Teller {
  remember(
    chunk: Chunk,
    rows: { readonly from: number; readonly to: number; readonly blocks: readonly number[] },
  ): void;
  label(labels: LabelBatch): void;
}

/**
 * Ids of the rows that a frame is learned from, and the labels that came meanwhile: which of their columns are predictions is known
 * only with the frame. Held in memory alone, since ids are never stored as they are: a reload in the midst of learning loses them.
 */
export class LearnedRows {
  readonly #mostLabels: number;
  #came: Came[] = [];
  #labels = 0;

  constructor(mostLabels: number) {
    this.#mostLabels = mostLabels;
  }

  /** Rows that are gathered, from row `from` of all. */
  add({ batch, ids, times, version, slices }: Chunk, from: number): void {
    if (ids !== null) this.#came.push({ from, rows: batch.rows, facts: { ids, times, version, slices } });
  }

  label(labels: LabelBatch): void {
    this.#labels += labels.ids.length;
    if (this.#labels <= this.#mostLabels) this.#came.push({ labels });
  }

  /** Tells all of it, of all the rows that were gathered; then forgets it. */
  tell(all: Batch, teller: Teller): void {
    const came = this.#came;
    this.#came = [];
    for (const one of came) {
      if ('labels' in one) teller.label(one.labels);
      else {
        const { from, rows, facts } = one;
        const batch = sliceBatch(all, from, from + rows);
        teller.remember({ batch, ...facts, skipped: 0, refused: 0 }, { from: 0, to: rows, blocks: [] });
      }
    }
  }
}
