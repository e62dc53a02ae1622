// SPDX-License-Identifier: Apache-2.0
/**
 * driftglass compares two data sets, or a data set with a saved baseline, in a worker of its own.
 *
 *     import { createAnalysis } from 'driftglass';
 *
 *     const analysis = createAnalysis();
 *     await analysis.open('reference', [trainingFile]);
 *     await analysis.open('current', [lastWeekFile]);
 *     const report = await analysis.compare();
 *     console.log(report.summary.rating, report.summary.drift);
 *     analysis.dispose();
 */
export type { Field, Kind, Role, Schema } from './columns/schema.js';
export type { Distance, DistanceName, Distances, ShareDifference } from './distances/distance.js';
export { type AnalysisOptions, createAnalysis } from './engine/client.js';
export type {
  Analysis,
  CompareOptions,
  ExportKind,
  FileSpec,
  OpenOptions,
  Progress,
  Side,
  SideInfo,
  Split,
} from './engine/protocol.js';
export { DriftglassError, type ErrorName, isDriftglassError } from './errors.js';
export type {
  CdfData,
  EngineInfo,
  FeatureReport,
  HistogramData,
  Report,
  SideStatistics,
  WindowReport,
} from './report/report.js';
export {
  type ColumnSettings,
  DEFAULT_SETTINGS,
  DEFAULT_TOLERANCES,
  type Settings,
  type ToleranceName,
  type Tolerances,
} from './verdict/settings.js';
export type { Check, Metric, Rating, Test, Verdict } from './verdict/verdict.js';
export { VERSION } from './version.js';
