// SPDX-License-Identifier: Apache-2.0
import type { FrameBuilder } from '../baseline/frame-builder.js';
import type { Work } from './measured-sides.js';
import { inTurns } from './turns.js';

/** Most of what finishing a frame takes, done ahead in short turns where the thread has frames to draw. */
export async function layFrame(
  builder: FrameBuilder,
  { kernels, inSteps, signal }: Pick<Work, 'kernels' | 'inSteps' | 'signal'>,
): Promise<void> {
  if (!inSteps) return;
  const { sortSteps } = await import('../kernels/steps.js');
  await inTurns(
    builder.lay((values) => sortSteps(values, kernels)),
    signal,
  );
}
