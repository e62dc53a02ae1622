// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from 'vitest';
import { drawn, expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import { snapshotOf, ToldSource } from '../../../test/look/fixture-monitor.js';
import type { Alert } from '../../monitor/alert.js';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import { DriftSelectEvent } from '../events.js';
import type { DriftAlerts } from './drift-alerts.js';
import './drift-alerts.js';

async function show(
  snapshot: MonitorSnapshot | null,
  options: Parameters<typeof mount>[1] = {},
): Promise<DriftAlerts> {
  const element = document.createElement('drift-alerts');
  element.snapshot = snapshot;
  return mount(element, options);
}

const all = (element: DriftAlerts, selector: string): string[] =>
  [...(element.shadowRoot?.querySelectorAll(selector) ?? [])].map((node) => node.textContent?.trim() ?? '');

test('axe clean: wide, narrow, dark, opened, empty, without a monitor', async () => {
  for (const options of [{}, { width: 380 }, { scheme: 'dark' as const }]) {
    const element = await show(snapshotOf(), options);
    await expectAccessible(element);
    element.shadowRoot?.querySelector<HTMLButtonElement>('.name')?.click();
    await drawn(element);
    await expectAccessible(element);
    await expectAccessible(await show(snapshotOf(10), options));
    await expectAccessible(await show(null, options));
  }
});

test('open ones first, an input before what it costs and what is made of it; each with its state, since when, and value against threshold', async () => {
  const element = await show(snapshotOf());
  expect(all(element, '.name')).toEqual(['temperature', 'accuracy', 'score', 'origin']);
  expect(all(element, '.state')).toEqual(['persists', 'persists', 'persists', 'recovered']);
  expect(all(element, '.since')[2]?.replaceAll('\u00a0', ' ')).toBe('since 4 Mar 13:00, 1 d 11 h');
  expect(all(element, '.value')[0]).toMatch(/^0\.610 \/ 0\.080/);
  expect(all(element, '.since')[3]).toMatch(/^lasted/);
});

test('opening one shows all of it, and tells which feature it is about', async () => {
  const element = await show(snapshotOf());
  const heard: string[] = [];
  element.addEventListener(DriftSelectEvent.type, (event) => heard.push((event as DriftSelectEvent).feature));
  const buttons = element.shadowRoot?.querySelectorAll<HTMLButtonElement>('.name');
  buttons?.[0]?.click();
  buttons?.[1]?.click();
  await drawn(element);
  // Accuracy is no feature.
  expect(heard).toEqual(['temperature']);
  expect(all(element, '.more')).toHaveLength(1);
  expect(textOf(element)).toContain('5 of the latest 5 speak for it');
});

test('a raised alert is said; what was there at first is not', async () => {
  const source = new ToldSource(snapshotOf(30));
  const element = document.createElement('drift-alerts');
  element.monitor = source;
  await mount(element);
  const said = (): string => all(element, '[aria-live]')[0] ?? '';
  expect(said()).toBe('');
  source.tell(snapshotOf(55));
  await expect.poll(said).toMatch(/^Alert: temperature\. The median rose/);
  element.politeness = 'assertive';
  await drawn(element);
  expect(element.shadowRoot?.querySelector('[aria-live]')?.getAttribute('aria-live')).toBe('assertive');
});

test('after one was told, more is gathered for a quarter of a minute, and alerts come before recoveries', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  try {
    const source = new ToldSource(snapshotOf(30));
    const element = document.createElement('drift-alerts');
    element.monitor = source;
    document.body.append(element);
    const pass = async (ms: number): Promise<string> => {
      await vi.advanceTimersByTimeAsync(ms);
      await element.updateComplete;
      return all(element, '[aria-live]')[0] ?? '';
    };
    // Until it is in view and has drawn what was there.
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    await pass(500);
    source.tell(snapshotOf(55));
    expect(await pass(500)).toMatch(/^Alert: temperature/);
    const later = snapshotOf(70);
    source.tell(later);
    expect(await pass(500)).toMatch(/^Alert: temperature/);
    const isOver = ({ subject }: Alert) => subject.name === 'temperature';
    const alerts = later.alerts.map((alert) =>
      isOver(alert) ? { ...alert, state: 'recovered' as const } : alert,
    );
    source.tell({ ...later, alerts });
    expect(await pass(13_000)).toMatch(/^Alert: temperature/);
    expect(await pass(2_000)).toMatch(/^Alert: score.* Recovered: temperature\.$/s);
    element.remove();
  } finally {
    vi.useRealTimers();
  }
});

test('room for four is kept, whether there are any or more', async () => {
  const heights: (number | undefined)[] = [];
  for (const judged of [10, 30, 96]) {
    const element = await show(snapshotOf(judged));
    heights.push(element.getBoundingClientRect().height);
  }
  expect(new Set(heights).size).toBe(1);
  const element = await show(snapshotOf());
  element.rows = 2;
  await drawn(element);
  expect(element.getBoundingClientRect().height).toBe((heights[0] ?? 0) / 2);
});

test('100 alerts are listed, and the room scrolls', async () => {
  const [alert] = snapshotOf().alerts;
  const alerts = Array.from({ length: 100 }, (_, i) => ({ ...alert!, id: `a${i}` }));
  const element = await show(snapshotOf(96, { alerts }));
  expect(all(element, '.name')).toHaveLength(100);
  const room = element.shadowRoot?.querySelector('.room') as HTMLElement;
  expect(room.scrollHeight).toBeGreaterThan(room.clientHeight * 10);
});
