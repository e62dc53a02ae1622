// SPDX-License-Identifier: Apache-2.0
import type { Monitor, Unsubscribe } from './monitor.js';

interface Registry {
  readonly monitors: Map<string, WeakRef<Monitor>>;
  readonly waiting: Set<{ readonly name: string; readonly call: (monitor: Monitor) => void }>;
}

/** Of the page, not of this module: a page may hold two copies of it. */
const KEY = Symbol.for('driftglass.monitors');

/** The latest monitor of this name on the page that has not been disposed. */
export function findMonitor(name: string): Monitor | undefined {
  return registry().monitors.get(name)?.deref();
}

/** Calls back with the monitor of this name now, if there is one, and with each that is created later. */
export function onMonitor(name: string, callback: (monitor: Monitor) => void): Unsubscribe {
  const { waiting } = registry();
  const entry = { name, call: callback };
  waiting.add(entry);
  const known = findMonitor(name);
  if (known !== undefined) callback(known);
  return () => void waiting.delete(entry);
}

/** Returns how to take it off again. */
export function registerMonitor(monitor: Monitor): Unsubscribe {
  const { monitors, waiting } = registry();
  const reference = new WeakRef(monitor);
  monitors.set(monitor.name, reference);
  for (const { name, call } of [...waiting]) if (name === monitor.name) call(monitor);
  return () => {
    if (monitors.get(monitor.name) === reference) monitors.delete(monitor.name);
  };
}

function registry(): Registry {
  const page = globalThis as unknown as Record<symbol, Registry | undefined>;
  page[KEY] ??= { monitors: new Map(), waiting: new Set() };
  return page[KEY];
}
