// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn, expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import { featureOf, flightsReport } from '../../../test/look/fixture-report.js';
import type { FeatureReport } from '../../report/report.js';
import type { DriftHistogram } from './drift-histogram.js';
import './drift-histogram.js';

const flights = flightsReport().features;
const named = (name: string): FeatureReport =>
  flights.find((feature) => feature.name === name) as FeatureReport;

async function show(
  feature: FeatureReport | null,
  options: Parameters<typeof mount>[1] = { width: 600 },
): Promise<DriftHistogram> {
  const element = document.createElement('drift-histogram');
  element.feature = feature;
  return mount(element, options);
}

test('numbers: drawn at the true width, beyond-range bins apart, axe clean in both schemes', async () => {
  for (const scheme of ['light', 'dark'] as const) {
    const element = await show(named('delay'), { width: 600, scheme });
    const svg = element.shadowRoot?.querySelector('svg.chart');
    expect(svg?.getAttribute('viewBox')).toBe('0 0 600 220');
    expect(textOf(element)).toContain('from 80 on');
    expect(textOf(element)).toContain('below −40');
    await expectAccessible(element);
  }
});

test('the table behind it holds every bin, and its shares add up to one', async () => {
  const element = await show(named('delay'));
  element.shadowRoot?.querySelector('summary')?.click();
  await drawn(element);
  const rows = [...(element.shadowRoot?.querySelectorAll('tbody tr') ?? [])];
  expect(rows).toHaveLength(62);
  expect(rows[0]?.textContent).toContain('below');
  await expectAccessible(element);
});

test('categories: largest change first, unseen ones marked, more on demand', async () => {
  const feature = featureOf('colour', {
    kind: 'category',
    histogram: {
      categories: ['red', 'green', 'blue', 'mauve'],
      unseen: ['mauve'],
      reference: [50, 30, 20, 0],
      current: [48, 10, 20, 22],
    },
  });
  const element = await show(feature);
  const names = [...(element.shadowRoot?.querySelectorAll('.bars .name') ?? [])].map(
    (node) => node.textContent,
  );
  expect(names).toEqual(['mauve', 'green', 'red', 'blue']);
  expect(element.shadowRoot?.querySelectorAll('.new')).toHaveLength(1);
  await expectAccessible(element);
  element.limit = 2;
  await element.updateComplete;
  expect(element.shadowRoot?.querySelectorAll('.bars li')).toHaveLength(2);
  element.shadowRoot?.querySelector<HTMLButtonElement>('.more')?.click();
  await element.updateComplete;
  expect(element.shadowRoot?.querySelectorAll('.bars li')).toHaveLength(4);
});

test('categories: both shares show the change that stands beside them', async () => {
  const histogram = { categories: ['a', 'b'], reference: [2393, 7607], current: [2352, 7648] };
  const element = await show(featureOf('class', { kind: 'category', histogram }));
  const [first] = element.shadowRoot?.querySelectorAll('.bars li') ?? [];
  expect(first?.textContent?.replace(/\s+/g, ' ')).toContain('23.9 % → 23.5 % −0.41');
});

test('names with markup in them are text', async () => {
  const name = '<img src=x onerror="globalThis.stolen=1">';
  const element = await show(
    featureOf(name, { kind: 'category', histogram: { categories: [name], reference: [1], current: [1] } }),
  );
  expect(element.shadowRoot?.querySelector('img')).toBeNull();
  expect(textOf(element)).toContain(name);
});

test('empty states: no feature, no histogram, edges that do not fit the counts', async () => {
  for (const feature of [
    null,
    featureOf('a'),
    featureOf('a', { histogram: { edges: [0, 1], reference: [1], current: [1] } }),
  ]) {
    const element = await show(feature);
    expect(element.shadowRoot?.querySelector('.empty')).not.toBeNull();
    await expectAccessible(element);
  }
});

test('follows its width', async () => {
  const element = await show(named('delay'));
  (element.parentElement as HTMLElement).style.width = '320px';
  await drawn(element);
  expect(element.shadowRoot?.querySelector('svg.chart')?.getAttribute('viewBox')).toBe('0 0 320 220');
});
