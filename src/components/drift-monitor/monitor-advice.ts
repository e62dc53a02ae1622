// SPDX-License-Identifier: Apache-2.0
import type { MonitorSnapshot, WindowPoint } from '../../monitor/snapshot.js';
import { comesIn, joinedAdvice } from '../../verdict/advice/overall-advice.js';
import { UNTIL_LABELLED } from '../../verdict/advice/worldly-advice.js';
import { openAlerts } from './monitor-words.js';

/** Loss of accuracy, and growth of errors, that would be an alert. */
const MATTERS = { accuracy: 0.05, meanAbsoluteError: 0.1 } as const;
/** Fewer labels, or windows that have theirs, say nothing yet. */
const FEWEST = { rows: 100, windows: 3 } as const;

/** Share of a window's rows whose labels must be there: those that come first may be those of easy cases. */
const LABELLED = 0.9;

/** What a person should do now: about what alerts point at, as far as labels have told what it costs. */
export function monitorAdvice(snapshot: MonitorSnapshot): string {
  const open = openAlerts(snapshot);
  if (open.length === 0) return QUIET[snapshot.rating] ?? '';
  const worse = open.filter(({ subject }) => subject.kind === 'performance');
  const features = new Map(
    snapshot.series.flatMap((series) => series.features.map((feature) => [feature.name, feature] as const)),
  );
  const others = open.filter(({ subject }) => subject.kind !== 'performance');
  const inputs = others.filter(({ subject }) => {
    const feature = features.get(subject.name);
    return feature === undefined || comesIn(feature);
  });
  // What goes in explains what comes out.
  const causes = inputs.length > 0 ? inputs : others;
  const holding = worse.length === 0 && holds(snapshot, Math.min(...open.map(({ since }) => since)));
  const settled = worse.length > 0 || holding;
  const said = [...causes, ...worse].map(({ subject, advice = '' }) => ({
    name: subject.name,
    advice: settled ? advice.replace(UNTIL_LABELLED, '') : advice,
  }));
  return `${joinedAdvice(said)}${holding ? ' Performance holds so far: no need to retrain yet.' : ''}`.trim();
}

const QUIET: Readonly<Record<string, string>> = {
  stable: 'Nothing.',
  unknown: 'Nothing yet: more rows will tell.',
  watch: 'Nothing yet: an alert comes if it lasts.',
  drift: 'Nothing yet: an alert comes if it lasts.',
};

/** Do the labels of predictions since then rule out a loss that matters? */
function holds({ series }: MonitorSnapshot, since: number): boolean {
  return series.some(({ windows }) => {
    const labelled = windows.flatMap(({ start, rows, outcomes }: WindowPoint) =>
      start >= since && outcomes !== undefined && outcomes.reference > 0 && outcomes.rows >= LABELLED * rows
        ? [outcomes]
        : [],
    );
    const rows = labelled.reduce((sum, outcome) => sum + outcome.rows, 0);
    if (labelled.length < FEWEST.windows || rows < FEWEST.rows) return false;
    const loss = labelled.reduce(
      (sum, { metric, low, high, reference, rows: weight }) =>
        sum + (weight * (metric === 'accuracy' ? reference - low : high / reference - 1)) / MATTERS[metric],
      0,
    );
    return loss / rows < 1;
  });
}
