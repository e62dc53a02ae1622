// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn, expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import {
  featureOf,
  flightsReport,
  mixedReport,
  verdictOf,
  wideReport,
} from '../../../test/look/fixture-report.js';
import type { FeatureReport } from '../../report/report.js';
import { DriftOpenEvent, DriftSortEvent } from '../events.js';
import type { DriftFeatures } from './drift-features.js';
import './drift-features.js';

async function show(
  features: readonly FeatureReport[] | null,
  options: Parameters<typeof mount>[1] = {},
): Promise<DriftFeatures> {
  const element = document.createElement('drift-features');
  element.features = features;
  return mount(element, options);
}

const rows = (element: DriftFeatures): HTMLElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLElement>('.row') ?? []),
];
const buttons = (element: DriftFeatures): HTMLButtonElement[] => [
  ...(element.shadowRoot?.querySelectorAll<HTMLButtonElement>('.row .name button') ?? []),
];
const names = (element: DriftFeatures): string[] =>
  buttons(element).map((button) => button.textContent?.trim() ?? '');
const press = (target: Element, key: string): boolean =>
  target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
  );

test('axe clean: closed, opened, cards, dark, loading, empty, filtered to nothing', async () => {
  for (const options of [{ width: 1300 }, { width: 380 }, { width: 900, scheme: 'dark' as const }]) {
    const element = await show(mixedReport().features, options);
    await expectAccessible(element);
    buttons(element)[0]?.click();
    await drawn(element);
    expect(element.shadowRoot?.querySelector('drift-feature')).not.toBeNull();
    await expectAccessible(element);
  }
  await expectAccessible(await show(null));
  await expectAccessible(await show([]));
  const element = await show(flightsReport().features);
  element.query = 'no such feature';
  await drawn(element);
  expect(textOf(element)).toContain('No feature matches');
  await expectAccessible(element);
});

test('a row opens in place and closes again, and says so', async () => {
  const element = await show(flightsReport().features);
  const heard: [string, boolean][] = [];
  element.addEventListener(DriftOpenEvent.type, (event) => {
    const { feature, open } = event as DriftOpenEvent;
    heard.push([feature, open]);
  });
  const [button] = buttons(element) as [HTMLButtonElement];
  expect(button.getAttribute('aria-expanded')).toBe('false');
  button.click();
  await element.updateComplete;
  expect(button.getAttribute('aria-expanded')).toBe('true');
  expect(rows(element)[0]?.nextElementSibling?.querySelector('drift-feature')?.feature?.name).toBe('delay');
  rows(element)[0]?.click();
  await element.updateComplete;
  expect(element.shadowRoot?.querySelector('drift-feature')).toBeNull();
  expect(heard).toEqual([
    ['delay', true],
    ['delay', false],
  ]);
});

test('heads sort, the other way round, and back to the order of the report', async () => {
  const features = [
    featureOf('b', { verdict: verdictOf('stable', { value: 0.01, adjustedPValue: 0.5 }) }),
    featureOf('a10', { verdict: verdictOf('stable', { value: 0.04, adjustedPValue: 0.1 }) }),
    featureOf('a9', { verdict: verdictOf('stable', { value: 0.02, adjustedPValue: 1 }) }),
    featureOf('k', { verdict: verdictOf('notRated', { value: Number.NaN, adjustedPValue: Number.NaN }) }),
  ];
  const element = await show(features);
  const sorts: string[] = [];
  element.addEventListener(DriftSortEvent.type, (event) => {
    const { sort, direction } = event as DriftSortEvent;
    sorts.push(`${sort} ${direction}`);
  });
  const head = (text: string): HTMLButtonElement =>
    [...(element.shadowRoot?.querySelectorAll<HTMLButtonElement>('.head button') ?? [])].find((button) =>
      button.textContent?.includes(text),
    ) as HTMLButtonElement;
  const orders: string[][] = [];
  for (const text of ['feature', 'feature', 'feature', 'distance', 'p']) {
    head(text === 'p' ? 'p' : text).click();
    await element.updateComplete;
    orders.push(names(element));
    if (text === 'p') break;
  }
  expect(orders.slice(0, 4)).toEqual([
    ['a9', 'a10', 'b', 'k'],
    ['k', 'b', 'a10', 'a9'],
    ['b', 'a10', 'a9', 'k'],
    ['a10', 'a9', 'b', 'k'],
  ]);
  expect(sorts.slice(0, 3)).toEqual(['name ascending', 'name descending', 'report ascending']);
  const sorted = element.shadowRoot?.querySelector('[aria-sort=ascending], [aria-sort=descending]');
  expect(sorted).not.toBeNull();
});

