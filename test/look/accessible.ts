// SPDX-License-Identifier: Apache-2.0
import axe from 'axe-core';
import { expect } from 'vitest';

/** Runs axe over an element and its shadow roots; no violation is accepted. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, {
    resultTypes: ['violations'],
    // A fragment has no landmarks and no page title.
    rules: { region: { enabled: false } },
  });
  expect(
    violations.map(
      ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`,
    ),
  ).toEqual([]);
}

/** Puts an element on the page, at a width, and waits until it and what is in it were drawn. */
export async function mount<T extends HTMLElement & { updateComplete: Promise<boolean> }>(
  element: T,
  { width = 1200, scheme = 'light' }: { width?: number; scheme?: 'light' | 'dark' } = {},
): Promise<T> {
  const stage = document.createElement('div');
  stage.style.width = `${width}px`;
  document.documentElement.style.cssText = `color-scheme:${scheme};background:light-dark(#fbfaf7, #121518)`;
  stage.append(element);
  document.body.replaceChildren(stage);
  await drawn(element);
  return element;
}

/** Waits for size observers and the updates that they cause. */
export async function drawn(element: { updateComplete: Promise<boolean> }): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await element.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }
}

/** All that a person reads in an element, through its shadow roots. */
export function textOf(root: Element | ShadowRoot): string {
  let text = '';
  const walk = (node: Node): void => {
    if (node instanceof HTMLStyleElement) return;
    if (node instanceof Text) text += node.data;
    if (node instanceof Element && node.shadowRoot !== null) walk(node.shadowRoot);
    for (const child of node.childNodes) walk(child);
  };
  walk(root);
  return text.replace(/\s+/g, ' ');
}
