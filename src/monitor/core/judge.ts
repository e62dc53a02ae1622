// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../../baseline/frame.js';
import type { Schema } from '../../columns/schema.js';
import { compareParts } from '../../distances/compare-parts.js';
import type { Comparison, FeatureComparison, WindowProfile } from '../../distances/comparison.js';
import type { Profile } from '../../profile/parts.js';
import { rateComparison } from '../../verdict/rate-report.js';
import type { RatingParts } from '../../verdict/rating-parts.js';
import type { Settings } from '../../verdict/settings.js';
import { type NaturalVariation, naturalVariation } from '../../verdict/windows/natural-variation.js';
import type { Judged } from './judged.js';
import type { EmbeddingTools, MonitorTools } from './tools.js';

/** What windows are held against. */
export interface Reference {
  readonly label: string;
  readonly profile: Profile;
  /** Its own calendar windows, by which natural variation is told; empty where there are none. */
  readonly windows: readonly WindowProfile[];
  /** Whether the frame was fitted on rows of it: on that of the baseline, and on rows that a frame was learned from. */
  readonly holdsFitted: boolean;
}

export interface JudgeInput {
  readonly reference: Reference;
  readonly current: { readonly name: string; readonly schema: Schema; readonly profile: Profile };
  readonly settings: Settings;
}

/** Compares windows with references. How much a reference varies by itself is worked out once. */
export class Judge {
  readonly #frame: Frame;
  readonly #embeddings: EmbeddingTools | null;
  readonly #tools: Pick<MonitorTools, 'adviceOn'>;
  readonly #parts: RatingParts;
  readonly #natural = new WeakMap<Profile, Map<string, NaturalVariation>>();

  constructor(frame: Frame, tools: Pick<MonitorTools, 'adviceOn'>, embeddings: EmbeddingTools | null) {
    this.#frame = frame;
    this.#tools = tools;
    this.#embeddings = embeddings;
    this.#parts = {
      ...(embeddings === null ? {} : { embeddingTests: embeddings.embeddingTests }),
      windows: {
        naturalVariation: (comparison, blocks, unit) => {
          const name = comparison.feature.name;
          const owner = blocks[0].profile;
          const known = this.#natural.get(owner) ?? new Map<string, NaturalVariation>();
          this.#natural.set(owner, known);
          const found = known.get(name) ?? naturalVariation(comparison, blocks, unit);
          known.set(name, found);
          return found;
        },
        // The reference's own windows are told of in two-file reports; here they only say how much is natural.
        // biome-ignore lint/correctness/useYield: a generator by its contract
        windowSteps: function* () {
          return { windows: [], series: new Map() };
        },
      },
    };
  }

  async judge({ reference, current, settings }: JudgeInput): Promise<Judged> {
    const frame = this.#frame;
    const features: FeatureComparison[] = [];
    for (const feature of frame.features) {
      const [a, b] = [reference.profile.parts.get(feature.name)!, current.profile.parts.get(feature.name)!];
      const { level, seed } = settings;
      const { holdsFitted } = reference;
      if (a.kind === 'embedding' && b.kind === 'embedding' && this.#embeddings !== null)
        features.push(
          await this.#embeddings.compare({ feature, reference: a, current: b, holdsFitted, level, seed }),
        );
      else features.push(compareParts({ feature, reference: a, current: b, level, seed }));
    }
    const comparison: Comparison = {
      frame,
      reference: { name: reference.label, schema: frame.schema, profile: reference.profile },
      current,
      features,
      windows: reference.windows,
    };
    const adviceOn = await this.#tools.adviceOn();
    return { comparison, rated: rateComparison(comparison, settings, { ...this.#parts, adviceOn }) };
  }
}
