// SPDX-License-Identifier: Apache-2.0
import type { FeatureComparison } from '../distances/comparison.js';
import { embeddingProjections } from './embedding-projections.js';
import { embeddingShift } from './embedding-shift.js';
import type { FeatureReport } from './report.js';

/** What is drawn of an embedding from profiles alone; nothing of other features. */
export function embeddingDrawing(measured: FeatureComparison): Pick<FeatureReport, 'embedding'> {
  const {
    feature: { frame },
    reference,
    current,
  } = measured;
  if (frame.kind !== 'embedding' || reference.kind !== 'embedding' || current.kind !== 'embedding') return {};
  return {
    embedding: {
      projections: embeddingProjections(frame, reference, current),
      shift: embeddingShift(measured),
    },
  };
}
