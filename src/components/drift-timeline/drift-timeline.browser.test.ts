// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn, expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import { seriesOf, snapshotOf, ToldSource } from '../../../test/look/fixture-monitor.js';
import { flightsReport } from '../../../test/look/fixture-report.js';
import { DriftSelectEvent } from '../events.js';
import type { DriftTimeline } from './drift-timeline.js';
import './drift-timeline.js';

const report = flightsReport();

async function show(options: Parameters<typeof mount>[1] = {}): Promise<DriftTimeline> {
  const element = document.createElement('drift-timeline');
  element.features = report.features;
  element.windows = report.windows;
  return mount(element, options);
}

const labels = (element: DriftTimeline): HTMLButtonElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLButtonElement>('.line button') ?? []),
];

test('axe clean: wide, narrow, dark, table open, empty', async () => {
  for (const options of [{}, { width: 380 }, { scheme: 'dark' as const }]) {
    const element = await show(options);
    await expectAccessible(element);
    element.shadowRoot?.querySelector('summary')?.click();
    await drawn(element);
    expect(element.shadowRoot?.querySelectorAll('tbody tr')).toHaveLength(report.windows.length);
    await expectAccessible(element);
  }
  const empty = await mount(document.createElement('drift-timeline'));
  expect(textOf(empty)).toContain('No time column');
  await expectAccessible(empty);
});

test('the feature that drifted comes first and is drawn; its episode is named', async () => {
  const element = await show();
  expect(labels(element).map((label) => label.textContent)).toEqual([
    'delay',
    'origin',
    'destination',
    'distance',
  ]);
  expect(labels(element)[0]?.getAttribute('aria-pressed')).toBe('true');
  expect(textOf(element)).toContain('drift 23 Apr – 13 May, back since');
  // Three weeks of drift are three cells of the hottest colour.
  expect(element.shadowRoot?.querySelector('path.h4')?.getAttribute('d')?.match(/M/g)).toHaveLength(3);
});

test('choosing a row draws it and says so', async () => {
  const element = await show();
  const heard: string[] = [];
  element.addEventListener(DriftSelectEvent.type, (event) => heard.push((event as DriftSelectEvent).feature));
  labels(element)[3]?.click();
  await element.updateComplete;
  expect(heard).toEqual(['distance']);
  expect(labels(element)[3]?.getAttribute('aria-pressed')).toBe('true');
});

test('arrow keys walk through the windows, in words', async () => {
  const element = await show();
  const plot = element.shadowRoot?.querySelector('.plot') as HTMLElement;
  plot.focus();
  const press = async (key: string): Promise<string | null> => {
    plot.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await element.updateComplete;
    return plot.getAttribute('aria-valuetext');
  };
  expect(await press('ArrowRight')).toContain('1 – 7 Jan: KS');
  expect(await press('ArrowRight')).toContain('8 – 14 Jan');
  expect(await press('End')).toContain('25 Jun – 1 Jul');
  expect(await press('ArrowRight')).toContain('25 Jun – 1 Jul');
});

async function live(judged: number, options: Parameters<typeof mount>[1] = {}): Promise<DriftTimeline> {
  const element = document.createElement('drift-timeline');
  element.monitor = new ToldSource(snapshotOf(judged));
  return mount(element, options);
}

const svgText = (element: DriftTimeline): string =>
  [...(element.shadowRoot?.querySelectorAll('svg text') ?? [])].map((text) => text.textContent).join(' | ');

test('of a monitor, axe clean: wide, narrow, dark, table open, before the first window', async () => {
  for (const options of [{}, { width: 380 }, { scheme: 'dark' as const }]) {
    const element = await live(96, options);
    await expectAccessible(element);
    element.shadowRoot?.querySelector('summary')?.click();
    await drawn(element);
    expect(element.shadowRoot?.querySelectorAll('tbody tr')).toHaveLength(96);
    await expectAccessible(element);
  }
  const empty = await live(0);
  expect(textOf(empty)).toContain('No window has been judged yet.');
  await expectAccessible(empty);
});

test('of a monitor: what drifts now first, alerts under their cells, annotations, performance as labels came', async () => {
  const element = await live(96);
  expect(
    labels(element)
      .map((label) => label.textContent)
      .slice(0, 4),
  ).toEqual(['temperature', 'score', 'humidity', 'origin']);
  const text = svgText(element);
  for (const part of [
    'BER opens',
    'release 2.4.1',
    'drift since 4 Mar 04:00',
    'reference 0.864',
    'labels on their way',
  ]) {
    expect(text).toContain(part);
  }
  // Three features were under alert, and one is drawn as a line with the time of its alert behind it.
  expect(element.shadowRoot?.querySelectorAll('.line .alert-start')).toHaveLength(3);
  expect(element.shadowRoot?.querySelectorAll('.plot .alert-span')).toHaveLength(1);
  const plot = element.shadowRoot?.querySelector('.plot') as HTMLElement;
  plot.dispatchEvent(new KeyboardEvent('keydown', { key: 'Home', bubbles: true, cancelable: true }));
  await element.updateComplete;
  expect(plot.getAttribute('aria-valuetext')).toMatch(/^2 Mar 00:00: rhythm|^2 Mar 00:00: KS/);
  expect(plot.getAttribute('aria-valuetext')).toContain('accuracy 0.8');
});

test('the table of a monitor holds performance and what was noted', async () => {
  const element = await live(96);
  element.shadowRoot?.querySelector('summary')?.click();
  await drawn(element);
  const head = [...(element.shadowRoot?.querySelectorAll('th[scope=col]') ?? [])].map(
    (cell) => cell.textContent,
  );
  expect(head).toEqual(expect.arrayContaining(['accuracy', 'noted']));
  expect(textOf(element)).toContain('release 2.4.1');
});

test('the cursor stays on its window while the oldest ones leave', async () => {
  const element = await live(240);
  const source = element.monitor as ToldSource;
  const plot = element.shadowRoot?.querySelector('.plot') as HTMLElement;
  plot.focus();
  plot.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true, cancelable: true }));
  await element.updateComplete;
  const before = plot.getAttribute('aria-valuetext')?.split(':').slice(0, 2);
  source.tell(snapshotOf(243));
  await expect.poll(() => plot.getAttribute('aria-valuenow')).toBe('236');
  expect(plot.getAttribute('aria-valuetext')?.split(':').slice(0, 2)).toEqual(before);
});

test('another kind of window is drawn when it is asked for, and a report when there is no monitor', async () => {
  const element = document.createElement('drift-timeline');
  element.snapshot = snapshotOf(40, { series: [seriesOf(40, '1 h'), seriesOf(7, '1,000 rows')] });
  await mount(element);
  const last = (): string | null | undefined =>
    element.shadowRoot?.querySelector('.plot')?.getAttribute('aria-valuemax');
  expect(last()).toBe('39');
  element.spec = '1,000 rows';
  await drawn(element);
  expect(last()).toBe('6');
  element.snapshot = null;
  element.features = report.features;
  element.windows = report.windows;
  await expect.poll(() => labels(element)[0]?.textContent).toBe('delay');
});
