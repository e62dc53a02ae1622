// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn, expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
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
