// SPDX-License-Identifier: Apache-2.0
import { encodeOutcomes } from '../../performance/outcome-codec.js';
import type { OutcomePlan } from '../../performance/outcome-plan.js';
import type { Outcomes } from '../../performance/outcomes.js';
import type { StoredState } from '../../store/store.js';
import type { Groups } from './groups.js';
import type { LabelOutcomes } from './label-outcomes.js';
import { type PredictionRing, SEGMENT, type Segment } from './prediction-ring.js';

export const VERSION = 1;
/** Keys of pieces are used in turn, so that there is an end to them. */
export const PIECES = 4_096;

export const PREDICTED = [
  'upper',
  'lower',
  'times',
  'predicted',
  'scores',
  'slices',
] as const satisfies (keyof Segment)[];
export const LABELLED = ['labels', 'states'] as const satisfies (keyof Segment)[];

interface Counts {
  readonly joined: number;
  readonly waiting: number;
  readonly expired: number;
  readonly repeated: number;
  readonly replaced: number;
  readonly late: number;
  readonly unusable: number;
}

export interface Header {
  readonly version: typeof VERSION;
  /** Codes of classes mean something only under the plan that they were given by. */
  readonly plan: string;
  readonly kind: 'classes' | 'numbers' | null;
  readonly head: number;
  readonly tail: number;
  readonly counts: Counts;
  readonly unknown: number;
  readonly buckets: readonly number[];
  readonly total: Uint8Array;
  readonly first: Uint8Array;
  /** As it was given: its counts need not be whole. */
  readonly reference: Outcomes | null;
}

export interface LabelParts {
  readonly ring: PredictionRing;
  readonly groups: Groups;
  readonly outcomes: LabelOutcomes;
  readonly counts: Counts;
  readonly unknown: number;
}

interface Pending {
  readonly predicted: ReadonlySet<number>;
  readonly labelled: ReadonlySet<number>;
  readonly gone: ReadonlySet<number>;
  readonly buckets: ReadonlySet<number>;
  readonly slices: boolean;
}

const NONE: Pending = {
  predicted: new Set(),
  labelled: new Set(),
  gone: new Set(),
  buckets: new Set(),
  slices: false,
};

/**
 * Which states of a label book have changed. A prediction rewrites the piece that it stands in (50 kB) once a save, a label
 * only the labels of that piece (9 kB).
 */
export class LabelStates {
  #predicted = new Set<number>();
  #labelled = new Set<number>();
  /** The piece that predictions were last added to, where it is among those that changed. */
  #newest = -1;
  #gone = new Set<number>();
  #retryBuckets: ReadonlySet<number> = new Set();
  #retrySlices = false;
  #isTouched = false;
  #last: Pending = NONE;

  predicted(place: number): void {
    const index = Math.floor(place / SEGMENT);
    if (index === this.#newest) return;
    this.#newest = index;
    this.#predicted.add(index);
    this.#isTouched = true;
  }

  joined(place: number): void {
    this.#labelled.add(Math.floor(place / SEGMENT));
    this.#isTouched = true;
  }

  /** A piece has left, −1 for none. */
  dropped(index: number): void {
    this.#isTouched = true;
    if (index < 0) return;
    this.#predicted.delete(index);
    this.#labelled.delete(index);
    if (index === this.#newest) this.#newest = -1;
    this.#gone.add(index);
  }

  /** Something but predictions and their labels has changed. */
  touched(): void {
    this.#isTouched = true;
  }

  /** What a book that cannot be read any more has left behind goes with the next save. */
  forget({ head, tail, buckets }: Header): void {
    for (const index of piecesOf(head, tail)) this.#gone.add(index);
    this.#retryBuckets = new Set(buckets);
    this.#retrySlices = true;
    this.#isTouched = true;
  }

  changes(parts: LabelParts): readonly StoredState[] {
    const { blocks, slices } = parts.outcomes;
    if (!this.#isTouched && !slices.changed) return [];
    const states = new Map<string, unknown>();
    for (const index of this.#gone)
      for (const key of [predictedKey(index), labelledKey(index)]) states.set(key, null);
    for (const index of this.#predicted) {
      const from = Math.max(parts.ring.head, index * SEGMENT);
      const groups = parts.groups.between(from, (index + 1) * SEGMENT).map((group) => ({ ...group }));
      states.set(predictedKey(index), { index, groups, ...copyOf(parts.ring, index, PREDICTED) });
    }
    // states tell who waits: they belong to a prediction as well
    for (const index of new Set([...this.#labelled, ...this.#predicted]))
      states.set(labelledKey(index), { index, ...copyOf(parts.ring, index, LABELLED) });
    const buckets = blocks.changes(this.#retryBuckets);
    for (const { key, value } of buckets.states) states.set(key, value);
    const isSliced = slices.changed || this.#retrySlices;
    if (isSliced) states.set('labels/slices', slices.save());
    states.set('labels', headerOf(parts));
    this.#last = {
      predicted: this.#predicted,
      labelled: this.#labelled,
      gone: this.#gone,
      buckets: buckets.buckets,
      slices: isSliced,
    };
    this.#predicted = new Set();
    this.#newest = -1;
    this.#labelled = new Set();
    this.#gone = new Set();
    this.#retryBuckets = new Set();
    this.#retrySlices = false;
    this.#isTouched = false;
    slices.changed = false;
    return [...states].map(([key, value]) => ({ key, value }));
  }

  failed(): void {
    const { predicted, labelled, gone, buckets, slices } = this.#last;
    this.#last = NONE;
    const since = new Set(this.#gone);
    for (const index of gone) this.#gone.add(index);
    for (const index of predicted) if (!since.has(index)) this.#predicted.add(index);
    for (const index of labelled) if (!since.has(index)) this.#labelled.add(index);
    this.#retryBuckets = new Set([...this.#retryBuckets, ...buckets]);
    this.#retrySlices ||= slices;
    this.#isTouched = true;
  }
}

function headerOf({ ring, outcomes, counts, unknown }: LabelParts): Header {
  return {
    version: VERSION,
    plan: signature(outcomes.plan),
    kind: outcomes.kind,
    head: ring.head,
    tail: ring.tail,
    counts,
    unknown,
    buckets: outcomes.blocks.buckets,
    total: encodeOutcomes(outcomes.total),
    first: encodeOutcomes(outcomes.first),
    reference: structuredClone(outcomes.given),
  };
}

export function signature(plan: OutcomePlan | null): string {
  return JSON.stringify(plan);
}

export function piecesOf(head: number, tail: number): number[] {
  const first = Math.floor(head / SEGMENT);
  return Array.from({ length: Math.ceil(tail / SEGMENT) - first }, (_, i) => first + i);
}

export function predictedKey(index: number): string {
  return `labels/predicted/${index % PIECES}`;
}

export function labelledKey(index: number): string {
  return `labels/labelled/${index % PIECES}`;
}

function copyOf<K extends keyof Segment>(
  ring: PredictionRing,
  index: number,
  names: readonly K[],
): Pick<Segment, K> {
  const segment = ring.segmentOf(index * SEGMENT);
  return Object.fromEntries(names.map((name) => [name, segment[name].slice()])) as Pick<Segment, K>;
}
