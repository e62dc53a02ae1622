// SPDX-License-Identifier: Apache-2.0
import { milliseconds } from '../durations.js';
import type { HostConfig } from '../host.js';
import type { MonitorOptions } from '../monitor.js';
import type { ReferenceSpec } from '../specs.js';
import { deviceText } from './device.js';
import type { RunningHost } from './running-host.js';

export const STORE_BYTES = 8 * 2 ** 20;
export const MOST_LABELS = 100_000;

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
      expireMs: milliseconds(labels?.expire ?? '7d'),
      most: labels?.most ?? MOST_LABELS,
      ...(labels?.reference === undefined ? {} : { reference: labels.reference }),
    },
    place,
    notes,
    device: deviceText(),
    exports: exporter !== undefined,
  };
}
