// SPDX-License-Identifier: Apache-2.0

import type { MonitorSnapshot, MonitorState, SystemSummary } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';

const NO_CALLS: SystemSummary = {
  calls: 0,
  rows: 0,
  errors: 0,
  nonFinite: 0,
  p50: Number.NaN,
  p95: Number.NaN,
  p99: Number.NaN,
  callsPerSecond: 0,
  longTasks: 0,
  ownLongTasks: 0,
  droppedFrames: 0,
  ownDroppedFrames: 0,
  ownShare: 0,
};

export interface EmptyFacts {
  readonly name: string;
  readonly state: MonitorState;
  readonly reason: string;
  readonly reference: ReferenceSpec;
  readonly store: 'indexedDB' | 'memory';
  readonly storeBytes: number;
  readonly device: string;
}

/** What a monitor can say of itself where no host speaks for it. */
export function emptySnapshot(facts: EmptyFacts): MonitorSnapshot {
  const { name, state, reason, reference, store, storeBytes, device } = facts;
  return {
    name,
    at: Date.now(),
    state,
    reason,
    rating: 'unknown',
    sentence: state === 'starting' ? 'The monitor is starting.' : `Nothing is measured: ${reason}.`,
    rows: { observed: 0, measured: 0, skipped: 0, waiting: 0, late: 0, refused: 0 },
    baseline: null,
    reference: { spec: reference, label: '', rows: 0 },
    engine: { place: '', kernels: '', notes: [] },
    store: { kind: store, reason: '', bytes: 0, limit: storeBytes, tabs: 1, leader: false },
    series: [],
    alerts: [],
    annotations: [],
    outliers: [],
    labels: { joined: 0, waiting: 0, expired: 0, unknown: 0 },
    outcomes: null,
    metrics: [],
    system: {
      total: NO_CALLS,
      minutes: [],
      backend: null,
      backendChanges: [],
      memory: { heap: null, tensors: null, tensorBytes: null },
      device,
    },
  };
}
