// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { alertsOf, STORY_START, seriesOf, snapshotOf } from '../../../test/look/fixture-monitor.js';
import type { Alert } from '../../monitor/alert.js';
import { worldly } from '../../verdict/advice/worldly-advice.js';
import { monitorAdvice } from './monitor-advice.js';

const HOUR = 3_600_000;

function alert(name: string, advice: string, kind: Alert['subject']['kind'] = 'feature', since = 0): Alert {
  const [template] = alertsOf(96);
  return {
    ...template!,
    id: name,
    subject: { kind, name },
    state: 'raised',
    since: STORY_START + since * HOUR,
    advice,
  };
}

test('calm: nothing, nothing yet', () => {
  expect(monitorAdvice(snapshotOf(10, { rating: 'stable' }))).toBe('Nothing.');
  expect(monitorAdvice(snapshotOf(10, { rating: 'unknown' }))).toBe('Nothing yet: more rows will tell.');
  expect(monitorAdvice(snapshotOf(10, { rating: 'drift' }))).toBe('Nothing yet: an alert comes if it lasts.');
  expect(monitorAdvice(snapshotOf(10, { rating: 'notRated' }))).toBe('');
});

test('inputs before predictions; without labels, ask for some', () => {
  const alerts = [
    alert('score', 'See which inputs drifted.', 'feature', 90),
    alert('distance', worldly('distance'), 'feature', 90),
  ];
  expect(monitorAdvice(snapshotOf(96, { alerts }))).toBe(worldly('distance'));
  expect(monitorAdvice(snapshotOf(96, { alerts: alerts.slice(0, 1) }))).toBe('See which inputs drifted.');
});

test('with labels: performance that holds needs no retraining, performance that fell does', () => {
  const drifted = alert('distance', worldly('distance'), 'feature', 20);
  const see = 'See whether the source of distance changed or the world did.';
  expect(monitorAdvice(snapshotOf(50, { alerts: [drifted] }))).toBe(
    `${see} Performance holds so far: no need to retrain yet.`,
  );
  const fell = alert('accuracy', 'Retrain.', 'performance', 20);
  expect(monitorAdvice(snapshotOf(50, { alerts: [fell, drifted] }))).toBe(`${see} Retrain.`);
});

test('labels since an alert that show a loss are no relief, nor are too few', () => {
  const late = alert('distance', worldly('distance'), 'feature', 60);
  expect(monitorAdvice(snapshotOf(96, { alerts: [late] }))).toBe(worldly('distance'));
  const series = seriesOf(50);
  const windows = series.windows.map(({ outcomes, ...window }, i) =>
    outcomes === undefined || i > 21 ? window : { ...window, outcomes },
  );
  const early = alert('distance', worldly('distance'), 'feature', 20);
  expect(monitorAdvice(snapshotOf(50, { alerts: [early], series: [{ ...series, windows }] }))).toBe(
    worldly('distance'),
  );
});
