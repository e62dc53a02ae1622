// SPDX-License-Identifier: Apache-2.0
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import type { Rating } from '../../verdict/verdict.js';
import type { COUNTERS, GAUGES } from './instruments.js';
import type { Attributes } from './meter.js';

/** Attributes make series, which cost wherever they are kept: so many features and names, of such a length. */
const MOST_FEATURES = 64;
const MOST_NAMES = 64;
const NAME_LENGTH = 128;

const LEVELS: Readonly<Record<Rating, number>> = { notRated: 0, stable: 1, unknown: 2, watch: 3, drift: 4 };

export interface Observation {
  readonly instrument: keyof typeof GAUGES | keyof typeof COUNTERS;
  readonly value: number;
  readonly attributes: Attributes;
}

/** What a snapshot says, in numbers; those that are not there (NaN) are left out. */
export function observationsOf(snapshot: MonitorSnapshot): Observation[] {
  const found: Observation[] = [];
  const monitor = short(snapshot.name);
  const add = (instrument: Observation['instrument'], value: number, attributes: Attributes = {}) => {
    if (Number.isFinite(value))
      found.push({ instrument, value, attributes: { 'driftglass.monitor': monitor, ...attributes } });
  };
  addWindows(snapshot, add);
  const open = snapshot.alerts.filter(({ state }) => state !== 'recovered');
  for (const kind of ['feature', 'check', 'performance', 'metric', 'system'] as const)
    add('alerts', open.filter(({ subject }) => subject.kind === kind).length, {
      'driftglass.alert.subject': kind,
    });
  for (const state of ['observed', 'measured', 'skipped', 'late', 'refused'] as const)
    add('rows', snapshot.rows[state], { 'driftglass.row.state': state });
  for (const state of ['joined', 'expired', 'unknown'] as const)
    add('labels', snapshot.labels[state], { 'driftglass.label.state': state });
  if (snapshot.outcomes !== null)
    add('outcome', snapshot.outcomes.value, {
      'driftglass.outcome.metric':
        snapshot.outcomes.metric === 'accuracy' ? 'accuracy' : 'mean_absolute_error',
    });
  for (const { name, mean } of snapshot.metrics.slice(0, MOST_NAMES))
    add('metric', mean, { 'driftglass.metric.name': short(name) });
  addSystem(snapshot, add);
  return found;
}

type Add = (instrument: Observation['instrument'], value: number, attributes?: Attributes) => void;

function addWindows({ series }: MonitorSnapshot, add: Add): void {
  for (const { spec, windows, features, latest } of series) {
    const window = short(spec);
    const last = windows.at(-1);
    if (last === undefined || latest === null) continue;
    add('rating', LEVELS[last.rating], { 'driftglass.window': window });
    for (const { name, metric, values, ratings, threshold } of features.slice(0, MOST_FEATURES)) {
      const attributes = {
        'driftglass.window': window,
        'driftglass.feature': short(name),
        'driftglass.distance': metric,
      };
      add('distance', values.at(-1) ?? Number.NaN, attributes);
      add('threshold', threshold, attributes);
      const rating = ratings.at(-1);
      if (rating !== undefined) add('featureRating', LEVELS[rating], attributes);
    }
  }
}

function addSystem({ system }: MonitorSnapshot, add: Add): void {
  const { total, memory } = system;
  add('calls', total.calls);
  add('failures', total.errors, { 'error.type': 'exception' });
  add('failures', total.nonFinite, { 'error.type': 'non_finite_output' });
  add('longTasks', total.ownLongTasks, { 'driftglass.task.own': true });
  add('longTasks', total.longTasks - total.ownLongTasks, { 'driftglass.task.own': false });
  add('heap', memory.heap ?? Number.NaN);
  add('tensors', memory.tensorBytes ?? Number.NaN);
}

function short(name: string): string {
  return name.slice(0, NAME_LENGTH);
}
