// SPDX-License-Identifier: Apache-2.0
import { act, createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, test } from 'vitest';
import { textOf } from '../../test/look/accessible.js';
import { snapshotOf, ToldSource } from '../../test/look/fixture-monitor.js';
import type { DriftToggleEvent } from './events.js';
import { DriftAlerts, DriftMonitor } from './react.js';

declare global {
  // React looks for it before it lets act() be used.
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

let root: Root;
afterEach(() => act(() => root.unmount()));

async function render(element: Parameters<Root['render']>[0]): Promise<HTMLElement> {
  const stage = document.createElement('div');
  document.body.replaceChildren(stage);
  root = createRoot(stage);
  await act(() => root.render(element));
  return stage;
}

test('properties reach the element, and its events come back with their type', async () => {
  const source = new ToldSource(snapshotOf());
  const heard: boolean[] = [];
  const stage = await render(
    createElement(DriftMonitor, {
      monitor: source,
      dock: 'bottom-right',
      onDriftToggle: (event: DriftToggleEvent) => void heard.push(event.open),
    }),
  );
  const element = stage.querySelector('drift-monitor');
  expect(element?.monitor).toBe(source);
  expect(element?.getAttribute('dock')).toBe('bottom-right');
  await element?.updateComplete;
  element?.shadowRoot?.querySelector<HTMLButtonElement>('.badge')?.click();
  await expect.poll(() => textOf(element as Element)).toContain('have drifted');
  expect(heard).toEqual([true]);
});

test('an element that React takes away lets go of its monitor', async () => {
  const source = new ToldSource(snapshotOf());
  await render(createElement(DriftAlerts, { monitor: source, rows: 2 }));
  await expect.poll(() => source.listeners).toBe(1);
  await act(() => root.render(null));
  expect(source.listeners).toBe(0);
});
