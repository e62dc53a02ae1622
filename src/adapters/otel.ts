// SPDX-License-Identifier: Apache-2.0
/**
 * What a monitor sees, as metrics of OpenTelemetry:
 *
 *     import { metrics } from '@opentelemetry/api';
 *     import { exportMetrics } from 'driftglass/otel';
 *
 *     const stop = exportMetrics(monitor, { meter: metrics.getMeter('driftglass') });
 *
 * Numbers go where the app's own MeterProvider sends them; nothing is sent without one. Distances, ratings, counts and
 * durations leave the page, with the names of features, windows and metrics: no value of a row.
 */
import { messageOf } from '../errors.js';
import type { MonitorSource } from '../monitor/follow.js';
import type { MonitorSnapshot } from '../monitor/snapshot.js';
import { Durations } from './otel/durations.js';
import { COUNTERS, DURATION, DURATION_OPTIONS, GAUGES } from './otel/instruments.js';
import type { BatchResult, Meter } from './otel/meter.js';
import { observationsOf } from './otel/observations.js';

export type { Meter } from './otel/meter.js';

export interface ExportMetricsOptions<O, C> {
  /** Of `metrics.getMeter`, of the app's own `@opentelemetry/api`. */
  readonly meter: Meter<O, C>;
  /** Told of each cause once. */
  readonly onError?: (error: Error) => void;
}

/**
 * Registers instruments with a meter and feeds them from the monitor, until the function that it returns is called. Two
 * monitors may share a meter: series carry their names. Never throws into the app.
 */
export function exportMetrics<O, C>(
  monitor: MonitorSource,
  { meter, onError }: ExportMetricsOptions<O, C>,
): () => void {
  const told = new Set<string>();
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (cause) {
      const message = messageOf(cause);
      if (told.has(message)) return;
      told.add(message);
      try {
        onError?.(new Error(`metrics of "${monitor.name}" cannot be exported: ${message}`, { cause }));
      } catch {
        // an error of the app's own handler is the app's
      }
    }
  };
  let stop = () => {};
  guarded(() => {
    stop = feed(monitor, meter, guarded);
  });
  return () => guarded(stop);
}

function feed<O, C>(
  monitor: MonitorSource,
  meter: Meter<O, C>,
  guarded: (work: () => void) => void,
): () => void {
  const instruments = new Map<string, O | C>();
  for (const [key, { name, ...options }] of Object.entries(GAUGES))
    instruments.set(key, meter.createObservableGauge(name, options));
  for (const [key, { name, ...options }] of Object.entries(COUNTERS))
    instruments.set(key, meter.createObservableCounter(name, options));
  const histogram = meter.createHistogram(DURATION, DURATION_OPTIONS);
  const durations = new Durations();
  let latest: MonitorSnapshot | null = null;
  let isOver = false;

  const take = (snapshot: MonitorSnapshot) =>
    guarded(() => {
      if (isOver) return;
      latest = snapshot;
      const { latency, backend } = snapshot.system;
      const attributes = {
        'driftglass.monitor': snapshot.name.slice(0, 128),
        ...(backend === null ? {} : { 'driftglass.backend': backend }),
      };
      durations.update(latency ?? [], (seconds) => histogram.record(seconds, attributes));
    });
  const observe = (result: BatchResult<O | C>) =>
    guarded(() => {
      if (latest === null) return;
      for (const { instrument, value, attributes } of observationsOf(latest))
        result.observe(instruments.get(instrument)!, value, attributes);
    });

  const observables = [...instruments.values()];
  meter.addBatchObservableCallback(observe, observables);
  const unsubscribe = monitor.onUpdate(take);
  // the state at the start, unless news has overtaken it
  monitor.snapshot().then(
    (snapshot) => {
      if (latest === null) take(snapshot);
    },
    (error: unknown) =>
      guarded(() => {
        throw error;
      }),
  );
  return () => {
    isOver = true;
    unsubscribe();
    meter.removeBatchObservableCallback(observe, observables);
    latest = null;
  };
}
