// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const page = read('docs/monitor-elements.md');

test.each(['shared/monitor.js', 'react/src/app.jsx', 'vue/src/app.vue', 'svelte/src/app.svelte'])(
  'the code in the page is what the app of the test runs: %s',
  (path) => {
    const [, ...lines] = read(`test/consumers/${path}`).split('\n');
    expect(page).toContain(lines.join('\n').trim());
  },
);

test('the plain page names the monitor that its script makes', () => {
  const [, example = ''] = page.split('```html\n');
  const [tag, made] = [/<drift-monitor name="(\w+)"/, /name: '(\w+)'/].map(
    (pattern) => pattern.exec(example)?.[1],
  );
  expect(tag).toBe('orders');
  expect(made).toBe(tag);
});
