// SPDX-License-Identifier: Apache-2.0
/**
 * What is exported, by the rules that OpenTelemetry gives for names: one namespace, nouns in a hierarchy, no unit in a name,
 * seconds and bytes, counts in braces, `error.type` for what failed. None of its own metrics covers drift.
 */
import type { InstrumentOptions } from './meter.js';

export const DURATION = 'driftglass.model.call.duration';

/** Seconds; from a tenth of a millisecond, since models in a page are small. */
export const DURATION_OPTIONS: InstrumentOptions = {
  unit: 's',
  description: 'Duration of calls of the model',
  advice: {
    explicitBucketBoundaries: [
      0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ],
  },
};

export const GAUGES = {
  distance: {
    name: 'driftglass.feature.distance',
    unit: '1',
    description: 'Distance of a feature in the latest window from the reference',
  },
  threshold: {
    name: 'driftglass.feature.threshold',
    unit: '1',
    description: 'What the distance of a feature is held against',
  },
  featureRating: {
    name: 'driftglass.feature.rating',
    unit: '1',
    description:
      'Rating of a feature in the latest window: 0 not rated, 1 stable, 2 unknown, 3 watch, 4 drift',
  },
  rating: {
    name: 'driftglass.rating',
    unit: '1',
    description: 'Rating of the latest window: 0 not rated, 1 stable, 2 unknown, 3 watch, 4 drift',
  },
  alerts: { name: 'driftglass.alerts.open', unit: '{alert}', description: 'Alerts that are open' },
  outcome: {
    name: 'driftglass.outcome.value',
    unit: '1',
    description: 'Realized performance since the first label',
  },
  metric: {
    name: 'driftglass.metric.mean',
    unit: '1',
    description: "Mean of a metric of the app's own in the latest window",
  },
  heap: { name: 'driftglass.memory.heap', unit: 'By', description: 'JavaScript heap of the page in use' },
  tensors: { name: 'driftglass.memory.tensors', unit: 'By', description: 'Memory of live tensors' },
} as const;

export const COUNTERS = {
  rows: { name: 'driftglass.rows', unit: '{row}', description: 'Rows by what became of them' },
  labels: {
    name: 'driftglass.labels',
    unit: '{label}',
    description: 'Labels and predictions by what became of them',
  },
  calls: { name: 'driftglass.model.calls', unit: '{call}', description: 'Calls of the model' },
  failures: {
    name: 'driftglass.model.call.failures',
    unit: '{call}',
    description: 'Calls of the model that failed, or whose output held a NaN or an infinity',
  },
  longTasks: { name: 'driftglass.page.long_tasks', unit: '{task}', description: 'Long tasks of the page' },
} as const;
