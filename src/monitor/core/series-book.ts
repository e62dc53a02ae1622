// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { OutcomeSummary } from '../../performance/outcomes.js';
import type { Settings } from '../../verdict/settings.js';
import { resolveRole } from '../../verdict/tolerance.js';
import type { Rating } from '../../verdict/verdict.js';
import type { FeatureSeries, WindowPoint, WindowSeries } from '../snapshot.js';
import type { WindowFacts, WindowVerdict } from '../window-verdict.js';
import { FeatureRing } from './feature-ring.js';
import type { Judged } from './judged.js';

/** Windows of a kind that are shown. */
export const MOST_POINTS = 240;

/** A judged window in few numbers: what the store keeps beside its profile. Structured-cloneable. */
export interface SeriesPoint {
  readonly window: WindowFacts;
  readonly rating: Rating;
  /** By the features of the frame; NaN where there is none. */
  readonly values: Float64Array;
  readonly ratings: readonly Rating[];
  readonly metrics: Readonly<Record<string, number>>;
  /** Blocks of its rows, by which its outcomes are kept. */
  readonly blocks: readonly number[];
}

/** What is kept of it beside the ring of features. */
type KeptPoint = Omit<SeriesPoint, 'values' | 'ratings'>;

interface Threshold {
  readonly metric: string;
  readonly threshold: number;
  readonly thresholdFrom: string;
}

/** The latest windows of one kind. */
export class SeriesBook {
  readonly spec: string;
  readonly #frame: Frame;
  readonly #points: KeptPoint[] = [];
  readonly #ring: FeatureRing;
  readonly #thresholds = new Map<string, Threshold>();
  latest: WindowVerdict | null = null;

  constructor(spec: string, frame: Frame) {
    this.spec = spec;
    this.#frame = frame;
    this.#ring = new FeatureRing(MOST_POINTS, frame.features.length);
  }

  get points(): readonly KeptPoint[] {
    return this.#points;
  }

  /** The point of a judged window: each feature by its main metric, whichever of its tests told most. */
  pointOf(
    verdict: WindowVerdict,
    judged: Judged | null,
    { metrics, blocks }: Pick<SeriesPoint, 'metrics' | 'blocks'>,
  ): SeriesPoint {
    const { features } = this.#frame;
    const values = new Float64Array(features.length).fill(Number.NaN);
    const ratings = features.map(({ name }, i): Rating => {
      const found = judged?.rated.verdicts.get(name);
      if (found === undefined) return 'notRated';
      const [main] = found.tests;
      if (main !== undefined) values[i] = main.value;
      const metric = main?.metric ?? found.metric;
      // What was not tested has no threshold: that of earlier windows stays.
      if (main === undefined && this.#thresholds.has(name)) return found.rating;
      if (metric === found.metric) {
        const { threshold, thresholdFrom } = found;
        this.#thresholds.set(name, { metric, threshold, thresholdFrom });
      } else if (main !== undefined && this.#thresholds.get(name)?.metric !== metric) {
        const thresholdFrom = `tolerance ${main.tolerance}`;
        this.#thresholds.set(name, { metric, threshold: main.tolerance, thresholdFrom });
      }
      return found.rating;
    });
    return { window: verdict.window, rating: verdict.rating, values, ratings, metrics, blocks };
  }

  /** Adds a point; returns the blocks that are no longer looked at. */
  add(point: SeriesPoint): readonly number[] {
    this.#keep(point);
    if (this.#points.length <= MOST_POINTS) return [];
    const held = new Set(this.#points.slice(1).flatMap(({ blocks }) => blocks));
    return this.#points.shift()!.blocks.filter((id) => !held.has(id));
  }

  series(
    settings: Settings,
    open: WindowSeries['open'],
    outcomesOf: (blocks: readonly number[]) => OutcomeSummary | undefined,
  ): WindowSeries {
    const points = this.#points;
    return {
      spec: this.spec,
      windows: points.map((point): WindowPoint => {
        const outcomes = outcomesOf(point.blocks);
        const { rating, metrics, window } = point;
        return { ...window, rating, metrics, ...(outcomes === undefined ? {} : { outcomes }) };
      }),
      features: this.#frame.features.map((feature, i): FeatureSeries => {
        const threshold = this.#thresholds.get(feature.name);
        return {
          name: feature.name,
          role: resolveRole(settings, feature),
          metric: threshold?.metric ?? '',
          values: this.#ring.valuesOf(i),
          ratings: this.#ring.ratingsOf(i),
          threshold: threshold?.threshold ?? Number.NaN,
          thresholdFrom: threshold?.thresholdFrom ?? '',
        };
      }),
      latest: this.latest,
      open,
    };
  }

  save(): readonly (readonly [string, Threshold])[] {
    return [...this.#thresholds];
  }

  restore(thresholds: readonly (readonly [string, Threshold])[], points: readonly SeriesPoint[]): void {
    for (const [name, threshold] of thresholds) this.#thresholds.set(name, threshold);
    const usable = points.filter(({ values }) => values.length === this.#frame.features.length);
    for (const point of usable.slice(-MOST_POINTS)) this.#keep(point);
  }

  #keep({ values, ratings, ...kept }: SeriesPoint): void {
    this.#ring.push(values, ratings);
    this.#points.push(kept);
  }
}
