// SPDX-License-Identifier: Apache-2.0
import type { EmbeddingFrame } from '../../baseline/frame.js';
import type { LinearKernels } from '../../kernels/vectors.js';
import type { EmbeddingPart } from '../../profile/parts.js';
import { meanFeatures } from '../feature-shift.js';
import {
  componentMeans,
  difference,
  heldMeans,
  momentParts,
  squaredLength,
  varianceAlong,
  whitenedLength,
  whiteningOf,
} from './statistics.js';
import { type Tested, tested } from './tested.js';

export interface HeldOutInput {
  readonly frame: EmbeddingFrame;
  readonly reference: EmbeddingPart;
  readonly current: EmbeddingPart;
  readonly linear: LinearKernels;
  /** The reference holds the rows that the frame was fitted on. */
  readonly holdsFitted: boolean;
  /** Share of draws that each end of an effect's interval may miss. */
  readonly share: number;
}

/**
 * All statistics from sums alone, against nulls that were taken from rows held out at fitting. Without nulls, none; without
 * whitening or components, the plain statistic alone.
 *
 * The whitened statistic uses all reference rows: a mean hardly depends on the covariance of the same rows (not at all if
 * they are normal), and simulation shows the level held. The components' statistic leaves the fitted rows out.
 *
 * A reference of other rows than the frame's may have another law: half a standard deviation away from what was fitted, the
 * whitened statistic alone rejects seven in ten null pairs at .01, since what hardly varied in the fitted rows may vary here. It
 * is left out there.
 */
export function heldOutTests({
  frame,
  reference,
  current,
  linear,
  holdsFitted,
  share,
}: HeldOutInput): Tested[] {
  const { nulls } = frame;
  if (nulls === null) return [];
  const sizes = { m: reference.measured, n: current.measured };
  const delta = difference(meanFeatures(current), meanFeatures(reference));
  const whitening = whiteningOf(frame, linear);
  const tests = [
    tested({
      name: 'fourierMmd',
      value: squaredLength(delta),
      law: nulls.plain,
      sizes,
      share,
      ...(whitening ? { along: varianceAlong(delta, whitening.covariance) } : {}),
    }),
  ];
  for (const law of holdsFitted ? nulls.whitened : []) {
    const factor = whitening?.factors.find(({ ridge }) => ridge === law.ridge);
    if (factor === undefined) continue;
    const value = whitenedLength(delta, factor.lower);
    tests.push(tested({ name: 'fourierMmdWhitened', ridge: law.ridge, value, law, sizes, share }));
  }
  if (nulls.moments !== null && frame.variances.length > 0) {
    const held = heldMeans(frame, reference, holdsFitted);
    const { means, spreads } = momentParts(componentMeans(current), held);
    tests.push(
      tested({
        name: 'principalMoments',
        value: means + spreads,
        law: nulls.moments,
        sizes: { m: held.rows, n: current.measured },
        share,
      }),
    );
  }
  return tests;
}
