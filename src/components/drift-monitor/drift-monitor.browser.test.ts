// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn, expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import {
  alertsOf,
  manyFeatures,
  seriesOf,
  snapshotOf,
  youngSnapshot,
} from '../../../test/look/fixture-monitor.js';
import { flightsReport } from '../../../test/look/fixture-report.js';
import { STATES } from '../../../test/look/live-scene.js';
import { LOADED, names, root, show } from '../../../test/look/shown-monitor.js';
import { ToldSource } from '../../../test/look/told-source.js';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import { DriftSelectEvent, DriftToggleEvent } from '../events.js';

test('axe clean in every state, open and collapsed, wide and narrow, light and dark', async () => {
  for (const state of [
    'running',
    'calm',
    'starting',
    'learning',
    'paused',
    'failed',
    'inert',
    'kinds',
    'outliers',
  ]) {
    const snapshot = (STATES[state] as () => MonitorSnapshot)();
    await expectAccessible(await show(snapshot));
    await expectAccessible(await show(snapshot, { width: 380, scheme: 'dark', dock: 'bottom-right' }));
    await expectAccessible(await show(snapshot, { open: false, scheme: 'dark' }));
  }
  await expectAccessible(await show(null));
  await expectAccessible(await show(null, { open: false }));
});

test('first the answer; then alerts, features, time, performance, system', async () => {
  const element = await show(snapshotOf());
  const text = textOf(element);
  for (const part of [
    'temperature and score have drifted; accuracy is worse.',
    'What to do: Check the unit of temperature upstream: Celsius may have become Fahrenheit. If no input is at fault',
    '3 open',
    'persists',
    'for 1 d 20 h',
    'release 2.4.1',
    '0.801 accuracy',
    '95 % interval 0.779 to 0.823, reference 0.864',
    '65,664',
    'rebookings',
    'p50',
    'webgl → wasm',
    '0 of 1,056 ours',
    'Compared with January 2026, 481,203 rows.',
  ]) {
    expect(text.replaceAll('\u00a0', ' ')).toContain(part);
  }
  expect(text).toMatch(/temperature: KS 0\.6\d\d, threshold 0\.080/);
  expect(names(element).slice(0, 4)).toEqual(['temperature', 'score', 'humidity', 'origin']);
});

test.each([
  ['starting', 'Starting: rows are kept until the engine is there.'],
  ['learning', 'Learning what is usual: 1,240 of the first 5,000 rows.'],
  ['failed', 'it has no column "carrier"'],
  ['inert', 'A server: nothing is measured here.'],
  ['paused', 'Paused: rows are not measured.'],
])('%s says so, and why', async (state, sentence) => {
  expect(textOf(await show((STATES[state] as () => MonitorSnapshot)()))).toContain(sentence);
});

test('the badge says the rating in words and how many alerts are open; it opens, and Escape collapses a docked panel', async () => {
  const element = await show(snapshotOf(), { open: false, dock: 'bottom-right' });
  const heard: boolean[] = [];
  element.addEventListener(DriftToggleEvent.type, (event) => heard.push((event as DriftToggleEvent).open));
  const badge = root(element).querySelector<HTMLButtonElement>('.badge');
  expect(badge?.innerText.replace(/\s+/g, ' ')).toMatch(
    /^drift 3 open alerts ?, monitor flight-delays, open the panel$/,
  );
  badge?.click();
  await drawn(element);
  expect(root(element).activeElement?.className).toContain('collapse');
  root(element).activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }),
  );
  await drawn(element);
  expect(element.open).toBe(false);
  expect(root(element).activeElement?.className).toContain('badge');
  expect(heard).toEqual([true, false]);
});

test('a badge tells those who hear the page when something is wrong', async () => {
  const source = new ToldSource(snapshotOf(10));
  const element = document.createElement('drift-monitor');
  element.monitor = source;
  await mount(element);
  const said = (): string | null | undefined => root(element).querySelector('[role=status]')?.textContent;
  expect(said()).toBe('');
  source.tell(snapshotOf(60));
  await expect.poll(said).toBe('temperature has drifted.');
});

test('a badge is as wide whatever it says', async () => {
  const source = new ToldSource(snapshotOf(10));
  const element = document.createElement('drift-monitor');
  element.monitor = source;
  await mount(element);
  const badge = root(element).querySelector('.badge') as HTMLElement;
  const width = badge.getBoundingClientRect().width;
  expect(width).toBeGreaterThan(0);
  for (const rating of ['watch', 'unknown', 'notRated'] as const) {
    const said = badge.innerText;
    source.tell(snapshotOf(10, { rating }));
    await expect.poll(() => badge.innerText).not.toBe(said);
    expect(badge.getBoundingClientRect().width).toBe(width);
  }
});

test('before anything is chosen, what the first alert points at is drawn, else the worst', async () => {
  const whole = snapshotOf();
  const about = (name: string) => whole.alerts.filter(({ subject }) => subject.name === name);
  for (const [alerts, chosen] of [
    [about('score'), 'score'],
    [about('accuracy'), 'temperature'],
    [[], 'temperature'],
  ] as const) {
    const element = await show({ ...whole, alerts: [...alerts] });
    expect(root(element).querySelector('drift-timeline')?.selected).toBe(chosen);
    expect(root(element).querySelector('.chosen')?.textContent).toMatch(new RegExp(`^${chosen}: `));
  }
});

