// SPDX-License-Identifier: Apache-2.0
import type { Kernels } from '../../kernels/kernels.js';
import { estimateBytes } from '../../store/estimate-bytes.js';
import type { StoredState } from '../../store/store.js';
import type { Settings } from '../../verdict/settings.js';
import type { Chunk, HostConfig, LabelBatch } from '../host.js';
import { partOfChunk } from './check-chunk.js';
import type { learnedFile } from './learned-file.js';
import { LearnedRows, type Teller } from './learned-rows.js';
import { Learner } from './learner.js';
import { LEARNED } from './references.js';
import { LEARNED_STATE, LEARNING_STATE } from './saved-core.js';
import type { MonitorTools } from './tools.js';

/** Share of the history's limit that rows may take while a frame is learned. */
const GATHERED_SHARE = 0.5;
/** What `{ last }` and `{ healthy }` alone learn their frame from, where there is no baseline. */
const LEARNED_ROWS = 5_000;

/** The time before there is a frame: rows are gathered, and what came with them is kept to be told again. */
export class Learning {
  readonly learner: Learner;
  readonly #rows: LearnedRows;
  readonly #storeBytes: number;

  /** `saved`: rows that an earlier session gathered, as they were stored. */
  constructor({ reference, labels, storeBytes }: HostConfig, saved: unknown = null) {
    const rows = typeof reference === 'object' && 'first' in reference ? reference.first : LEARNED_ROWS;
    this.learner = new Learner(rows, (saved ?? null) as ConstructorParameters<typeof Learner>[1] & object);
    this.#rows = new LearnedRows(labels.most);
    this.#storeBytes = storeBytes;
  }

  get isComplete(): boolean {
    return this.learner.room === 0;
  }

  /** Gathers as many rows as are wanted; gives them, and the rest. */
  take(chunk: Chunk): { readonly taken: Chunk; readonly rest: Chunk } {
    const rows = Math.min(chunk.batch.rows, this.learner.room);
    const taken = partOfChunk(chunk, 0, rows);
    this.#rows.add(taken, this.learner.rows);
    this.learner.add(taken.batch);
    return { taken, rest: partOfChunk(chunk, rows, chunk.batch.rows) };
  }

  label(labels: LabelBatch): void {
    this.#rows.label(labels);
  }

  /** What is to be stored meanwhile, where it leaves room for anything else. */
  states(): StoredState[] {
    const value = this.learner.save();
    const fits = estimateBytes(value) < GATHERED_SHARE * this.#storeBytes;
    return [{ key: LEARNING_STATE, value: fits ? value : null }];
  }

  /** The baseline of the rows that were gathered, and the states that take their place. `problem` is empty where there is none. */
  async finish(options: {
    readonly settings: Settings;
    readonly kernels: Kernels;
    readonly tools: MonitorTools;
  }): Promise<
    Pick<Awaited<ReturnType<typeof learnedFile>>, 'baseline' | 'problem'> & { states: StoredState[] }
  > {
    const learn = await options.tools.learnedFile();
    const all = this.learner.save() ?? { rows: 0, columns: new Map() };
    const { baseline, file, problem } = await learn(all, this.#storeBytes, { ...options, name: LEARNED });
    const states = [
      { key: LEARNED_STATE, value: file },
      { key: LEARNING_STATE, value: null },
    ];
    return { baseline, problem, states };
  }

  /** Tells again what came, to who knows the frame by now. */
  tell(teller: Teller): void {
    const all = this.learner.save();
    if (all !== null) this.#rows.tell(all, teller);
  }
}
