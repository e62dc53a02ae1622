// SPDX-License-Identifier: Apache-2.0
import type { Alert } from '../../monitor/alert.js';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';

/** What is wrong with what goes in, what that costs, what is made of it. */
const CAUSE = 0;
const COST = 1;
const OUTCOME = 2;

/**
 * Alerts in the order in which a person needs them, whichever came first: faults of inputs, performance and the app's own
 * numbers, then what is made of the inputs (predictions, embeddings) and the system. Otherwise the order stays.
 */
export function causesFirst(
  alerts: readonly Alert[],
  { series }: Pick<MonitorSnapshot, 'series'>,
): readonly Alert[] {
  const made = new Set(
    series.flatMap(({ features }) =>
      features
        .filter(({ role, metric }) => role === 'prediction' || role === 'label' || metric === 'combined')
        .map(({ name }) => name),
    ),
  );
  const place = ({ subject: { kind, name } }: Alert): number => {
    if (kind === 'check') return CAUSE;
    if (kind === 'feature') return made.has(name) ? OUTCOME : CAUSE;
    return kind === 'system' ? OUTCOME : COST;
  };
  return alerts.toSorted((a, b) => place(a) - place(b));
}
