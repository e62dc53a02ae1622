// SPDX-License-Identifier: Apache-2.0
/**
 * Whether one feature's windows are worth an alert. Three things must hold together:
 * real: the newest rows of 3 to 40 windows, put together, lie beyond the tolerance by more than chance makes in one of
 * 10,000 windows, chance being that of windows as they differ by themselves, of the reference, and of all features;
 * lasting: `k` of the latest `of` windows, each by itself, have moved beyond the tolerance in that same direction;
 * now: the newest window is one of them.
 */
import { INDEPENDENT, type RowNoise } from '../../verdict/hypotheses/hypothesis.js';
import { type Direction, deviation, deviationError, type Effect, effectOf } from './effect.js';
import type { FeatureUnits, Finding } from './feature-units.js';
import { mayStay, noiseOf, OF_VALUE } from './known-noise.js';
import type { Question } from './questions.js';
import type { Unit } from './unit-series.js';
import { aimedEffect, aimOf } from './vector-effect.js';

export interface GateOptions {
  readonly k: number;
  readonly of: number;
  /** Chance of a false finding of one question in one window. */
  readonly level: number;
  readonly tolerance: (question: Question) => number;
}

/** Numbers of windows that are put together: from k to eight times `of`, each about 1.4 times the one before. */
function horizons({ k, of }: Pick<GateOptions, 'k' | 'of'>): number[] {
  const found: number[] = [];
  for (let windows = k; windows <= 8 * of; windows = Math.max(windows + 1, Math.round(windows * 1.4)))
    found.push(windows);
  return found;
}

/** Windows are sums of shares of rows: a hair of rounding is none. */
const HAIR = 1e-6;
/**
 * How far back evidence may lie, in units and as a multiple of `of`: the most windows that are put together, in units of half a window.
 * Further than that it is only where many windows hold no row of the feature.
 */
const FURTHEST = 16;

/**
 * What is found in the units up to the newest, with as few windows as it takes; undefined when nothing is worth an alert.
 * While an alert is open no more windows are put together than it needed before.
 */
export function findDrift(known: FeatureUnits, options: GateOptions): Finding | undefined {
  const { feature, index, units, memory } = known;
  const newest = units.at(-1);
  if (newest === undefined || newest.quiet[index] === 1 || newest.sequence < memory.from) return undefined;
  const sum = new Float64Array(feature.at + feature.size);
  const oldest = newest.sequence - FURTHEST * options.of;
  let taken = 0;
  let first = units.length;
  for (const windows of horizons(options)) {
    if (windows > (known.open?.windows ?? Number.POSITIVE_INFINITY)) return undefined;
    while (taken < windows - HAIR) {
      const unit = units[first - 1];
      if (unit === undefined || unit.sequence < Math.max(memory.from, oldest)) return undefined;
      for (let i = feature.at; i < sum.length; i++) sum[i]! += unit.slots[i]!;
      taken += unit.weight;
      first--;
    }
    const found = bestOf(known, options, { sum, first, windows });
    if (found) return found;
  }
  return undefined;
}

/** The feature's main question where it passes, else the one furthest beyond its tolerance. */
function bestOf(
  known: FeatureUnits,
  options: GateOptions,
  { sum, first, windows }: { sum: Float64Array; first: number; windows: number },
): Finding | undefined {
  const { feature, units, reference } = known;
  const sides = { current: sum, reference };
  let best: Finding | undefined;
  let furthest = 0;
  feature.questions.forEach((question, place) => {
    if (best?.question === 0) return;
    const tolerance = options.tolerance(question);
    const { level } = options;
    if (question.kind === 'vector' && isYoung(known, first)) return;
    // most shares have not moved: intervals are for those that have
    if (question.kind === 'share' && !(Math.abs(deviation(question, sides, [1, 0])) > tolerance)) return;
    // what takes long comes last
    const aim =
      question.kind === 'vector'
        ? aimOf(known, question, { first, mayStay: mayStay(known, first) })
        : undefined;
    if (aim === null) return;
    const passes = (noise: RowNoise): Effect | undefined => {
      const effect = aim
        ? aimedEffect(question, { ...aim, reference }, { noise, level })
        : effectOf(question, sides, { noise, level });
      return effect && effect.value - effect.reach > tolerance ? effect : undefined;
    };
    const quick = passes(INDEPENDENT);
    if (quick === undefined || quick.value < leastValue(question, known, first)) return;
    const { direction } = quick;
    const lasting = lastingOf(known, question, { direction, tolerance, first, options });
    if (lasting === undefined) return;
    const noise = noiseOf(known, { place, first, aim: aim?.direction });
    const effect = passes(noise);
    if (effect === undefined || effect.value < leastValue(question, known, first)) return;
    const excess = (effect.value - effect.reach) / tolerance;
    if (excess <= furthest) return;
    furthest = excess;
    best = {
      question: place,
      direction: effect.direction,
      noise,
      before: known.open?.before ?? units[first]?.sequence ?? 0,
      windows,
      value: effect.value,
      threshold: tolerance + effect.reach,
      shares: [sharesIn(question, reference, effect.direction), sharesIn(question, sum, effect.direction)],
      rows: rowsIn(question, sum),
      ...lasting,
    };
  });
  return best;
}

