// SPDX-License-Identifier: Apache-2.0
/** What is drawn of an embedding when a person opens it: the report's facts, and places of rows where rows were kept. */
import type { FeatureComparison } from '../distances/comparison.js';
import type { ScoredRow } from '../distances/embedding/typical.js';
import { DriftglassError } from '../errors.js';
import { embeddingProjections } from '../report/embedding-projections.js';
import { embeddingShift } from '../report/embedding-shift.js';
import type { EmbeddingRow, EmbeddingView } from '../report/embedding-view.js';
import { embeddingMap } from './embedding-map.js';
import type { MapAxes } from './protocol.js';
import type { Rows } from './rows.js';
import { vectorTools } from './vector-work.js';

export async function embeddingPicture(
  measured: FeatureComparison | undefined,
  rows: { readonly reference: Rows | null; readonly current: Rows | null },
  { name, axes = 'discriminating' }: { readonly name: string; readonly axes?: MapAxes | undefined },
): Promise<EmbeddingView> {
  const { feature, reference, current } = measured ?? {};
  if (
    measured === undefined ||
    feature?.frame.kind !== 'embedding' ||
    reference?.kind !== 'embedding' ||
    current?.kind !== 'embedding'
  ) {
    throw new DriftglassError('SettingsError', `"${name}" is no embedding of the last comparison`);
  }
  const { frame } = feature;
  const { linear } = await vectorTools();
  const map =
    rows.current === null
      ? null
      : embeddingMap({
          name,
          frame,
          parts: { reference, current },
          rows: { reference: rows.reference, current: rows.current },
          axes,
          linear,
        });
  const { newest = [], witness } = measured.embedding?.typical ?? {};
  return {
    map,
    projections: embeddingProjections(frame, reference, current),
    shift: embeddingShift(measured),
    // Too few rows for a classifier: those that the witness function finds newest.
    typical: scored(newest.length > 0 ? newest : (witness?.current.newer ?? []), 1),
    missed: scored(witness?.reference.older ?? [], -1),
  };
}

/** The higher the score, the more a row stands for the change; those that do not are left out. */
function scored(rows: readonly ScoredRow[], sign: 1 | -1): EmbeddingRow[] {
  return rows
    .map(({ index, value }) => ({ row: index, score: sign * value }))
    .filter(({ score }) => score > 0);
}
