// SPDX-License-Identifier: Apache-2.0
import type { Chunk } from '../host.js';
import type { MonitorSnapshot } from '../snapshot.js';

type Rows = MonitorSnapshot['rows'];
type Counts = Pick<Rows, 'measured' | 'skipped' | 'refused'>;

const NONE: Counts = { measured: 0, skipped: 0, refused: 0 };

/**
 * What became of rows, as a host has it and as this side knows better: what a host has not heard of yet, and what went with a
 * host that died. Observed = measured + skipped + refused + waiting, always.
 */
export class RowTally {
  /** When the host was opened: its history. */
  #base: Rows = { observed: 0, ...NONE, waiting: 0, late: 0 };
  /** Settled with this host since. */
  #done = NONE;
  /** What an earlier host had measured, or had heard of other tabs, and this one has no memory of. */
  #forgotten = NONE;
  /** Rows that no host will ever tell of. */
  #lost = NONE;
  /** Rows handed to this host, those that it is told were left out or refused included. */
  #posted = 0;
  #isOpen = false;

  open(rows: Rows): void {
    const before = sum(this.#base, this.#done, this.#forgotten);
    this.#forgotten = {
      measured: Math.max(0, before.measured - rows.measured),
      skipped: Math.max(0, before.skipped - rows.skipped),
      refused: Math.max(0, before.refused - rows.refused),
    };
    this.#base = rows;
    this.#done = NONE;
    this.#posted = 0;
    this.#isOpen = true;
  }

  /** `host`: the rows of its latest snapshot. What other tabs had brought it by then is remembered. */
  close(host: Rows | undefined): void {
    if (this.#isOpen && host) {
      const others = Math.max(0, host.observed - this.#base.observed - this.#posted);
      const most = host.measured - this.#base.measured - this.#done.measured;
      const measured = Math.min(others, Math.max(0, most));
      this.#forgotten = sum(this.#forgotten, { measured, skipped: others - measured, refused: 0 });
    }
    this.#isOpen = false;
  }

  post({ batch, skipped, refused }: Chunk): void {
    this.#posted += batch.rows + skipped + refused;
  }

  settle({ batch, skipped, refused }: Chunk): void {
    this.#done = sum(this.#done, { measured: batch.rows, skipped, refused });
  }

  /** Was handed over (`posted`) or not, and will not be measured. */
  lose({ batch, skipped, refused }: Chunk, posted: boolean): void {
    this.#lost = sum(this.#lost, { measured: 0, skipped: batch.rows + skipped, refused });
    if (posted) this.#posted -= batch.rows + skipped + refused;
  }

  /** `host`: the rows of its latest snapshot; `here`: what has not been handed over. */
  rows(
    host: Rows | null,
    here: { readonly waiting: number; readonly skipped: number; readonly refused: number },
  ): Rows {
    const { measured: done, skipped: left, refused: wrong } = this.#done;
    // A snapshot may be older than the last answer, or newer.
    const told = host === null || !this.#isOpen ? -1 : host.observed - this.#base.observed;
    const settled = Math.max(told, done + left + wrong);
    const known = host !== null && told === settled ? host : sum(this.#base, this.#done);
    const underWay = this.#isOpen ? Math.max(0, this.#posted - settled) : 0;
    const { measured, skipped, refused } = sum(known, this.#forgotten, this.#lost, { measured: 0, ...here });
    const waiting = here.waiting + underWay;
    const late = (host ?? this.#base).late;
    return { observed: measured + skipped + refused + waiting, measured, skipped, refused, waiting, late };
  }
}

function sum(...counts: readonly Counts[]): Counts {
  let { measured, skipped, refused } = NONE;
  for (const one of counts) {
    measured += one.measured;
    skipped += one.skipped;
    refused += one.refused;
  }
  return { measured, skipped, refused };
}
