// SPDX-License-Identifier: Apache-2.0
/** Noise of one question of one feature, from all that is known by now. */
import type { RowNoise } from '../../verdict/hypotheses/hypothesis.js';
import type { Metric } from '../../verdict/verdict.js';
import type { Direction } from './effect.js';
import type { FeatureUnits } from './feature-units.js';
import { blended, observedNoise, vectorNoise, withNeighbours } from './row-noise.js';
import { withOwnRows } from './within-windows.js';

interface NoiseOf {
  /** Of the question in its feature. */
  readonly place: number;
  /** Unit from which on is judged. */
  readonly first: number;
  /** Direction in which a vector is judged. */
  readonly aim: Direction | undefined;
}

/**
 * Features move together by chance too: what is no more than so many times the feature's own noise tells of no visitor. Of few
 * features anything more is heeded.
 */
const CLEARLY = { times: 2.5, df: 4 } as const;

/**
 * Noise of a question before unit `first`. Rare shares (missing, unseen) lean on what the feature's values show: rows of
 * visitors hang together in both.
 */
export function noiseOf(known: FeatureUnits, options: NoiseOf): RowNoise {
  const noise = noiseAlone(known, options);
  const isOfValue = OF_VALUE.has(known.feature.questions[options.place]!.metric);
  return isOfValue ? larger(noise, noiseAlone(known, { ...options, place: 0 })) : noise;
}

/**
 * Shares of rows that are so by their value, where few are: rows of one visitor are in them all at once or not at all, which
 * shows in the values before it has shown in the share.
 */
export const OF_VALUE: ReadonlySet<Metric> = new Set(['tail', 'outOfRange']);

function noiseAlone(known: FeatureUnits, { place, first, aim }: NoiseOf): RowNoise {
  const { feature, units, memory, reference, usual, open } = known;
  const earlier = units
    .slice(0, first)
    .filter(
      ({ sequence }) => sequence >= memory.from && sequence < (open?.before ?? Number.POSITIVE_INFINITY),
    )
    .map(({ slots }) => slots);
  const from = units[first]!;
  const { noise: presumed, correlation } = usual(from);
  const of = (at: number, otherwise: RowNoise): RowNoise => {
    // the windows that told it may have been forgotten since
    if (at === open?.question) return open.noise;
    const question = feature.questions[at]!;
    const observed =
      question.kind === 'vector'
        ? aim && vectorNoise(question, earlier, { reference, aim })
        : observedNoise(question, earlier);
    const own = observed && withNeighbours(observed, correlation);
    return blended(own, larger(memory.presumed[at], otherwise));
  };
  const main = of(0, presumed);
  const alone = place === 0 ? main : of(place, main);
  const judged = units.slice(first).map(({ slots }) => slots);
  const noise = clearlyLarger(known.together(from), alone);
  return withOwnRows(noise, feature.questions[place]!, { windows: judged, reference });
}

function clearlyLarger(together: RowNoise, alone: RowNoise): RowNoise {
  if (!(together.deff > (together.df < CLEARLY.df ? 1 : CLEARLY.times) * alone.deff)) return alone;
  return { deff: together.deff, df: Math.min(alone.df, together.df) };
}

function larger(known: RowNoise | null | undefined, otherwise: RowNoise): RowNoise {
  return known && known.deff > otherwise.deff ? known : otherwise;
}

/** Design effect from which on rows may be of visitors who stay for several windows. */
const STAYING = 12;

export function mayStay(known: FeatureUnits, first: number): boolean {
  return noiseOf(known, { place: 0, first, aim: undefined }).deff > STAYING;
}
