// SPDX-License-Identifier: Apache-2.0
/**
 * The latest windows of one kind as units of evidence that share no row. Windows that overlap bring only what is new in
 * them; a unit is closed when at least half a window has come together.
 */
import type { Profile } from '../../profile/parts.js';
import type { RowNoise } from '../../verdict/hypotheses/hypothesis.js';
import { countAll } from './counts.js';
import type { WindowEvidence } from './evidence.js';
import { movedTogether, noiseTogether, tellTogether } from './moved-together.js';
import { newRows } from './new-rows.js';
import { type FeatureQuestions, planQuestions, type Question, type QuestionPlan } from './questions.js';
import { type ReferenceSteps, referenceSteps, stepsAmong } from './reference-steps.js';
import { FEWEST_FEATURES, type Usual, usualNoise } from './row-noise.js';
import { UnitRing } from './unit-ring.js';

/** Not changed from when it is closed until it is no longer among the units of its series, whose numbers then take its place. */
export interface Unit {
  /** Counts up from 0 within a series. */
  readonly sequence: number;
  /** ms; of the first and the last window that brought rows. */
  readonly start: number;
  readonly end: number;
  /** In windows: 1 for a window that overlaps with none. */
  readonly weight: number;
  readonly slots: Float32Array;
  /** Per feature of the plan: 1 where the window found it stable, or did not rate it. */
  readonly quiet: Uint8Array;
}

export interface SavedSeries {
  readonly plan: QuestionPlan | null;
  readonly units: readonly Unit[];
  readonly open: Unit | null;
  readonly next: number;
}

/** Windows are remembered for what they show of natural variation; fewer where there are very many features. */
const MOST_UNITS = 96;
const FEWEST_UNITS = 48;
const MOST_NUMBERS = 250_000;
const TOGETHER = 4;
const FEWEST_BEFORE = 8;
/** A hair under a half: shares of rows are rounded. */
const WEIGHT = 0.499;

export class UnitSeries {
  plan: QuestionPlan | null = null;
  /** Oldest first. */
  units: readonly Unit[] = [];
  #ring: UnitRing | null = null;
  #open: Unit | null = null;
  #next = 0;
  readonly #together = new WeakMap<Unit, number>();
  #reference: { readonly profile: Profile; readonly slots: Float64Array } | null = null;
  #steps: { readonly windows: WindowEvidence['referenceWindows']; readonly steps: ReferenceSteps } | null =
    null;

  constructor(saved?: SavedSeries) {
    if (saved === undefined) return;
    const { plan, units, open, next } = saved;
    this.#next = next;
    if (plan === null) return;
    this.plan = plan;
    this.#ring = this.#ringFor(plan);
    this.units = units.map((unit) => this.#held(unit));
    this.#open = open && this.#held(open);
  }

  /** Takes the room that units will need by a plan that may be its own: windows that end seldom take no more when they come. */
  reserve(plan: QuestionPlan): void {
    if (this.plan === null) this.#ring = this.#ringFor(plan);
  }

  /** Adds what is new in a window; true when a unit has closed with it. */
  add(evidence: WindowEvidence): boolean {
    const { frame, reference, current, verdict } = evidence;
    if (this.plan === null || this.plan.frameId !== frame.id) {
      this.restart();
      this.plan = planQuestions(frame, reference);
      this.#ring = this.#ringFor(this.plan);
    }
    const { plan } = this;
    const quiet = quietOf(plan, verdict);
    let closed = false;
    for (const { profile, weight } of newRows(evidence, current)) {
      const slots = countAll(plan, frame, { profile, reference });
      this.#open = this.#joined({ slots, weight, quiet, verdict });
      if (this.#open.weight < WEIGHT) continue;
      this.units = [...this.units, this.#open].slice(-mostUnits(plan));
      this.#open = null;
      this.#next++;
      closed = true;
    }
    return closed;
  }

  /** Slots of the reference; counted again when it is another. */
  referenceSlots({ frame, reference, holdsFitted }: WindowEvidence): Float64Array {
    if (this.plan === null) return new Float64Array(0);
    if (this.#reference?.profile !== reference)
      this.#reference = {
        profile: reference,
        slots: countAll(this.plan, frame, { profile: reference, reference, holdsFitted }),
      };
    return this.#reference.slots;
  }

  /**
   * Noise that is usual among the features, by the units before one, or by all where these are few: told once for every
   * few units.
   */
  usualNoise(): (from: Unit) => Usual {
    const known = new Map<number, Usual>();
    const values = this.#values();
    return (from) => {
      const first = this.#placeOf(from);
      const before = first < FEWEST_BEFORE ? this.units.length : first - (first % TOGETHER);
      let usual = known.get(before);
      if (usual === undefined) {
        usual = usualNoise(
          values,
          this.units.slice(0, before).map(({ slots }) => slots),
        );
        known.set(before, usual);
      }
      return usual;
    };
  }

  /** Noise that explains how all features lie from the reference in the units from one on, after this window. */
  noiseTogether(reference: ArrayLike<number>, evidence: WindowEvidence): (from: Unit) => RowNoise {
    const known = new Map<number, RowNoise>();
    const values = this.#telling();
    let precedents: number[] | undefined;
    return (from) => {
      const first = this.#placeOf(from);
      let noise = known.get(first);
      if (noise === undefined) {
        const judged = this.units.slice(first);
        const windows = judged.reduce((sum, { weight }) => sum + weight, 0);
        const sides = { current: summed(judged, reference.length), reference };
        precedents ??= this.#precedents(values);
        noise = noiseTogether(values, {
          ...sides,
          windows,
          precedents,
          earlier: () => this.#earlierSteps(values, evidence),
        });
        known.set(first, noise);
      }
      return noise;
    };
  }

  /** Enough features to tell one visitor from a change. */
  get tellsTogether(): boolean {
    return tellTogether(this.#telling());
  }

  #placeOf({ sequence }: Unit): number {
    return sequence - (this.units[0]?.sequence ?? 0);
  }

  /** How far features moved together from each unit to the next; told once for each unit. */
  #precedents(values: readonly Question[]): number[] {
    return this.units.slice(1).map((unit, i) => {
      let moved = this.#together.get(unit);
      if (moved === undefined) {
        moved = movedTogether(values, { current: unit.slots, reference: this.units[i]!.slots });
        this.#together.set(unit, moved);
      }
      return moved;
    });
  }

  /** The same of the reference's own windows, as they may be among windows of the size of this one. */
  #earlierSteps(
    values: readonly Question[],
    { frame, reference, referenceWindows = [], current, verdict }: WindowEvidence,
  ) {
    const plan = this.plan!;
    if (this.#steps?.windows !== referenceWindows)
      this.#steps = {
        windows: referenceWindows,
        steps: referenceSteps(referenceWindows, values, { plan, frame, reference }),
      };
    const { start, end } = verdict.window;
    return stepsAmong(this.#steps.steps, { rows: current.rows, length: end - start });
  }

  /** Main questions of features that have values; where these are few, components of embeddings beside them. */
  #values(): Question[] {
    const features = this.plan?.features ?? [];
    const main = mainQuestions(features);
    if (main.length >= FEWEST_FEATURES) return main;
    return features.flatMap(({ questions }) =>
      questions.filter(({ kind }) => kind === 'ordered' || kind === 'total'),
    );
  }

  /** The same of those that move by themselves. */
  #telling(): Question[] {
    return mainQuestions(this.plan?.features.filter(({ follows }) => !follows) ?? []);
  }

