// SPDX-License-Identifier: Apache-2.0
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type PagesInChromium, pagesInChromium } from '../serving/pages-in-chromium.js';

let pages: PagesInChromium;

beforeAll(async () => {
  pages = await pagesInChromium(new URL('page/', import.meta.url), ['index.html']);
}, 60_000);

afterAll(() => pages?.close());

// A `style` attribute in a template is an inline style to a policy; the style property is not.
const strict = "default-src 'self'; img-src 'self' data:";

test.each([
  strict,
  // Templates become elements through a policy of the library that elements are made with.
  `${strict}; require-trusted-types-for 'script'; trusted-types lit-html`,
])('elements are drawn whole under %s, and ask for nothing that it forbids', async (policy) => {
  const page = await pages.browser.newPage();
  try {
    await page.goto(`${await pages.serveUnder(policy)}/`);
    await page.waitForFunction(() => document.body?.dataset['outcome'] !== undefined, undefined, {
      timeout: 30_000,
    });
    const text = (await page.locator('body').getAttribute('data-outcome')) ?? '{}';
    const { forbidden, styled } = JSON.parse(text) as { forbidden: string[]; styled: number };
    expect(forbidden).toEqual([]);
    expect(styled).toBeGreaterThan(5);
  } finally {
    await page.close();
  }
});
