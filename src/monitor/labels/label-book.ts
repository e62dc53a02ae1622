// SPDX-License-Identifier: Apache-2.0
import type { KnownPerformance } from '../../performance/known-outcomes.js';
import type { OutcomePlan } from '../../performance/outcome-plan.js';
import type { OutcomeSummary, Outcomes } from '../../performance/outcomes.js';
import type { PerformanceDetails, SliceSummary } from '../../performance/summary.js';
import type { StoredState } from '../../store/store.js';
import type { Chunk, LabelBatch } from '../host.js';
import { EarlyLabels } from './early-labels.js';
import { Groups } from './groups.js';
import { hashId } from './id-hash.js';
import { LabelGathering, type LabelResult } from './label-batches.js';
import { LabelOutcomes } from './label-outcomes.js';
import { LabelStates } from './label-states.js';
import type { LabelValue } from './pair-reader.js';
import { JOINED, PredictionRing, REPLACED, SEGMENT, WAITING } from './prediction-ring.js';
import { readLabels } from './read-labels.js';

/** Whatever is asked for. */
const MOST = 2_000_000;

export interface LabelBookOptions {
  /** `planOutcomes(frame)`; null where nothing is a prediction: labels are then joined for drift only. */
  readonly plan: OutcomePlan | null;
  /** Longest time that a prediction waits, ms, and how many may. */
  readonly expireMs: number;
  readonly most: number;
}

/** Rows that were measured together. */
export interface RememberedRows {
  readonly chunk: Chunk;
  /** Which rows of the chunk; all by default. */
  readonly from?: number;
  readonly to?: number;
  /**
   * The blocks that these rows were measured in, one for each kind of window (or a shared one); empty for rows that came
   * too late. Whole numbers that are never used again, not even after a restart.
   */
  readonly blocks: readonly number[];
}

export interface LabelCounts {
  /** Predictions that met a label; those that wait; those that left without one. */
  readonly joined: number;
  readonly waiting: number;
  readonly expired: number;
  /** Labels for ids that nobody knows, those included that are kept a moment in case their prediction follows. */
  readonly unknown: number;
  /** Labels for an id that had one: the last counts. */
  readonly repeated: number;
  /** Predictions that waited when their id was predicted again: the last counts. */
  readonly replaced: number;
  /** Labels whose window had been let go: they count in the total only. */
  readonly late: number;
  /** Pairs without a prediction or label that can be used. */
  readonly unusable: number;
}

const NO_PREDICTION = { value: Number.NaN, score: Number.NaN };
const NOTHING: LabelResult = { joined: [], changed: new Set() };
const NO_COUNTS = { joined: 0, waiting: 0, expired: 0, repeated: 0, replaced: 0, late: 0, unusable: 0 };

/**
 * Joins labels to the predictions that wait for them. Ids are told apart by 64-bit hashes of their text, so 5 and "5" are
 * one. Clocks are passed in: `now` is ms of the host.
 */
export class LabelBook {
  readonly #options: LabelBookOptions;
  readonly #outcomes: LabelOutcomes;
  readonly #ring: PredictionRing;
  readonly #groups: Groups;
  readonly #early = new EarlyLabels();
  readonly #states = new LabelStates();
  readonly #counts = { ...NO_COUNTS };

  constructor(options: LabelBookOptions) {
    const most = Math.min(MOST, Math.max(1, Math.floor(options.most)));
    this.#options = { ...options, most };
    this.#ring = new PredictionRing(2 * most);
    this.#groups = new Groups(options.expireMs);
    this.#outcomes = new LabelOutcomes(options.plan);
  }

