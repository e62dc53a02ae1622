// SPDX-License-Identifier: Apache-2.0
/** An embedding's element on a page, for tests: shown, looked into, listened to. */
import { expect } from 'vitest';
import type { DriftEmbedding } from '../../src/components/drift-embedding/drift-embedding.js';
import { DriftSelectEvent } from '../../src/components/events.js';
import { mount } from './accessible.js';
import { clusterView } from './fixture-embedding.js';

export const view = clusterView(600, 480);

/** The element on the page, with rows of both sides. */
export async function show(
  data: Partial<DriftEmbedding> = view,
  options: Parameters<typeof mount>[1] = {},
): Promise<DriftEmbedding> {
  const element = document.createElement('drift-embedding');
  Object.assign(element, { name: 'features', ...data });
  return mount(element, options);
}

export const find = <T extends Element>(element: DriftEmbedding, selector: string): T =>
  element.shadowRoot?.querySelector(selector) as T;
export const all = (element: DriftEmbedding, selector: string): Element[] => [
  ...(element.shadowRoot?.querySelectorAll(selector) ?? []),
];
export const button = (element: DriftEmbedding, text: string): HTMLButtonElement =>
  all(element, 'button').find((node) => node.textContent?.trim() === text) as HTMLButtonElement;

/** Rows of the events that an element sends. */
export function heard(element: DriftEmbedding): number[][] {
  const rows: number[][] = [];
  element.addEventListener(DriftSelectEvent.type, (event) => {
    expect((event as DriftSelectEvent).feature).toBe('features');
    rows.push([...(event as DriftSelectEvent).rows]);
  });
  return rows;
}

/** Keys on the map. */
export async function press(element: DriftEmbedding, ...keys: string[]): Promise<void> {
  const plane = find<HTMLElement>(element, '.plane');
  plane.focus();
  for (const key of keys) {
    plane.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await element.updateComplete;
  }
}
