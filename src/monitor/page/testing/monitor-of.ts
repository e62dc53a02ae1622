// SPDX-License-Identifier: Apache-2.0
import { onTestFinished } from 'vitest';
import { createMonitor } from '../../create-monitor.js';
import type { Monitor, MonitorOptions } from '../../monitor.js';
import { RecordingHost } from './recording-host.js';

/** A monitor that is disposed of when the test has ended, and what its app is told. */
export function monitorOf(options: MonitorOptions = {}, host = new RecordingHost()) {
  const errors: Error[] = [];
  const monitor = disposedOf(
    createMonitor({ host: () => host, onError: (error) => errors.push(error), ...options }),
  );
  return { monitor, host, errors, told: () => errors.map(({ message }) => message) };
}

/** After the hooks of the test file, so that clocks and functions are the real ones again. */
export function disposedOf(monitor: Monitor): Monitor {
  onTestFinished(() => monitor.dispose());
  return monitor;
}
