// SPDX-License-Identifier: Apache-2.0
/** What the monitor's core needs of other folders, some of it loaded only where a frame asks for it. */
import type { Frame } from '../../baseline/frame.js';
import type { FrameBuilder } from '../../baseline/frame-builder.js';
import type { FeatureComparison } from '../../distances/comparison.js';
import type { ChosenKernels } from '../../kernels/choose.js';
import type { EmbeddingMeters } from '../../profile/embedding-meters.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import type { embeddingDrawing } from '../../report/embedding-drawing.js';
import type { StoreOptions } from '../../store/open-store.js';
import type { Store } from '../../store/store.js';
import type { RatingParts } from '../../verdict/rating-parts.js';
import type { Settings } from '../../verdict/settings.js';
import type { OutlierScorer } from '../outliers/outlier-scorer.js';
import type { learnedFile } from './learned-file.js';
import type { reportOf } from './report-of.js';

/** Two parts of an embedding feature. */
export interface EmbeddingPair {
  readonly feature: Frame['features'][number];
  readonly reference: EmbeddingPart;
  readonly current: EmbeddingPart;
  /** Whether the frame was fitted on rows of the reference. */
  readonly holdsFitted: boolean;
  readonly level: number;
  readonly seed: number;
}

/** All that a frame with embeddings takes. */
export interface EmbeddingTools {
  readonly meters: EmbeddingMeters;
  readonly embeddingTests: NonNullable<RatingParts['embeddingTests']>;
  readonly embeddingDrawing: typeof embeddingDrawing;
  compare(pair: EmbeddingPair): Promise<FeatureComparison>;
}

export interface MonitorTools {
  kernels(): Promise<ChosenKernels>;
  /** null where the frame holds no embedding. */
  embeddings(frame: Frame): Promise<EmbeddingTools | null>;
  /** The frame of the rows that were added, embeddings fitted. */
  finishedFrame(builder: FrameBuilder, settings: Settings): Promise<Frame>;
  openStore(options: StoreOptions): Promise<Store>;
  /** For windows of one row. */
  outlierScorer(): Promise<typeof OutlierScorer>;
  /** Few ever ask for a whole report. */
  reportOf(): Promise<typeof reportOf>;
  /** For monitors without a baseline. */
  learnedFile(): Promise<typeof learnedFile>;
  /** What to do about what a window finds. */
  adviceOn(): Promise<NonNullable<RatingParts['adviceOn']>>;
}
