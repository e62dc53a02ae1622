// SPDX-License-Identifier: Apache-2.0
import {
  addOutcome,
  emptyClasses,
  emptyLike,
  emptyNumbers,
  isUsable,
  outcomeRows,
  type Pair,
} from '../../performance/add-outcome.js';
import { type KnownPerformance, knownOutcomes } from '../../performance/known-outcomes.js';
import type { OutcomePlan } from '../../performance/outcome-plan.js';
import type { OutcomeSummary, Outcomes } from '../../performance/outcomes.js';
import {
  type PerformanceDetails,
  type SliceSummary,
  summarizeClasses,
  summarizeOutcomes,
  summarizeScores,
} from '../../performance/summary.js';
import { BlockOutcomes } from './block-outcomes.js';
import { type LabelValue, PairReader } from './pair-reader.js';
import { SliceOutcomes } from './slice-outcomes.js';

/** Labelled predictions that stand for the reference where nothing better is known. */
const FIRST_ROWS = 1_000;

/** Where a pair belongs. */
export interface PairPlace {
  readonly version: string;
  readonly blocks: readonly number[];
  /** Code of its slices. */
  readonly slice: number;
}

/** Outcomes of joined labels: by block, by slice, in all, and of the first ones. */
export class LabelOutcomes {
  readonly plan: OutcomePlan | null;
  readonly reader: PairReader | null;
  readonly blocks = new BlockOutcomes();
  readonly slices = new SliceOutcomes();
  /** Outcomes of nothing, of the kind that is kept; null until it is known. */
  #like: Outcomes | null = null;
  total: Outcomes | null = null;
  /** The first labelled predictions. */
  first: Outcomes | null = null;
  /** What was set; null for the first ones. */
  given: Outcomes | null = null;
  #known: KnownPerformance | null = null;

  constructor(plan: OutcomePlan | null) {
    this.plan = plan;
    this.reader = plan && new PairReader(plan);
    if (plan && plan.kind !== 'undecided') this.decide(plan.kind);
  }

  /** null until the first labels have told, and for good where nothing is a prediction. */
  get kind(): 'classes' | 'numbers' | null {
    return this.#like?.kind ?? null;
  }

  decide(kind: 'classes' | 'numbers'): void {
    this.#like = kind === 'classes' ? emptyClasses(this.plan?.classes ?? []) : emptyNumbers();
    this.total = emptyLike(this.#like);
    this.first = emptyLike(this.#like);
    if (this.#known !== null) this.know(this.#known);
  }

  /** What the model achieved on its reference: held until labels have told what kind of outcomes that is. */
  know(known: KnownPerformance | null): void {
    const { plan, kind } = this;
    this.#known = known;
    this.given = known && plan && kind && knownOutcomes(known, { ...plan, kind });
  }

  /** Tells the kind from labels, where the reference could not. */
  decideBy(values: readonly LabelValue[]): void {
    if (this.reader !== null && this.#like === null && values.length > 0) this.decide(kindOf(values));
  }

  /** A label as class code or number; NaN where it is none. */
  labelOf(value: LabelValue): number {
    if (this.reader === null || this.#like === null) return Number.NaN;
    return this.reader.labelOf(value, this.#like.kind);
  }

  /** A label under the name of its class, where it came as one of two by another: true for "late". */
  named(value: LabelValue): LabelValue {
    if (typeof value === 'string' || this.plan === null || this.plan.numeric || this.kind !== 'classes')
      return value;
    return this.plan.classes[this.labelOf(value)] || value;
  }

  pairOf(predicted: { readonly value: number; readonly score: number }, label: number): Pair {
    if (this.reader === null || this.#like === null)
      return { predicted: Number.NaN, label, score: Number.NaN };
    return this.reader.pairOf(predicted, label, this.#like.kind);
  }

  /** Adds a pair everywhere, or takes it back. Returns the blocks that are still kept; null where it cannot be used. */
  count(
    pair: Pair,
    { version, blocks, slice }: PairPlace,
    how: 'first label' | 'take back' | 'correct',
  ): readonly number[] | null {
    const like = this.#like;
    if (like === null || !isUsable(pair)) return null;
    const scoreOf = this.reader?.scoreOf ?? 'prediction';
    const sign = how === 'take back' ? -1 : 1;
    addOutcome(this.total!, pair, { scoreOf, sign });
    // corrections leave the first ones alone: a reference stands
    if (how === 'first label' && outcomeRows(this.first!) < FIRST_ROWS)
      addOutcome(this.first!, pair, { scoreOf });
    this.slices.add(slice, pair, { version, like, scoreOf, sign });
    return this.blocks.add(blocks, pair, { like, scoreOf, sign });
  }

  get reference(): Outcomes | null {
    if (this.given !== null) return this.given;
    return this.first !== null && outcomeRows(this.first) >= FIRST_ROWS ? this.first : null;
  }

  /** As shown; null without labels. */
  summaryOf(outcomes: Outcomes | null): OutcomeSummary | null {
    if (outcomes === null || outcomeRows(outcomes) === 0) return null;
    return summarizeOutcomes(outcomes, this.reference);
  }

  /** null without labels. */
  details(): PerformanceDetails | null {
    const { total } = this;
    if (total === null || outcomeRows(total) === 0) return null;
    const isClasses = total.kind === 'classes';
    return {
      classes: isClasses ? summarizeClasses(total) : [],
      scores: isClasses && total.scores !== null ? summarizeScores(total.scores) : null,
      slices: this.sliceSummaries(),
    };
  }

  /** The worst first. */
  sliceSummaries(): readonly SliceSummary[] {
    const summaries: SliceSummary[] = [];
    for (const { key, value, outcomes } of this.slices.entries()) {
      const summary = this.summaryOf(outcomes);
      if (summary !== null) summaries.push({ key, value, summary });
    }
    const sign = this.kind === 'numbers' ? -1 : 1;
    return summaries.sort((a, b) => sign * (a.summary.value - b.summary.value));
  }
}

/** What labels say about a prediction that is a number from 0 to 1: whether it happened, or a number of its own. */
function kindOf(values: readonly LabelValue[]): 'classes' | 'numbers' {
  const isClass = values.every((value) => {
    if (typeof value === 'number') return value === 0 || value === 1;
    return typeof value === 'boolean' || !/^\s*[-+]?[\d.]/.test(value) || /^\s*[01](\.0*)?\s*$/.test(value);
  });
  return isClass ? 'classes' : 'numbers';
}
