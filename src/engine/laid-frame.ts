// SPDX-License-Identifier: Apache-2.0
import type { Frame } from '../baseline/frame.js';

/** A frame to measure with, and the one that also holds what tests of embeddings need; profiles of the first are rebased to it. */
export interface LaidFrame {
  readonly frame: Frame;
  readonly finish: () => Promise<Frame>;
}
