// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest';
import { expectAccessible, mount, textOf } from '../../../test/look/accessible.js';
import type { Rating } from '../../verdict/verdict.js';
import './drift-badge.js';

for (const rating of ['drift', 'watch', 'unknown', 'stable', 'notRated'] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`${rating}, ${scheme}: shape and word, axe clean`, async () => {
      const badge = document.createElement('drift-badge');
      badge.rating = rating;
      badge.label = 'checkout';
      await mount(badge, { scheme });
      expect(textOf(badge)).toContain(rating === 'notRated' ? 'not rated' : rating);
      expect(textOf(badge)).toContain('checkout');
      expect(badge.shadowRoot?.querySelector('svg.mark')).not.toBeNull();
      await expectAccessible(badge);
    });
  }
}

test('a rating that does not exist shows as unknown', async () => {
  const badge = document.createElement('drift-badge');
  badge.rating = 'fine' as Rating;
  await mount(badge);
  expect(textOf(badge)).toContain('unknown');
});

test('a label with markup in it is text', async () => {
  const badge = document.createElement('drift-badge');
  badge.label = '<b>bold</b>';
  await mount(badge);
  expect(badge.shadowRoot?.querySelector('b')).toBeNull();
  expect(textOf(badge)).toContain('<b>bold</b>');
});
