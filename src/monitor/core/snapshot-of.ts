// SPDX-License-Identifier: Apache-2.0
import type { Kernels } from '../../kernels/kernels.js';
import type { Baseline } from '../../profile/baseline-file.js';
import type { Rating } from '../../verdict/verdict.js';
import type { HostConfig } from '../host.js';
import type { Annotation, MonitorSnapshot, MonitorState, SystemSnapshot } from '../snapshot.js';
import type { RowCounts } from './counters.js';
import type { Session } from './session.js';

export interface SnapshotInput {
  readonly at: number;
  readonly state: MonitorState;
  readonly reason: string;
  readonly config: HostConfig | null;
  readonly kernels: { readonly kernels: Kernels; readonly reason: string } | null;
  readonly baseline: Baseline | null;
  readonly session: Session | null;
  readonly counts: RowCounts;
  readonly annotations: readonly Annotation[];
}

/** The state of a monitor as plain data. */
export function snapshotOf(input: SnapshotInput): MonitorSnapshot {
  const { at, state, reason, config, kernels, baseline, session, counts, annotations } = input;
  const series =
    session?.series.map((book) =>
      book.series(session.settings, session.openOf(book.spec), () => undefined),
    ) ?? [];
  const latest = session?.latest(null) ?? null;
  const rating: Rating = latest?.verdict.rating ?? 'notRated';
  return {
    name: config?.name ?? '',
    at,
    state,
    reason,
    rating,
    sentence: reason || latest?.verdict.sentence || 'No window has ended yet.',
    rows: { ...counts, waiting: 0, late: session?.stream.late ?? 0 },
    baseline: baseline && { id: baseline.frame.id, name: baseline.name, rows: baseline.profile.rows },
    reference: {
      spec: session?.references.spec ?? config?.reference ?? 'baseline',
      label: session?.references.label ?? '',
      rows: session?.references.rows ?? 0,
    },
    engine: {
      place: config?.place ?? '',
      kernels: kernels?.kernels.name ?? '',
      notes: [...(config?.notes ?? []), ...(kernels === null ? [] : [kernels.reason])],
    },
    store: {
      kind: 'memory',
      reason: '',
      bytes: 0,
      limit: config?.storeBytes ?? 0,
      tabs: 1,
      leader: true,
    },
    series,
    alerts: [],
    annotations,
    outliers: [],
    labels: { joined: 0, waiting: 0, expired: 0, unknown: 0 },
    outcomes: null,
    metrics: [],
    system: noSystem(config?.device ?? ''),
  };
}

function noSystem(device: string): SystemSnapshot {
  const total = {
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
    ownShare: 0,
  };
  const memory = { heap: null, tensors: null, tensorBytes: null };
  return { total, minutes: [], backend: null, backendChanges: [], memory, device };
}
