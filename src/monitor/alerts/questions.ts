// SPDX-License-Identifier: Apache-2.0
/**
 * What alerts ask of each feature, as counts: shares of rows below a few cuts, shares of categories, shares of rows that are
 * missing, out of range and the like. A window is then one row of numbers, small enough to remember many windows.
 */
import type { EmbeddingFrame, FeatureFrame, Frame, NumberFrame } from '../../baseline/frame.js';
import type { Part, Profile } from '../../profile/parts.js';
import { tailCounts } from '../../verdict/hypotheses/number-tests.js';
import type { ToleranceName } from '../../verdict/settings.js';
import type { Metric } from '../../verdict/verdict.js';

/**
 * One question of one feature. Slots from `at`: of `ordered` and `total` the counts of `size` cells; of a `share` the rows
 * that have it, and the rows that could; of a `vector` its rows, and the sums of `size` − 1 features.
 */
export interface Question {
  readonly metric: Metric;
  readonly tolerance: ToleranceName;
  readonly kind: 'ordered' | 'total' | 'share' | 'vector';
  /** Only a growth counts. */
  readonly onlyMore: boolean;
  readonly at: number;
  readonly size: number;
  /** What is counted: the part's own values, or a piece of it. */
  readonly of: 'values' | 'length' | 'words' | 'norms' | 'fourier' | 'whitened' | 'moments' | number;
  /** Of ordered cells: cell i ends before this bin. Of a tail: one cut, values before it (low) or from it on (high). */
  readonly bins: readonly number[];
  readonly end?: 'low' | 'high';
}

export interface FeatureQuestions {
  readonly name: string;
  /** Predictions, labels and embeddings move when an input does: they tell nothing about the others. */
  readonly follows: boolean;
  readonly questions: readonly Question[];
  readonly at: number;
  readonly size: number;
}

/** Plain data: it is stored with what was counted by it. */
export interface QuestionPlan {
  readonly frameId: string;
  readonly features: readonly FeatureQuestions[];
  readonly slots: number;
}

/** Cells of one question: 16 of equal mass lose under 1 % of the KS distance of a smooth shift. */
const MOST_CELLS = 16;
/** Components of an embedding that are asked about, the first first. */
const MOST_COMPONENTS = 4;
/** Components whose means and mean squares are asked about together. */
const MOST_MOMENTS = 128;

type Draft = Omit<Question, 'at'>;

/** By reference: kinds of windows that are held against the same one share it. */
const plans = new WeakMap<Profile, QuestionPlan>();

/** Cells of about equal mass, and tails of about 1 %, by the reference at hand. */
export function planQuestions(frame: Frame, reference: Profile): QuestionPlan {
  const known = plans.get(reference);
  if (known?.frameId === frame.id) return known;
  const plan = planned(frame, reference);
  plans.set(reference, plan);
  return plan;
}

function planned(frame: Frame, reference: Profile): QuestionPlan {
  let slots = 0;
  const features = frame.features.flatMap((feature): FeatureQuestions[] => {
    const part = reference.parts.get(feature.name);
    if (part === undefined) return [];
    const at = slots;
    const questions = draftsOf(feature.frame, part).map((draft): Question => {
      // whitened features are the plain ones, seen otherwise
      const same = draft.of === 'whitened';
      const question = { ...draft, at: same ? slots - draft.size : slots };
      if (!same) slots += draft.size;
      return question;
    });
    const follows = feature.role !== 'input' || feature.kind === 'embedding';
    return [{ name: feature.name, follows, questions, at, size: slots - at }];
  });
  return { frameId: frame.id, features, slots };
}

function draftsOf(frame: FeatureFrame, part: Part): Draft[] {
  const absent = [share('missing', 'missing'), share('unparsable', 'unparsable')];
  if (frame.kind === 'number' && part.kind === 'number')
    return [
      ordered('kolmogorovSmirnov', 'values', part.counts),
      ...tailCounts(frame, part, part).map(
        ({ side, cut }): Draft => ({ ...share('tail', 'tail'), end: side, bins: [binAt(frame, cut)] }),
      ),
      { ...share('outOfRange', 'outOfRange'), onlyMore: true },
      share('nan', 'nan'),
      share('infinite', 'nan'),
      ...absent,
    ];
  if ('categories' in frame)
    return [
      {
        ...share('totalVariation', 'totalVariation'),
        kind: 'total',
        size: Math.min(MOST_CELLS, frame.categories.length + 1),
      },
      ...(frame.kind === 'boolean' || frame.overflow
        ? []
        : [{ ...share('unseen', 'unseen'), onlyMore: true }]),
      ...absent,
    ];
  if (part.kind === 'text')
    return [
      ordered('textLength', 'length', part.length.counts),
      ordered('textWords', 'words', part.words.counts),
      share('empty', 'missing'),
      ...absent,
    ];
  if (frame.kind === 'embedding' && part.kind === 'embedding')
    return [
      ...componentsOf(frame, part.drawn),
      ordered('combined', 'norms', part.norms),
      ...vectorsOf(frame),
      ...embedded,
      ...absent,
    ];
  return absent;
}

const embedded = [share('zeroRows', 'zeroRows'), share('nan', 'nan')];

function componentsOf({ drawn }: EmbeddingFrame, counts: readonly ArrayLike<number>[]): Draft[] {
  return drawn.slice(0, MOST_COMPONENTS).map((_, i) => ordered('combined', i, counts[i] ?? []));
}

/** The statistics that the verdict combines, components last: what is whitened comes after what it shares its sums with. */
function vectorsOf({ nulls, frequencies, featureCovariance, variances }: EmbeddingFrame): Draft[] {
  if (nulls === null) return [];
  const vector = (of: Question['of'], features: number): Draft => ({
    ...share('combined', 'combined'),
    kind: 'vector',
    of,
    size: 1 + features,
  });
  return [
    vector('fourier', 2 * frequencies),
    ...(featureCovariance.length > 0 && nulls.whitened.length > 0
      ? [vector('whitened', 2 * frequencies)]
      : []),
    ...(nulls.moments !== null && variances.length > 0
      ? [vector('moments', 2 * Math.min(MOST_MOMENTS, variances.length))]
      : []),
  ];
}

function share(metric: Metric, tolerance: ToleranceName): Draft {
  return { metric, tolerance, kind: 'share', onlyMore: false, size: 2, of: 'values', bins: [] };
}

function ordered(metric: Metric, of: Question['of'], counts: ArrayLike<number>): Draft {
  const bins = evenBins(counts);
  return {
    metric,
    tolerance: 'kolmogorovSmirnov',
    kind: 'ordered',
    onlyMore: false,
    size: bins.length,
    of,
    bins,
  };
}

/** Bin at which each cell ends: cells of equal mass as far as bins allow, all bins when there are few. */
function evenBins(counts: ArrayLike<number>): number[] {
  const total = sumOf(counts);
  const ends: number[] = [];
  let below = 0;
  for (let i = 0; i < counts.length - 1; i++) {
    below += counts[i]!;
    const few = counts.length <= MOST_CELLS;
    if (few || (below >= ((ends.length + 1) * total) / MOST_CELLS && ends.length < MOST_CELLS - 1))
      ends.push(i + 1);
  }
  return [...ends, counts.length];
}

function binAt({ cuts }: NumberFrame, cut: number): number {
  return cuts.indexOf(cut) + 1;
}

export function sumOf(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
