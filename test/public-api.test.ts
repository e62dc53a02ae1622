// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { VERSION } from '../src/version.js';
import { parseFile, root } from './source-files.js';

// A name that comes or goes changes these snapshots: that is a change for the people who use the package.
describe('public names', () => {
  test('of driftglass', () => {
    expect(parseFile('src/index.ts').exports).toMatchInlineSnapshot(`
      {
        "types": [
          "Alert",
          "AlertOptions",
          "AlertSubject",
          "Analysis",
          "AnalysisOptions",
          "Annotation",
          "CdfData",
          "Check",
          "ColumnSettings",
          "CompareOptions",
          "Distance",
          "DistanceName",
          "Distances",
          "Duration",
          "EmbeddingPlan",
          "EmbeddingSums",
          "EngineInfo",
          "ErrorName",
          "ExportKind",
          "ExportPart",
          "FeatureReport",
          "FeatureSeries",
          "FeatureVerdict",
          "Field",
          "FileSpec",
          "HistogramData",
          "Kind",
          "LineOptions",
          "Metric",
          "MetricSummary",
          "ModelCall",
          "Monitor",
          "MonitorHost",
          "MonitorOptions",
          "MonitorSnapshot",
          "MonitorSource",
          "MonitorState",
          "ObserveOptions",
          "Observed",
          "ObservedColumns",
          "ObservedMatrix",
          "OpenOptions",
          "OutcomeSummary",
          "Progress",
          "Rating",
          "ReferenceSpec",
          "Report",
          "Role",
          "RowVerdict",
          "Schema",
          "Settings",
          "ShareDifference",
          "Side",
          "SideInfo",
          "SideStatistics",
          "Split",
          "SystemSnapshot",
          "SystemSummary",
          "Test",
          "ToleranceName",
          "Tolerances",
          "Unsubscribe",
          "Value",
          "Verdict",
          "WindowFacts",
          "WindowPoint",
          "WindowReport",
          "WindowSeries",
          "WindowSpec",
          "WindowVerdict",
        ],
        "values": [
          "DEFAULT_SETTINGS",
          "DEFAULT_TOLERANCES",
          "DriftglassError",
          "VERSION",
          "createAnalysis",
          "createMonitor",
          "findMonitor",
          "followMonitor",
          "isDriftglassError",
          "publishMonitor",
        ],
      }
    `);
  });

  test('of driftglass/elements', () => {
    expect(parseFile('src/components/index.ts').exports).toMatchInlineSnapshot(`
      {
        "types": [],
        "values": [
          "DriftAxesEvent",
          "DriftBadge",
          "DriftCdf",
          "DriftDropzone",
          "DriftEmbedding",
          "DriftFeature",
          "DriftFeatures",
          "DriftFilesEvent",
          "DriftHistogram",
          "DriftOpenEvent",
          "DriftPointEvent",
          "DriftReport",
          "DriftSelectEvent",
          "DriftSortEvent",
          "DriftTimeline",
        ],
      }
    `);
  });

  test('of driftglass/elements/live', () => {
    expect(parseFile('src/components/live.ts').exports.values).toEqual([
      'DriftAlerts',
      'DriftMonitor',
      'DriftOpenEvent',
      'DriftSelectEvent',
      'DriftSystem',
      'DriftTimeline',
      'DriftToggleEvent',
    ]);
  });

  test('of driftglass/react', () => {
    expect(parseFile('src/components/react.ts').exports.values).toEqual([
      'DriftAlerts',
      'DriftBadge',
      'DriftDropzone',
      'DriftEmbedding',
      'DriftMonitor',
      'DriftReport',
      'DriftSystem',
      'DriftTimeline',
    ]);
  });

  test('of the package: what can be imported', () => {
    expect(Object.keys(manifest.exports)).toMatchInlineSnapshot(`
      [
        ".",
        "./worker",
        "./monitor-worker",
        "./in-process",
        "./reductions",
        "./elements",
        "./elements/live",
        "./elements/drift-alerts",
        "./elements/drift-badge",
        "./elements/drift-cdf",
        "./elements/drift-dropzone",
        "./elements/drift-embedding",
        "./elements/drift-feature",
        "./elements/drift-features",
        "./elements/drift-histogram",
        "./elements/drift-monitor",
        "./elements/drift-report",
        "./elements/drift-system",
        "./elements/drift-timeline",
        "./tfjs",
        "./onnx",
        "./transformers",
        "./otel",
        "./functions",
        "./derived",
        "./react",
        "./conventions",
        "./report-schema",
        "./standalone",
        "./standalone-embeddings",
        "./custom-elements.json",
        "./package.json",
      ]
    `);
  });

  test('are there when Node imports the built package by its name', () => {
    for (const [name, file] of [
      ['driftglass', 'src/index.ts'],
      ['driftglass/elements', 'src/components/index.ts'],
      ['driftglass/elements/live', 'src/components/live.ts'],
      ['driftglass/react', 'src/components/react.ts'],
    ] as const) {
      const script = `console.log(JSON.stringify(Object.keys(await import('${name}')).sort()))`;
      const names = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
        cwd: root,
        encoding: 'utf8',
      });
      expect(JSON.parse(names)).toEqual(parseFile(file).exports.values);
    }
  });

  test('VERSION is the version of package.json', () => {
    expect(VERSION).toBe(manifest.version);
  });
});