  /** Sequence of the next unit: evidence from here on is newer than all that is held. */
  get next(): number {
    return this.#next;
  }

  /** Forgets all windows; the room for others is kept. */
  restart(): void {
    this.plan = null;
    this.units = [];
    this.#open = null;
    this.#reference = null;
    this.#steps = null;
  }

  /** Nothing in it is changed later. */
  save(): SavedSeries {
    const copied = (unit: Unit): Unit => ({ ...unit, slots: unit.slots.slice(), quiet: unit.quiet.slice() });
    const open = this.#open && copied(this.#open);
    return { plan: this.plan, units: this.units.map(copied), open, next: this.#next };
  }

  #ringFor(plan: QuestionPlan): UnitRing {
    // One row more than units: that of the open one.
    const shape = { rows: mostUnits(plan) + 1, slots: plan.slots, features: plan.features.length };
    return this.#ring?.fits(shape) ? this.#ring : new UnitRing(shape);
  }

  /** The open unit with what is added to it. */
  #joined({ slots, weight, quiet, verdict }: Added): Unit {
    const open = this.#open;
    const row = this.#ring!.rowOf(this.#next);
    if (open === null) row.slots.set(slots);
    else for (let i = 0; i < slots.length; i++) row.slots[i]! += Math.fround(slots[i]!);
    row.quiet.set(quiet);
    return {
      sequence: this.#next,
      start: open?.start ?? verdict.window.start,
      end: verdict.window.end,
      weight: (open?.weight ?? 0) + weight,
      ...row,
    };
  }

  /** A unit that was saved, with its numbers in the ring. */
  #held(unit: Unit): Unit {
    const row = this.#ring!.rowOf(unit.sequence);
    row.slots.set(unit.slots);
    row.quiet.set(unit.quiet);
    return { ...unit, ...row };
  }
}

interface Added {
  readonly slots: Float64Array;
  readonly weight: number;
  readonly quiet: Uint8Array;
  readonly verdict: WindowEvidence['verdict'];
}

function mainQuestions(features: readonly FeatureQuestions[]): Question[] {
  return features.flatMap(({ questions }) => questions[0] ?? []).filter(({ kind }) => kind !== 'share');
}

function summed(units: readonly Unit[], size: number): Float64Array {
  const sum = new Float64Array(size);
  for (const { slots } of units) for (let i = 0; i < size; i++) sum[i]! += slots[i]!;
  return sum;
}

function mostUnits({ slots }: QuestionPlan): number {
  return Math.max(FEWEST_UNITS, Math.min(MOST_UNITS, Math.floor(MOST_NUMBERS / Math.max(1, slots))));
}

function quietOf(plan: QuestionPlan, { features }: WindowEvidence['verdict']): Uint8Array {
  const ratings = new Map(features.map(({ name, rating }) => [name, rating]));
  return Uint8Array.from(plan.features, ({ name }) => {
    const rating = ratings.get(name) ?? 'notRated';
    return rating === 'stable' || rating === 'notRated' ? 1 : 0;
  });
}
