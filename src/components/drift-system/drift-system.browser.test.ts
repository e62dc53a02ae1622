// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { drawn, expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import { snapshotOf, youngSnapshot } from '../../../test/look/fixture-monitor.js';
import type { MonitorSnapshot } from '../../monitor/snapshot.js';
import type { DriftSystem } from './drift-system.js';
import './drift-system.js';

async function show(
  snapshot: MonitorSnapshot | null,
  options: Parameters<typeof mount>[1] = {},
): Promise<DriftSystem> {
  const element = document.createElement('drift-system');
  element.snapshot = snapshot;
  return mount(element, options);
}

test('axe clean: wide, narrow, dark, table open, before the first call, without a monitor', async () => {
  for (const options of [{}, { width: 380 }, { scheme: 'dark' as const }]) {
    const element = await show(snapshotOf(), options);
    await expectAccessible(element);
    element.shadowRoot?.querySelector('summary')?.click();
    await drawn(element);
    expect(element.shadowRoot?.querySelectorAll('tbody tr')).toHaveLength(60);
    await expectAccessible(element);
    await expectAccessible(await show(youngSnapshot(), options));
    await expectAccessible(await show(null, options));
  }
});

test('latency, calls, failures, long tasks with ours apart, frames, backend and its change, memory, device', async () => {
  const text = textOf(await show(snapshotOf())).replaceAll('\u00a0', ' ');
  for (const part of [
    'p50 9.',
    'p95',
    'p99',
    'webgl → wasm',
    'failed calls',
    '384 in all',
    '0 of 1,056 ours',
    'dropped frames',
    'main thread',
    'backendwasm',
    '85.5 MB',
    '212, 14.2 MB',
    '8 cores, 8 GB',
  ]) {
    expect(text).toContain(part);
  }
  // Long tasks and frames.
  expect(text.match(/\d of [\d,]+ ours/g)).toHaveLength(2);
});

test('what the browser does not tell is said not to be told', async () => {
  const whole = snapshotOf();
  const memory = { heap: null, tensors: null, tensorBytes: null };
  const element = await show({ ...whole, system: { ...whole.system, memory, backend: null, device: '' } });
  expect(textOf(element).match(/not told/g)).toHaveLength(4);
});

test('long tasks of ours are drawn in the ink of the current side over those of the page', async () => {
  const whole = snapshotOf();
  const minutes = whole.system.minutes.map((minute, i) => ({
    ...minute,
    longTasks: 4,
    ownLongTasks: i === 3 ? 2 : 0,
  }));
  const element = await show({ ...whole, system: { ...whole.system, minutes } });
  const own = [...(element.shadowRoot?.querySelectorAll('.rows > div') ?? [])]
    .find((row) => row.textContent?.includes('long tasks'))
    ?.querySelector('.own');
  expect(own?.getAttribute('d')?.match(/M/g)).toHaveLength(1);
});

test('arrow keys walk through the minutes, in words', async () => {
  const element = await show(snapshotOf());
  const plot = element.shadowRoot?.querySelector('.plot') as HTMLElement;
  const press = async (key: string): Promise<string | null> => {
    plot.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await element.updateComplete;
    return plot.getAttribute('aria-valuetext');
  };
  expect(await press('End')).toMatch(/^5 Mar 23:59: p50 [\d.]+\u00a0ms, p95/);
  expect(await press('ArrowLeft')).toMatch(/^5 Mar 23:58/);
  expect(await press('Home')).toMatch(/^5 Mar 23:00/);
  expect(await press('ArrowLeft')).toMatch(/^5 Mar 23:00/);
});

test('the first minute is drawn, at the left of an axis of a quarter of an hour', async () => {
  const whole = snapshotOf();
  const element = await show({
    ...whole,
    system: { ...whole.system, minutes: whole.system.minutes.slice(0, 1) },
  });
  const line = element.shadowRoot?.querySelector<SVGPathElement>('.current-line');
  expect(line?.getTotalLength()).toBeGreaterThan(40);
  expect(line?.getTotalLength()).toBeLessThan(120);
});

test('a minute without calls breaks the lines', async () => {
  const whole = snapshotOf();
  const minutes = whole.system.minutes.map((minute, i) => (i === 30 ? { ...minute, calls: 0 } : minute));
  const element = await show({ ...whole, system: { ...whole.system, minutes } });
  expect(element.shadowRoot?.querySelector('.current-line')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
});
