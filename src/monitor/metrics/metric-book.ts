// SPDX-License-Identifier: Apache-2.0
import type { MetricBatch } from '../host.js';
import type { MetricSummary } from '../snapshot.js';
import { LEAST_WINDOWS, LevelWatch, type SavedLevel, THRESHOLD } from './level-watch.js';
import { metricSentence } from './metric-sentence.js';
import { addValue, emptyMoments, isMoments, type Moments, mergeMoments } from './moments.js';

export const MOST_NAMES = 64;
const NAME_LENGTH = 128;
/** Moments of one name in one block. */
const MOST_MOMENTS = 16_384;
/** Kinds of windows: 8, and those of settings before. */
const MOST_SPECS = 16;
/** Chance that a window without a change is called a spike, over all metrics together. */
const LEVEL = 0.01;
/** Share of the usual number of values below which a mean is too noisy to be compared. */
const FEW = 0.25;
const MOST_COUNTS = 15;

/** What a window says about a business metric, beside the windows of its kind before. */
export interface MetricEvidence {
  readonly name: string;
  readonly count: number;
  readonly mean: number;
  /** Where the mean of a window is expected, with 95 %: NaN while there are fewer than 8 windows before. */
  readonly low: number;
  readonly high: number;
  /** Mean of the windows before (at most 120), and their number. */
  readonly before: number;
  readonly windows: number;
  /** Chance of a mean as far off as this, without drift; 1 while there is nothing to compare with. */
  readonly pValue: number;
  /** Evidence of a lasting change of level, gathered over windows; `threshold` is what it is held against. */
  readonly cusum: number;
  readonly threshold: number;
  /** A spike (`pValue` below the level over all metrics), or a change of level. */
  readonly drifting: boolean;
  readonly sentence: string;
}

interface SpecState {
  readonly watch: LevelWatch;
  /** Values in the latest windows. */
  counts: number[];
}

interface Saved {
  readonly version: 1;
  readonly names: readonly string[];
  readonly total: readonly Moments[];
  readonly latest: readonly (Moments | null)[];
  readonly blocks: readonly (readonly [
    block: number,
    moments: readonly (readonly [name: number, Moments])[],
  ])[];
  readonly specs: readonly (readonly [
    spec: string,
    end: number,
    states: readonly (readonly [name: number, SavedLevel, readonly number[]])[],
  ])[];
}

const NONE: Readonly<Record<string, number>> = {};

/** Business metrics: additive moments by block, and their drift over windows. */
export class MetricBook {
  readonly #names: string[] = [];
  readonly #codes = new Map<string, number>();
  #total: Moments[] = [];
  /** Of the latest window that was judged. */
  #latest: (Moments | null)[] = [];
  readonly #blocks = new Map<number, Map<number, Moments>>();
  #kept = 0;
  /** Where the latest window ended that was added to those before, and what is known of each name; by spec. */
  readonly #specs = new Map<string, { end: number; readonly states: Map<number, SpecState> }>();
  #changed = false;

  /** `saved`: what `save` gave, left alone where it is not understood. */
  constructor(saved?: unknown) {
    if (isSaved(saved)) this.#restore(saved);
  }

  /**
   * Adds values to the blocks of their times (`blocksOf`: one for each kind of window, as in LabelBook). Values that are not
   * finite are left out. Returns names that were refused because there are MOST_NAMES.
   */
  add(
    { names, values, times }: MetricBatch,
    blocksOf: (time: number) => readonly number[],
  ): readonly string[] {
    const refused = new Set<string>();
    for (let i = 0; i < names.length; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value)) continue;
      const code = this.#codeOf(names[i]!);
      if (code < 0) {
        refused.add(names[i]!);
        continue;
      }
      addValue(this.#total[code]!, value);
      for (const block of blocksOf(times[i]!)) addValue(this.#momentsOf(block, code), value);
      this.#changed = true;
    }
    return [...refused];
  }

