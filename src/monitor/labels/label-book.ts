// SPDX-License-Identifier: Apache-2.0
import type { Batch } from '../../columns/batch.js';
import type { OutcomePlan } from '../../performance/outcome-plan.js';
import type { OutcomeSummary, Outcomes } from '../../performance/outcomes.js';
import type { StoredState } from '../../store/store.js';
import type { Chunk, LabelBatch } from '../host.js';

export interface LabelBookOptions {
  /** `planOutcomes(frame)`; null where nothing is a prediction: labels are then joined for drift only. */
  readonly plan: OutcomePlan | null;
  readonly expireMs: number;
  readonly most: number;
}

/** Rows that were measured together. */
export interface RememberedRows {
  readonly chunk: Chunk;
  /** Which rows of the chunk; all by default. */
  readonly rows?: ArrayLike<number>;
  /**
   * The blocks that these rows were measured in, one for each kind of window (or a shared one); empty for rows that came
   * too late. Whole numbers that are never used again, not even after a restart.
   */
  readonly blocks: readonly number[];
}

/** Labels that found their prediction, for the first time, by the blocks that their predictions were measured in. */
export interface JoinedLabels {
  readonly blocks: readonly number[];
  readonly version: string;
  /** One column, named as the frame's label (or "label"), in the type in which the labels came. */
  readonly batch: Batch;
  /** Event times of the predictions. */
  readonly times: Float64Array;
}

export interface LabelResult {
  readonly joined: readonly JoinedLabels[];
  /** Blocks whose outcomes have changed. */
  readonly changed: ReadonlySet<number>;
}

export interface LabelCounts {
  /** Predictions that met a label; those that wait; those that left without one. */
  readonly joined: number;
  readonly waiting: number;
  readonly expired: number;
  /** Labels for ids that nobody knows, those included that are kept a moment in case their prediction follows. */
  readonly unknown: number;
  /** Labels for predictions that had one: the last counts. */
  readonly repeated: number;
  /** Labels whose window had been let go: they count in the total only. */
  readonly late: number;
  /** Pairs without a prediction or label that can be used. */
  readonly unusable: number;
}

export interface SliceSummary {
  readonly key: string;
  readonly value: string;
  readonly summary: OutcomeSummary;
}

/** Joins labels to the predictions that wait for them. Clocks are passed in: `now` is ms of the host. */
export class LabelBook {
  constructor(_options: LabelBookOptions) {}

  /** Reads what `changes` gave, by its keys. Anything that is not understood is left out, and counted as expired. */
  static async restore(
    options: LabelBookOptions,
    _read: (key: string) => Promise<unknown>,
  ): Promise<LabelBook> {
    return new LabelBook(options);
  }

  /** Keeps what a label needs of these rows; rows without an id are passed over. Labels that came earlier are joined. */
  remember(_rows: RememberedRows, _now: number): LabelResult {
    return { joined: [], changed: new Set() };
  }

  label(_labels: LabelBatch, _now: number): LabelResult {
    return { joined: [], changed: new Set() };
  }

  /** Lets go of what has waited too long. `remember` and `label` do so too. */
  expire(_now: number): void {}

  /** Outcomes of these blocks together; null where no label has come for any. */
  outcomesOf(_blocks: Iterable<number>): Outcomes | null {
    return null;
  }

  /** The same as shown; undefined without labels. */
  summaryOf(_blocks: Iterable<number>): OutcomeSummary | undefined {
    return undefined;
  }

  /** Lets go of the outcomes of these blocks; labels that come for them later are counted as late. */
  forget(_blocks: Iterable<number>): void {}

  /** Everything since the monitor's first label; null before. */
  get total(): Outcomes | null {
    return null;
  }

  totalSummary(): OutcomeSummary | null {
    return null;
  }

  /** By slice key and value, of the latest model version; the worst first. */
  slices(): readonly SliceSummary[] {
    return [];
  }

  /**
   * What windows are held against. Until it is set, the first labelled predictions serve, as soon as there are enough
   * of them; null returns to those.
   */
  setReference(_outcomes: Outcomes | null): void {}

  counts(): LabelCounts {
    return { joined: 0, waiting: 0, expired: 0, unknown: 0, repeated: 0, late: 0, unusable: 0 };
  }

  /** States to store, only those that changed since the last call; keys begin with "labels". Copies: nothing is shared. */
  changes(): readonly StoredState[] {
    return [];
  }
}
