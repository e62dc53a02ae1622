// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';

test('a name that is taken stays with its owner, and importing all elements does not throw', async () => {
  class Foreign extends HTMLElement {}
  customElements.define('drift-badge', Foreign);
  const all = await import('./index.js');
  expect(customElements.get('drift-badge')).toBe(Foreign);
  expect(customElements.get('drift-report')).toBe(all.DriftReport);
});
