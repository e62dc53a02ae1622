// SPDX-License-Identifier: Apache-2.0
/**
 * From two opened sides (or one and a split) to a comparison. Two ways: when the rows fit the memory budget they are read
 * once, kept, and distances are exact; else the frame comes from a spread sample, every row is read once more into
 * profiles, and distances are certified.
 */

import type { Frame } from '../baseline/frame.js';
import { FrameBuilder, promoteCategories } from '../baseline/frame-builder.js';
import type { Comparison, FeatureComparison, WindowProfile } from '../distances/comparison.js';
import { DriftglassError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import type { Baseline } from '../profile/baseline-file.js';
import {
  emptyWindows,
  mergeWindows,
  rebaseWindows,
  totalOf,
  WindowedProfiler,
  type WindowProfiles,
  windowEnd,
} from '../profile/windowed.js';
import type { Settings } from '../verdict/settings.js';
import { share } from './crew.js';
import type { Helper, SourceSpec } from './helper.js';
import type { OpenedSide } from './open-side.js';
import { ProgressMeter } from './progress.js';
import type { Side, Split } from './protocol.js';
import { Rows } from './rows.js';
import { splitNames } from './split-batch.js';
