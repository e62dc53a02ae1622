// SPDX-License-Identifier: Apache-2.0
import type { Alert } from '../../src/monitor/alert.js';

import { HOUR, LABEL_DELAY, RELEASE, STORY_START } from './fixture-story.js';

interface Plot {
  readonly id: string;
  readonly kind: Alert['subject']['kind'];
  readonly name: string;
  readonly from: number;
  readonly raised: number;
  readonly recovered?: number;
  readonly value: number;
  readonly threshold: number;
  readonly sentence: string;
  readonly advice: string;
}

const PLOTS: readonly Plot[] = [
  {
    id: 'a1',
    kind: 'feature',
    name: 'origin',
    from: 18,
    raised: 20,
    recovered: 28,
    value: 0.162,
    threshold: 0.09,
    sentence: 'An airport that the reference never held (BER) has 11 % of rows; three of five windows agree.',
    advice: 'Map new categories of origin (BER) to known ones, or add them and retrain.',
  },
  {
    id: 'a2',
    kind: 'feature',
    name: 'temperature',
    from: RELEASE,
    raised: RELEASE + 2,
    value: 0.61,
    threshold: 0.08,
    sentence:
      'The median rose from 11.2 to 52.1 within one window, and all windows since agree. A change of unit looks like this.',
    advice: 'Check the unit of temperature upstream: Celsius may have become Fahrenheit.',
  },
  {
    id: 'a3',
    kind: 'feature',
    name: 'score',
    from: RELEASE + 9,
    raised: RELEASE + 12,
    value: 0.081,
    threshold: 0.06,
    sentence: 'More delays are predicted: the mean score rose from 0.21 to 0.29.',
    advice: 'See which inputs drifted. If none did, label new rows and check how often score is right.',
  },
  {
    id: 'a4',
    kind: 'performance',
    name: 'accuracy',
    from: RELEASE,
    raised: RELEASE + LABEL_DELAY + 3,
    value: 0.792,
    threshold: 0.841,
    sentence: 'Accuracy fell from 0.861 to 0.792 with the rows since 4 Mar 04:00, whose labels have come.',
    advice: 'If no input is at fault, retrain with the newest labelled rows.',
  },
];

export function alertsOf(judged: number): Alert[] {
  return PLOTS.filter(({ raised }) => raised < judged)
    .map((plot): Alert => {
      const over = plot.recovered !== undefined && plot.recovered < judged;
      const last = over ? (plot.recovered ?? 0) : judged;
      const state = over ? 'recovered' : judged - plot.raised > 12 ? 'persists' : 'raised';
      return {
        id: plot.id,
        subject: { kind: plot.kind, name: plot.name },
        state,
        spec: '1 h',
        since: STORY_START + plot.from * HOUR,
        at: STORY_START + last * HOUR,
        windows: { drifting: over ? 0 : 5, of: 5 },
        value: over ? plot.threshold * 0.4 : plot.value,
        threshold: plot.threshold,
        sentence: over ? `Back to the reference for three windows. ${plot.sentence}` : plot.sentence,
        ...(over ? {} : { advice: plot.advice }),
      };
    })
    .sort((a, b) => b.since - a.since);
}
