// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../baseline/frame.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Settings } from '../verdict/settings.js';
import type { Helper, SourceSpec } from './helper.js';
import type { ProgressMeter } from './progress.js';
import type { Split } from './protocol.js';
import type { WindowedProfile } from './windowed-profile.js';

/** One independent part of an opened side; of both when a split takes both from one file. */
export interface Part {
  readonly spec: SourceSpec;
  readonly part: number;
  readonly side: 'reference' | 'current' | 'both';
}

/** What both ways from parts to profiles work with. */
export interface Work {
  readonly split: Split | null;
  readonly settings: Settings;
  /** The lead's own last. */
  readonly helpers: readonly Helper[];
  readonly kernels: Kernels;
  /** The lead's thread has frames to draw: no step of work may be long. */
  readonly inSteps: boolean;
  readonly memoryBudget: number;
  readonly signal: AbortSignal | undefined;
  readonly meter: ProgressMeter;
}

export interface MeasuredSides {
  readonly frame: Frame;
  readonly reference: WindowedProfile;
  readonly current: WindowedProfile;
  readonly notes: readonly string[];
}