  /** Mean of each metric over these blocks; names without a value there are left out. */
  means(blocks: Iterable<number>): Readonly<Record<string, number>> {
    const means: [string, number][] = [];
    for (const [code, { sum, count }] of this.#sum(blocks)) means.push([this.#names[code]!, sum / count]);
    return means.length === 0 ? NONE : Object.fromEntries(means);
  }

  /**
   * Judges a closed window against those of its kind before, and adds it to them. A window that overlaps the one added last
   * is judged, not added. Call once for each window, in order. Metrics without a value in it are left out.
   */
  judge(
    { spec, start, end }: { readonly spec: string; readonly start: number; readonly end: number },
    blocks: Iterable<number>,
  ): readonly MetricEvidence[] {
    const sums = this.#sum(blocks);
    if (sums.size === 0) return [];
    const known = this.#specOf(spec);
    const adds = start >= known.end;
    if (adds) known.end = end;
    this.#latest = this.#names.map((_, code) => sums.get(code) ?? null);
    this.#changed = true;
    return [...sums].map(([code, moments]) => this.#evidence(code, moments, { known, adds }));
  }

  /** Lets go of blocks whose windows have been judged. */
  forget(blocks: Iterable<number>): void {
    for (const block of blocks) {
      this.#kept -= this.#blocks.get(block)?.size ?? 0;
      if (this.#blocks.delete(block)) this.#changed = true;
    }
  }

  /** Of the latest window that was judged; of all values where there was none. */
  summaries(): readonly MetricSummary[] {
    const isJudged = this.#latest.some((moments) => moments !== null);
    return this.#names.flatMap((name, code) => {
      const moments = isJudged ? this.#latest[code] : this.#total[code];
      if (moments === null || moments === undefined) return [];
      const { count, sum, min, max } = moments;
      return [{ name, count, mean: sum / count, min, max }];
    });
  }

  /** Whether anything has changed since `save` was last called. */
  get changed(): boolean {
    return this.#changed;
  }

  /** Structured-cloneable; nothing is shared. */
  save(): unknown {
    this.#changed = false;
    const saved: Saved = {
      version: 1,
      names: this.#names,
      total: this.#total,
      latest: this.#latest,
      blocks: [...this.#blocks].map(([block, moments]) => [block, [...moments]]),
      specs: [...this.#specs].map(([spec, { end, states }]) => [
        spec,
        end,
        [...states].map(([code, { watch, counts }]) => [code, watch.save(), counts]),
      ]),
    };
    return structuredClone(saved);
  }

  #evidence(
    code: number,
    moments: Moments,
    { known, adds }: { known: { readonly states: Map<number, SpecState> }; adds: boolean },
  ): MetricEvidence {
    const state = known.states.get(code) ?? { watch: new LevelWatch(), counts: [] };
    known.states.set(code, state);
    const { count, sum } = moments;
    const isThin = count < FEW * median(state.counts);
    if (adds) state.counts = [...state.counts, count].slice(-MOST_COUNTS);
    const mean = sum / count;
    // One more for e times as many metrics: what a CUSUM reaches by chance grows so.
    const threshold = THRESHOLD + Math.log(this.#names.length);
    const reading = state.watch.read(mean, { adds: adds && !isThin, threshold });
    const pValue = isThin ? 1 : reading.pValue;
    const isMoved = reading.cusum > threshold;
    const isSpike = pValue * this.#names.length <= LEVEL;
    const evidence = {
      ...reading,
      name: this.#names[code]!,
      count,
      mean,
      pValue,
      threshold,
      drifting: reading.windows >= LEAST_WINDOWS && (isMoved || isSpike),
    };
    return { ...evidence, sentence: metricSentence(evidence, { isThin, isMoved }) };
  }

  #codeOf(name: string): number {
    const short = name.slice(0, NAME_LENGTH);
    const known = this.#codes.get(short);
    if (known !== undefined) return known;
    if (this.#names.length >= MOST_NAMES) return -1;
    const code = this.#names.push(short) - 1;
    this.#codes.set(short, code);
    this.#total.push(emptyMoments());
    return code;
  }

  #momentsOf(block: number, code: number): Moments {
    const moments = this.#blocks.get(block) ?? new Map<number, Moments>();
    this.#blocks.set(block, moments);
    const known = moments.get(code);
    if (known !== undefined) return known;
    const fresh = emptyMoments();
    moments.set(code, fresh);
    this.#kept++;
    for (const [oldest] of this.#blocks) {
      if (this.#kept <= MOST_MOMENTS || oldest === block) break;
      this.forget([oldest]);
    }
    return fresh;
  }

  #sum(blocks: Iterable<number>): Map<number, Moments> {
    const sums = new Map<number, Moments>();
    for (const block of new Set(blocks))
      for (const [code, moments] of this.#blocks.get(block) ?? [])
        sums.set(code, mergeMoments(sums.get(code) ?? emptyMoments(), moments));
    return new Map([...sums].sort(([a], [b]) => a - b));
  }

  #specOf(spec: string): { end: number; readonly states: Map<number, SpecState> } {
    const known = this.#specs.get(spec) ?? { end: Number.NEGATIVE_INFINITY, states: new Map() };
    // the last used last, so that the oldest is let go
    this.#specs.delete(spec);
    this.#specs.set(spec, known);
    for (const [oldest] of this.#specs) {
      if (this.#specs.size <= MOST_SPECS) break;
      this.#specs.delete(oldest);
    }
    return known;
  }

  #restore(saved: Saved): void {
    const { names, total, latest, blocks, specs } = structuredClone(saved);
    for (const name of names) this.#codes.set(name, this.#names.push(name) - 1);
    this.#total = [...total];
    this.#latest = [...latest];
    for (const [block, moments] of blocks) {
      this.#blocks.set(block, new Map(moments));
      this.#kept += moments.length;
    }
    for (const [spec, end, states] of specs) {
      const { states: known } = this.#specOf(spec);
      this.#specOf(spec).end = end;
      for (const [code, level, counts] of states) {
        const watch = new LevelWatch();
        watch.restore(level);
        known.set(code, { watch, counts: [...counts] });
      }
    }
  }
}

function median(counts: readonly number[]): number {
  if (counts.length === 0) return 0;
  return counts.toSorted((a, b) => a - b)[counts.length >> 1]!;
}

function isSaved(value: unknown): value is Saved {
  const { version, names, total, latest, blocks, specs } = (value ?? {}) as Partial<Saved>;
  return (
    version === 1 &&
    Array.isArray(names) &&
    names.length <= MOST_NAMES &&
    names.every((name) => typeof name === 'string') &&
    Array.isArray(total) &&
    total.length === names.length &&
    total.every(isMoments) &&
    Array.isArray(latest) &&
    Array.isArray(blocks) &&
    Array.isArray(specs)
  );
}
