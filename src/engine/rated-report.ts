// SPDX-License-Identifier: Apache-2.0
/** What judges: loaded beside the measuring, and not at all by threads that only measure. */
import type { Comparison } from '../distances/comparison.js';
import { buildReport } from '../report/build-report.js';
import type { EngineInfo, Report } from '../report/report.js';
import { rateComparison, ratingSteps } from '../verdict/rate-report.js';
import { ratingPartsFor } from '../verdict/rating-parts.js';
import type { Settings } from '../verdict/settings.js';
import { VERSION } from '../version.js';
import { inTurns } from './turns.js';

export interface RatedReportInput {
  readonly comparison: Comparison;
  readonly settings: Settings;
  /** What was noticed while the sides were read. */
  readonly notes: readonly string[];
  /** Called when all is rated: the milliseconds in it end there. */
  readonly engine: () => EngineInfo;
  /** Whether the host is given the thread back between features. */
  readonly inSteps: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Rates a comparison and writes its report. @throws AbortError, with `inSteps` only */
export async function ratedReport(input: RatedReportInput): Promise<Report> {
  const { comparison, settings, notes, engine, inSteps, signal } = input;
  const parts = await ratingPartsFor(comparison);
  const drawing = comparison.frame.features.some(({ kind }) => kind === 'embedding')
    ? await import('../report/embedding-drawing.js')
    : undefined;
  const rated = inSteps
    ? await inTurns(ratingSteps(comparison, settings, parts), signal)
    : rateComparison(comparison, settings, parts);
  return buildReport({
    comparison,
    rated,
    settings,
    version: VERSION,
    notes,
    embeddingDrawing: drawing?.embeddingDrawing,
    engine: engine(),
  });
}
