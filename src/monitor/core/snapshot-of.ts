// SPDX-License-Identifier: Apache-2.0
import type { ChosenKernels } from '../../kernels/choose.js';
import type { Baseline } from '../../profile/baseline-file.js';
import type { Alert } from '../alert.js';
import type { HostConfig } from '../host.js';
import type { LabelBook } from '../labels/label-book.js';
import type { Annotation, MetricSummary, MonitorSnapshot, SystemSnapshot } from '../snapshot.js';
import type { ReferenceSpec } from '../specs.js';
import type { RowVerdict } from '../window-verdict.js';
import type { RowCounts } from './counters.js';
import type { Learner } from './learner.js';
import type { Session } from './session.js';

const MOST_ALERTS = 100;

export interface SnapshotInput {
  readonly at: number;
  readonly config: HostConfig;
  readonly kernels: ChosenKernels;
  readonly tabs: { readonly count: number; readonly reason: string };
  readonly baseline: Baseline | null;
  readonly session: Session | null;
  /** Where the frame is still to be learned. */
  readonly learner: Learner | null;
  readonly reference: ReferenceSpec;
  readonly counts: RowCounts;
  readonly late: number;
  readonly annotations: readonly Annotation[];
  readonly alerts: readonly Alert[];
  readonly labels: LabelBook;
  readonly metrics: readonly MetricSummary[];
  readonly system: SystemSnapshot;
  readonly outliers: readonly RowVerdict[];
  readonly store: Pick<MonitorSnapshot['store'], 'kind' | 'reason' | 'bytes' | 'limit'>;
}

/** The state of a monitor as plain data. */
export function snapshotOf(input: SnapshotInput): MonitorSnapshot {
  const { config, kernels, baseline, session, learner, labels, tabs, store } = input;
  const { joined, waiting, expired, unknown } = labels.counts();
  const details = labels.details();
  return {
    name: config.name,
    at: input.at,
    state: isLearning(input) ? 'learning' : 'running',
    reason: '',
    ...standing(input),
    rows: { ...input.counts, waiting: 0, late: input.late },
    baseline: baseline && { id: baseline.frame.id, name: baseline.name, rows: baseline.profile.rows },
    reference: {
      spec: input.reference,
      label: session?.references.label ?? (learner === null ? '' : learningText(learner)),
      rows: session?.references.rows ?? learner?.rows ?? 0,
    },
    engine: {
      place: config.place,
      kernels: kernels.kernels.name,
      notes: [...config.notes, kernels.reason],
    },
    store: { ...store, reason: store.reason || tabs.reason, tabs: tabs.count, leader: true },
    series:
      session?.series.map((book) =>
        book.series(session.settings, session.openOf(book.spec), (blocks) => labels.summaryOf(blocks)),
      ) ?? [],
    alerts: input.alerts.slice(0, MOST_ALERTS),
    annotations: input.annotations,
    outliers: input.outliers,
    labels: { joined, waiting, expired, unknown },
    outcomes: labels.totalSummary(),
    ...(details && { performance: details }),
    metrics: input.metrics,
    system: input.system,
  };
}

function isLearning({ session, learner }: SnapshotInput): boolean {
  return learner !== null || (session !== null && session.references.current() === null);
}

/** The worst open alert decides; without one the latest window of the first kind. */
function standing({ alerts, session, learner }: SnapshotInput): Pick<MonitorSnapshot, 'rating' | 'sentence'> {
  const open = alerts.find(({ state }) => state !== 'recovered');
  if (open !== undefined) return { rating: 'drift', sentence: open.sentence };
  const first = session?.series.find(({ latest }) => latest !== null)?.latest;
  if (first) return { rating: first.rating, sentence: first.sentence };
  const sentence =
    learner !== null
      ? `Learning what is usual: ${learningText(learner)}.`
      : session !== null && session.references.current() === null
        ? `Nothing to compare with yet: ${session.references.label}.`
        : 'No window has ended yet.';
  return { rating: 'notRated', sentence };
}

function learningText({ rows, wanted }: Learner): string {
  return `${rows.toLocaleString('en')} of the first ${wanted.toLocaleString('en')} rows have come`;
}
