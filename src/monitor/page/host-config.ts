// SPDX-License-Identifier: Apache-2.0
import { milliseconds } from '../durations.js';
import type { HostConfig } from '../host.js';
import type { MonitorOptions } from '../monitor.js';
import type { ReferenceSpec } from '../specs.js';
import { deviceText } from './device.js';
import type { RunningHost } from './running-host.js';

export const STORE_BYTES = 8 * 2 ** 20;
export const MOST_LABELS = 100_000;

const QUEUE_ROWS = 20_000;
/** Bytes that may wait: by default, and where the app says how many rows. */
const QUEUE_BYTES = 4 * 2 ** 20;
const MOST_QUEUE_BYTES = 64 * 2 ** 20;
const MOST_QUEUE_ROWS = 2 ** 20;

export function nameOf({ name }: MonitorOptions): string {
  return String(name ?? 'driftglass');
}

/** Without a baseline the first rows of production are what others are compared with. */
export function referenceOf({ reference, baseline }: MonitorOptions): ReferenceSpec {
  return reference ?? (baseline === undefined ? { first: 5_000 } : 'baseline');
}

/** What a host is told: the app's options with defaults in the gaps. @throws SettingsError where a duration means nothing */
export function hostConfig(
  options: MonitorOptions,
  { place, notes }: RunningHost,
  baseline: ArrayBuffer | null,
): HostConfig {
  const { windows, settings, alerts, store, storeBytes, labels, exporter } = options;
  return {
    name: nameOf(options),
    baseline,
    reference: referenceOf(options),
    windows: windows ?? [{ rows: 1_000 }],
    settings: settings ?? {},
    alerts: alerts ?? {},
    store: store ?? 'indexedDB',
    storeBytes: storeBytes ?? STORE_BYTES,
    labels: {
      expireMs: milliseconds(labels?.expire ?? '7d', 'labels.expire'),
      most: labels?.most ?? MOST_LABELS,
      ...(labels?.reference === undefined ? {} : { reference: labels.reference }),
    },
    place,
    notes,
    device: deviceText(),
    exports: exporter !== undefined,
  };
}

/** What may wait for the host. */
export function queueLimits({ queueRows: rows }: MonitorOptions): {
  readonly rows: number;
  readonly bytes: number;
} {
  return {
    rows: Math.min(MOST_QUEUE_ROWS, Math.max(1, Math.floor(rows ?? QUEUE_ROWS) || QUEUE_ROWS)),
    bytes: rows === undefined ? QUEUE_BYTES : MOST_QUEUE_BYTES,
  };
}