/**
 * In the first windows of a table of few features nobody can tell one visitor who fills them from a change for good. Until
 * so many have come, in which others would have shown, values must lie three quarters of all rows apart, vectors say nothing,
 * and what is missing or new is told at once. Where there are more features, these tell.
 */
const YOUNG = { windows: 40, value: 0.75 } as const;

/** Before windows have shown how rows hang together, rows in a tail or out of range are told where they are many. */
const EARLY = { windows: 10, share: 0.25 } as const;

function leastValue({ kind, metric }: Question, known: FeatureUnits, first: number): number {
  const waits = kind === 'ordered' || kind === 'total' || metric === 'tail';
  if (waits && isYoung(known, first)) return YOUNG.value;
  const isEarly = windowsIn(known.units.slice(0, first)) < EARLY.windows - HAIR;
  return isEarly && OF_VALUE.has(metric) ? EARLY.share : 0;
}

/** `before`: those from this unit on do not count. */
function isYoung({ units, tellsTogether }: FeatureUnits, before: number): boolean {
  return !tellsTogether && windowsIn(units.slice(0, before)) < YOUNG.windows - HAIR;
}

export function windowsIn(units: readonly Unit[]): number {
  return units.reduce((windows, { weight }) => windows + weight, 0);
}

/** How many of the latest windows have moved in this direction by themselves; undefined when they are too few. */
function lastingOf(
  { units, index, reference, memory }: FeatureUnits,
  question: Question,
  options: { direction: Direction; tolerance: number; first: number; options: GateOptions },
): Pick<Finding, 'drifting' | 'of' | 'since'> | undefined {
  const { direction, tolerance, first } = options;
  const { k, of } = options.options;
  const speaks = (unit: Unit): boolean =>
    unit.quiet[index] === 0 && deviation(question, { current: unit.slots, reference }, direction) > tolerance;
  const newest = units.at(-1)!;
  const oldest = newest.sequence - FURTHEST * of;
  if (!speaks(newest)) return undefined;
  let looked = 0;
  let spoke = 0;
  let since = newest.start;
  let all = 0;
  let allSpoke = 0;
  for (let i = units.length - 1; i >= 0; i--) {
    const unit = units[i]!;
    if (unit.sequence < Math.max(memory.from, oldest) || (i < first && looked >= of - HAIR)) break;
    const does = speaks(unit);
    if (looked < of - HAIR) {
      looked += unit.weight;
      if (does) spoke += unit.weight;
    }
    if (i >= first) {
      all += unit.weight;
      if (does) allSpoke += unit.weight;
    }
    if (does) since = Math.min(since, unit.start);
  }
  if (spoke < k - HAIR || (all > of && allSpoke < (k / of) * all - HAIR)) return undefined;
  return { drifting: Math.round(spoke), of: Math.round(looked), since };
}

/** Is an alert clearly no longer so? The newest windows' deviation in its direction, less one standard error, is under .7 of the tolerance. */
export function isClear(
  { feature, units, reference }: Pick<FeatureUnits, 'feature' | 'units' | 'reference'>,
  finding: Pick<Finding, 'question' | 'direction' | 'noise' | 'windows'>,
  tolerance: number,
): boolean {
  const question = feature.questions[finding.question];
  if (question === undefined) return true;
  const sum = new Float64Array(feature.at + feature.size);
  let taken = 0;
  for (let i = units.length - 1; i >= 0 && taken < finding.windows - HAIR; i--) {
    const unit = units[i]!;
    for (let j = feature.at; j < sum.length; j++) sum[j]! += unit.slots[j]!;
    taken += unit.weight;
  }
  const moved = deviation(question, { current: sum, reference }, finding.direction);
  return moved - deviationError(question, sum, finding) <= CLEAR * tolerance;
}

const CLEAR = 0.7;

function rowsIn({ kind, at, size }: Question, slots: ArrayLike<number>): number {
  if (kind === 'share') return slots[at + 1]!;
  if (kind === 'vector') return slots[at]!;
  let rows = 0;
  for (let i = 0; i < size; i++) rows += slots[at + i]!;
  return rows;
}

/** Share of rows in the cells that a direction points at. */
function sharesIn(question: Question, slots: ArrayLike<number>, direction: Direction): number {
  const { at, kind } = question;
  if (kind === 'share') return slots[at]! / slots[at + 1]!;
  if (kind === 'vector') return Number.NaN;
  let inside = 0;
  direction.forEach((weight, i) => {
    if (weight !== 0) inside += slots[at + i]!;
  });
  return inside / rowsIn(question, slots);
}