test('choosing a feature or an alert draws it in the timeline, and says so', async () => {
  const element = await show(snapshotOf());
  const heard: string[] = [];
  element.addEventListener(DriftSelectEvent.type, (event) => heard.push((event as DriftSelectEvent).feature));
  root(element).querySelectorAll<HTMLButtonElement>('.multiple')[2]?.click();
  await drawn(element);
  expect(element.selected).toBe('humidity');
  expect(root(element).querySelector('drift-timeline')?.selected).toBe('humidity');
  expect(textOf(root(element).querySelector('.features .sentence') as Element)).toContain(
    'The median rises slowly',
  );
  const alerts = root(element).querySelector('drift-alerts')?.shadowRoot;
  alerts?.querySelectorAll<HTMLButtonElement>('.name')[0]?.click();
  await drawn(element);
  expect(element.selected).toBe('temperature');
  expect(heard).toEqual(['humidity', 'temperature']);
});

test('the full report is loaded and shown when it is asked for', async () => {
  const element = await show(snapshotOf());
  const button = [...root(element).querySelectorAll('button')].find((one) =>
    /report/i.test(one.textContent ?? ''),
  );
  button?.click();
  await expect
    .poll(() => root(element).querySelector('drift-report')?.report?.headline.title, LOADED)
    .toBe(flightsReport().headline.title);
  const dialog = root(element).querySelector('dialog') as HTMLDialogElement;
  expect(dialog.matches(':modal')).toBe(true);
  await expectAccessible(element);
  dialog.close();
  await expect.poll(() => root(element).querySelector('dialog')).toBeNull();
});

test('a report that cannot be had says why; a source without reports has no button', async () => {
  const element = document.createElement('drift-monitor');
  element.open = true;
  element.monitor = new ToldSource(snapshotOf(), async () => {
    throw new Error('the worker has ended');
  });
  await mount(element);
  [...root(element).querySelectorAll('button')].find((one) => /report/i.test(one.textContent ?? ''))?.click();
  await expect.poll(() => textOf(element), LOADED).toContain('the worker has ended');
  root(element).querySelector('dialog')?.close();
  element.monitor = new ToldSource(snapshotOf());
  await drawn(element);
  expect(textOf(element)).not.toMatch(/full report/i);
});

test('several kinds of windows can be chosen from', async () => {
  const series = [
    seriesOf(40, '1 h'),
    { ...seriesOf(30, '1,000 rows'), open: { rows: 412, of: 1000, start: 0 } },
  ];
  const element = await show(snapshotOf(40, { series }));
  const select = root(element).querySelector('select') as HTMLSelectElement;
  expect([...select.options].map((option) => option.value)).toEqual(['1 h', '1,000 rows']);
  select.value = '1,000 rows';
  select.dispatchEvent(new Event('change'));
  await drawn(element);
  expect(element.spec).toBe('1,000 rows');
  expect(textOf(element)).toContain('412 of 1,000');
});

test('96 features: the worst twelve, then all', async () => {
  const element = await show(manyFeatures(96));
  expect(names(element)).toHaveLength(12);
  [...root(element).querySelectorAll('button')]
    .find((one) => /Show all/.test(one.textContent ?? ''))
    ?.click();
  await drawn(element);
  expect(names(element)).toHaveLength(96);
});

test('windows that cannot be told are drawn pale, those that can in ink', async () => {
  const ratings = ['unknown', 'unknown', 'stable', 'stable', 'notRated', 'unknown'] as const;
  const whole = seriesOf(ratings.length);
  const series = {
    ...whole,
    features: whole.features.map((feature) => ({
      ...feature,
      values: [1, 1, 1, 1, 1, 1],
      ratings: [...ratings],
    })),
  };
  const element = await show(snapshotOf(ratings.length, { series: [series] }));
  const places = (kind: string): number[] => {
    const path = root(element).querySelector(`.sparkline .${kind}`)?.getAttribute('d') ?? '';
    const width = root(element).querySelector<SVGSVGElement>('.sparkline')?.viewBox.baseVal.width as number;
    return [...path.matchAll(/[ML]([\d.]+) /g)].map(([, x]) =>
      Math.floor((Number(x) / width) * ratings.length),
    );
  };
  expect(places('pale-line')).toEqual([0, 1, 2, 3, 5]);
  expect(places('current-line')).toEqual([2, 3]);
  expect(root(element).querySelector('.sparkline .pale-line')?.getAttribute('d')?.match(/M/g)).toHaveLength(
    2,
  );
});

test('rows that stood out are listed, the newest ten, also before the first window', async () => {
  const { outliers } = (STATES['outliers'] as () => MonitorSnapshot)();
  for (const snapshot of [
    snapshotOf(40, { outliers }),
    youngSnapshot({ state: 'running', series: [], outliers }),
  ]) {
    const element = await show(snapshot);
    expect(root(element).querySelectorAll('.outliers tbody tr')).toHaveLength(10);
    expect(textOf(root(element).querySelector('.outliers') as Element)).toContain(
      '90331 wind_speed 61.4 1e-4',
    );
  }
});

test('text of the app is text', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  const whole = snapshotOf();
  const element = await show({
    ...whole,
    name: evil,
    sentence: evil,
    reason: evil,
    annotations: [{ at: whole.at - 7_200_000, text: evil }],
    alerts: alertsOf(96).map((alert) => ({
      ...alert,
      sentence: evil,
      subject: { kind: 'feature', name: evil },
    })),
    series: whole.series.map((series) => ({
      ...series,
      features: series.features.map((feature, i) => (i === 0 ? { ...feature, name: evil } : feature)),
    })),
    metrics: [{ name: evil, count: 1, mean: 1, min: 1, max: 1 }],
    system: { ...whole.system, backend: evil, device: evil },
  });
  const images = (node: ParentNode): number =>
    node.querySelectorAll('img').length +
    [...node.querySelectorAll('*')].reduce(
      (sum, child) => sum + (child.shadowRoot === null ? 0 : images(child.shadowRoot)),
      0,
    );
  expect(textOf(element)).toContain(evil);
  expect(images(root(element))).toBe(0);
});
