// SPDX-License-Identifier: Apache-2.0
import type { Chunk } from '../host.js';
import type { OutlierScorer } from '../outliers/outlier-scorer.js';
import type { RowVerdict } from '../window-verdict.js';
import type { Session } from './session.js';

const KEPT = 50;
/** Rows told of in a second of the host's clock: a shift makes every row an outlier, and windows tell of those. */
const MOST_A_SECOND = 20;

/** Windows of one row: each is scored against the reference, and those far out are told, a bounded number. */
export class OutlierWatch {
  readonly #Scorer: typeof OutlierScorer;
  #scorer: OutlierScorer | null = null;
  #latest: readonly RowVerdict[] = [];
  #second = 0;
  #told = 0;

  constructor(Scorer: typeof OutlierScorer) {
    this.#Scorer = Scorer;
  }

  /** Rows of a chunk that stand out, as far as they may be told. */
  look(chunk: Chunk, session: Session, now: number): readonly RowVerdict[] {
    this.#scorer ??= this.#scorerOf(session);
    if (this.#scorer === null) return [];
    const second = Math.floor(now / 1_000);
    if (second !== this.#second) this.#told = 0;
    this.#second = second;
    const room = MOST_A_SECOND - this.#told;
    if (room <= 0) return [];
    const rows = this.#scorer.outliers(chunk, room);
    this.#told += rows.length;
    this.#latest = [...rows].reverse().concat(this.#latest).slice(0, KEPT);
    return rows;
  }

  /** Newest first. */
  list(): readonly RowVerdict[] {
    return this.#latest;
  }

  restore(rows: readonly RowVerdict[]): void {
    this.#latest = rows;
  }

  /** The reference is another one. */
  restart(): void {
    this.#scorer = null;
  }

  #scorerOf({ frame, references }: Session): OutlierScorer | null {
    const reference = references.current();
    return reference === null ? null : new this.#Scorer({ frame, reference: reference.profile });
  }
}