test('filters by name and by rating', async () => {
  const element = await show(mixedReport().features);
  const search = element.shadowRoot?.querySelector('input') as HTMLInputElement;
  search.value = 'ITEM';
  search.dispatchEvent(new InputEvent('input'));
  await element.updateComplete;
  expect(names(element)).toEqual(['items']);
  expect(textOf(element)).toContain('1 of 5');
  search.value = '';
  search.dispatchEvent(new InputEvent('input'));
  await element.updateComplete;
  const chips = [...(element.shadowRoot?.querySelectorAll<HTMLButtonElement>('.chip') ?? [])];
  chips.find((chip) => chip.textContent?.includes('drift'))?.click();
  chips.find((chip) => chip.textContent?.includes('not rated'))?.click();
  await element.updateComplete;
  expect(names(element)).toEqual(['basket_value', 'order_id']);
});

test('arrow keys move between rows; one row is in the tab order', async () => {
  const element = await show(flightsReport().features);
  const [first] = buttons(element) as [HTMLButtonElement];
  first.focus();
  press(first, 'ArrowDown');
  await drawn(element);
  expect(element.shadowRoot?.activeElement).toBe(buttons(element)[1]);
  press(buttons(element)[1] as Element, 'End');
  await drawn(element);
  expect(element.shadowRoot?.activeElement).toBe(buttons(element).at(-1));
  expect(buttons(element).filter((button) => button.tabIndex === 0)).toHaveLength(1);
});

test('names and sentences with markup in them are text', async () => {
  const element = await show(mixedReport().features);
  expect(element.shadowRoot?.querySelector('img, script, b')).toBeNull();
  expect(textOf(element)).toContain('<img src=x onerror=alert(1)>');
  expect(textOf(element)).toContain('<script>alert(1)</script>');
});

test('1,000 columns: few rows in the page, every one can be reached', async () => {
  const element = await show(wideReport(1000).features);
  expect(rows(element).length).toBeGreaterThan(5);
  expect(rows(element).length).toBeLessThan(60);
  expect(element.shadowRoot?.querySelector('[role=table]')?.getAttribute('aria-rowcount')).toBe('1001');
  window.scrollTo(0, 30_000);
  await drawn(element);
  const inView = rows(element).filter((row) => {
    const box = row.getBoundingClientRect();
    return box.bottom > 0 && box.top < window.innerHeight;
  });
  expect(inView.length).toBeGreaterThanOrEqual(Math.floor(window.innerHeight / 66) - 1);
  const [button] = buttons(element) as [HTMLButtonElement];
  button.focus();
  press(button, 'End');
  await drawn(element);
  await drawn(element);
  expect((element.shadowRoot?.activeElement as HTMLElement)?.textContent).toContain('sensor_0999');
  expect(rows(element).length).toBeLessThan(60);
  await expectAccessible(element);
  window.scrollTo(0, 0);
});

test('1,000 columns: an opened row pushes the rest down by its measured height', async () => {
  const element = await show(wideReport(1000).features);
  buttons(element)[2]?.click();
  await drawn(element);
  await drawn(element);
  const panel = element.shadowRoot?.querySelector('.opened') as HTMLElement;
  const next = rows(element).find((row) => row.dataset['index'] === '3') as HTMLElement;
  expect(Math.abs(next.getBoundingClientRect().top - panel.getBoundingClientRect().bottom)).toBeLessThan(2);
});

test('openFeature finds a feature that is filtered out, opens it and focuses it', async () => {
  const element = await show(wideReport(1000).features);
  element.query = 'sensor_0001';
  await drawn(element);
  await element.openFeature('sensor_0800');
  await drawn(element);
  expect(element.query).toBe('');
  expect((element.shadowRoot?.activeElement as HTMLElement)?.textContent).toContain('sensor_0800');
  expect(element.shadowRoot?.querySelector('drift-feature')?.feature?.name).toBe('sensor_0800');
  window.scrollTo(0, 0);
});
