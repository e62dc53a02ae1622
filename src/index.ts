// SPDX-License-Identifier: Apache-2.0
/**
 * driftglass watches a model in an app, and compares two data sets, or a data set with a saved baseline; in a worker of
 * its own.
 *
 *     import { createMonitor } from 'driftglass';
 *
 *     const monitor = createMonitor({ baseline: '/model/flights.baseline', onError: console.error });
 *     monitor.observe({ matrix: inputs, names: ['distance', 'hour'] });
 *     monitor.onVerdict((verdict) => console.log(verdict.sentence));
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
export type { AnalysisOptions } from './engine/client.js';
export { createAnalysis } from './engine/create-analysis.js';
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
export type { Alert, AlertOptions, AlertSubject } from './monitor/alert.js';
export { createMonitor } from './monitor/create-monitor.js';
export type { EmbeddingPlan, EmbeddingSums } from './monitor/embedding-sums.js';
export type { ExportPart } from './monitor/export-part.js';
export { followMonitor, type MonitorSource } from './monitor/follow.js';
export type { MonitorHost } from './monitor/host.js';
export type { LineOptions } from './monitor/line.js';
export type {
  ModelCall,
  Monitor,
  MonitorOptions,
  Observed,
  ObservedColumns,
  ObservedMatrix,
  ObserveOptions,
  Unsubscribe,
  Value,
} from './monitor/monitor.js';
export { publishMonitor } from './monitor/publish.js';
export { findMonitor } from './monitor/registry.js';
export type {
  Annotation,
  FeatureSeries,
  MetricSummary,
  MonitorSnapshot,
  MonitorState,
  SystemSnapshot,
  SystemSummary,
  WindowPoint,
  WindowSeries,
} from './monitor/snapshot.js';
export type { Duration, ReferenceSpec, WindowSpec } from './monitor/specs.js';
export type { FeatureVerdict, RowVerdict, WindowFacts, WindowVerdict } from './monitor/window-verdict.js';
export type { OutcomeSummary } from './performance/outcomes.js';
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