  /** Reads what `changes` gave, by its keys. What is not understood, or is of another plan, counts as expired. */
  static async restore(
    options: LabelBookOptions,
    read: (key: string) => Promise<unknown>,
  ): Promise<LabelBook> {
    const book = new LabelBook(options);
    const saved = await readLabels(read, options.plan);
    if (saved === null) return book;
    const { header } = saved;
    Object.assign(book.#counts, header.counts, { waiting: 0 });
    book.#early.unknown = header.unknown;
    if (!saved.isWhole) {
      book.#counts.expired += header.counts.waiting;
      book.#states.forget(header);
      return book;
    }
    book.#counts.waiting = header.counts.waiting;
    const outcomes = book.#outcomes;
    if (header.kind !== null) outcomes.decide(header.kind);
    outcomes.total = saved.total;
    outcomes.first = saved.first;
    outcomes.given = saved.reference;
    if (saved.slices !== null) outcomes.slices.restore(saved.slices);
    book.#ring.load(saved.segments, header.head, header.tail);
    for (const group of saved.groups) book.#groups.add(group);
    await outcomes.blocks.restore(header.buckets, read);
    // fewer may wait than before
    while (book.#counts.waiting > book.#options.most || book.#ring.isFull) book.#dropOldest();
    return book;
  }

  /** Keeps what a label needs of these rows; rows without an id are passed over. Labels that came earlier are joined. */
  remember({ chunk, from = 0, to = chunk.batch.rows, blocks }: RememberedRows, now: number): LabelResult {
    this.expire(now);
    const { ids, batch, times, version, slices } = chunk;
    if (ids === null) return NOTHING;
    const gathering = this.#early.size > 0 ? new LabelGathering() : null;
    const hash = { upper: 0, lower: 0 };
    let isOpen = false;
    for (let row = from; row < to; row++) {
      const id = ids[row];
      if (id === null || id === undefined) continue;
      while (this.#ring.isFull || this.#counts.waiting >= this.#options.most) this.#dropOldest();
      if (!isOpen) {
        this.#outcomes.blocks.open(blocks);
        this.#outcomes.slices.sawVersion(version);
        this.#groups.add({ start: this.#ring.tail, at: now, latest: now, version, blocks });
        isOpen = true;
      }
      const text = String(id);
      hashId(text, hash);
      const predicted = this.#outcomes.reader?.predicted(batch, row) ?? NO_PREDICTION;
      const replaced = this.#ring.push({
        upper: hash.upper,
        lower: hash.lower,
        time: times[row]!,
        predicted: predicted.value,
        score: predicted.score,
        slice: this.#outcomes.slices.codeOf(slices, row),
      });
      const place = this.#ring.tail - 1;
      this.#states.predicted(place);
      this.#counts.waiting++;
      if (replaced >= 0) this.#replace(replaced);
      const label = gathering === null ? undefined : this.#early.take(text);
      if (label !== undefined) this.#join(place, label, gathering!);
    }
    return gathering === null ? NOTHING : gathering.result(this.#labelName);
  }

  label({ ids, values }: LabelBatch, now: number): LabelResult {
    this.expire(now);
    const gathering = new LabelGathering();
    this.#outcomes.decideBy(values);
    const hash = { upper: 0, lower: 0 };
    for (let i = 0; i < Math.min(ids.length, values.length); i++) {
      const text = String(ids[i]);
      hashId(text, hash);
      const place = this.#ring.find(hash.upper, hash.lower);
      if (place >= 0) this.#join(place, values[i]!, gathering);
      else if (this.#early.add(text, values[i]!, now)) this.#counts.repeated++;
    }
    this.#states.touched();
    return gathering.result(this.#labelName);
  }

  /** Lets go of what has waited too long. `remember` and `label` do so too. */
  expire(now: number): void {
    this.#early.expire(now);
    while (this.#ring.head < this.#ring.tail) {
      if (now - this.#groups.of(this.#ring.head).latest <= this.#options.expireMs) return;
      this.#dropOldest();
    }
  }

  /** Outcomes of these blocks together; null where no label has come for any. */
  outcomesOf(blocks: Iterable<number>): Outcomes | null {
    return this.#outcomes.blocks.of(blocks);
  }

  /** The same as shown; undefined without labels. */
  summaryOf(blocks: Iterable<number>): OutcomeSummary | undefined {
    return this.#outcomes.summaryOf(this.#outcomes.blocks.of(blocks)) ?? undefined;
  }

  /** Lets go of the outcomes of these blocks; labels that come for them later are counted as late. */
  forget(blocks: Iterable<number>): void {
    this.#outcomes.blocks.forget(blocks);
    this.#states.touched();
  }

  /** Everything since the monitor's first label; null before. Not to be changed. */
  get total(): Outcomes | null {
    return this.#outcomes.total;
  }

  totalSummary(): OutcomeSummary | null {
    return this.#outcomes.summaryOf(this.#outcomes.total);
  }

  /** By class, of scores, by slice; null without labels. */
  details(): PerformanceDetails | null {
    return this.#outcomes.details();
  }

  /** By slice key and value, of the latest model version that labels came for; the worst first. */
  slices(): readonly SliceSummary[] {
    return this.#outcomes.sliceSummaries();
  }

  /**
   * What windows are held against. Until it is set, the first 1,000 labelled predictions serve, once they are there;
   * null returns to those.
   */
  setReference(known: KnownPerformance | null): void {
    this.#outcomes.know(known);
    this.#states.touched();
  }

  counts(): LabelCounts {
    return { ...this.#counts, unknown: this.#early.unknown + this.#early.size };
  }

  /** States to store, only those that changed since the last call; keys begin with "labels". Copies: nothing is shared. */
  changes(): readonly StoredState[] {
    const unknown = this.#early.unknown + this.#early.size;
    return this.#states.changes({
      ring: this.#ring,
      groups: this.#groups,
      outcomes: this.#outcomes,
      counts: { ...this.#counts },
      unknown,
    });
  }

  /** Call when the states of the last `changes` could not be stored: the next call gives them again. */
  changesFailed(): void {
    this.#states.failed();
  }

  get #labelName(): string {
    return this.#options.plan?.label ?? 'label';
  }

  #replace(place: number): void {
    const segment = this.#ring.segmentOf(place);
    if (segment.states[place % SEGMENT] === WAITING) {
      this.#counts.waiting--;
      this.#counts.replaced++;
    }
    segment.states[place % SEGMENT] = REPLACED;
    this.#states.joined(place);
  }

  #join(place: number, value: LabelValue, gathering: LabelGathering): void {
    const outcomes = this.#outcomes;
    outcomes.decideBy([value]);
    const segment = this.#ring.segmentOf(place);
    const at = place % SEGMENT;
    const group = this.#groups.of(place);
    const belongs = { version: group.version, blocks: group.blocks, slice: segment.slices[at]! };
    const predicted = { value: segment.predicted[at]!, score: segment.scores[at]! };
    const before = segment.labels[at]!;
    const label = outcomes.labelOf(value);
    segment.labels[at] = label;
    this.#states.joined(place);
    const pair = outcomes.pairOf(predicted, label);
    let kept: readonly number[] | null;
    if (segment.states[at] === JOINED) {
      this.#counts.repeated++;
      if (Object.is(label, before)) return;
      const back = outcomes.count(outcomes.pairOf(predicted, before), belongs, 'take back');
      kept = outcomes.count(pair, belongs, 'correct') ?? back;
    } else {
      segment.states[at] = JOINED;
      this.#counts.joined++;
      this.#counts.waiting--;
      gathering.add(group, segment.times[at]!, outcomes.named(value));
      kept = outcomes.count(pair, belongs, 'first label');
      if (kept === null && outcomes.kind !== null) this.#counts.unusable++;
      if (kept?.length === 0 && group.blocks.length > 0) this.#counts.late++;
    }
    for (const block of kept ?? []) gathering.changed.add(block);
  }

  #dropOldest(): void {
    if (this.#ring.stateOf(this.#ring.head) === WAITING) {
      this.#counts.waiting--;
      this.#counts.expired++;
    }
    this.#states.dropped(this.#ring.shift());
    this.#groups.dropBefore(this.#ring.head);
  }
}
